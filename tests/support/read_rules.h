// read_rules.h: random rules as the compiler read them, and how to speak of what went wrong with them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/load/workspace.h"
#include "compiler/reference/evaluate.h"
#include "runtime/base/case.h"
#include "tests/support/random_rules.h"
#include "tests/support/scratch.h"

namespace proviso::tests {

/// What is wrong, in full; nothing where all is well.
using Complaint = std::optional<std::string>;

class ReadRules {
 public:
  /// The amendment is read where there is one, else the draft.
  ReadRules(const Scratch& scratch, RulesText text);

  /// Null where the checker has something against them.
  [[nodiscard]] const load::LoadedDraft* Loaded() const { return loaded_; }
  [[nodiscard]] const check::CheckedDraft& Draft() const { return *loaded_->draft; }
  /// Another draft over the same vocabulary, written to the scratch folder; null where there are errors.
  const load::LoadedDraft* ReadBeside(const Scratch& scratch, const std::string& name, const std::string& text);

  /// The rules, and what is wrong.
  [[nodiscard]] std::string Say(const std::string& complaint);
  [[nodiscard]] std::string SayOf(const Case& facts, check::DecisionId decision, const check::OptionSet& options,
                                  const std::string& complaint);
  [[nodiscard]] std::string ValueText(check::DecisionId decision, const Value& value) const;
  [[nodiscard]] std::string ValuesText(check::DecisionId decision, const std::vector<Value>& values) const;
  [[nodiscard]] std::string OutcomeText(check::DecisionId decision, const reference::Outcome& outcome) const;

 private:
  RulesText text_;
  load::Workspace workspace_;
  const load::LoadedDraft* loaded_ = nullptr;
};

}  // namespace proviso::tests
