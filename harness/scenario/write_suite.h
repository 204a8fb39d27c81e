// write_suite.h: a case, and what a draft says of it, as a scenario of a suite.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <optional>
#include <string>
#include <utility>

#include "compiler/load/workspace.h"
#include "compiler/lower/answer.h"
#include "runtime/base/case.h"

namespace proviso::scenario {

/// A background of a suite: its name and what it states.
using Background = std::pair<std::string, Case>;

struct NewScenario {
  std::string name;
  std::string source;                      // nothing where empty
  bool is_unreviewed = false;              // nobody has judged what is expected
  const Case& facts;                       // what is only assumed is not written
  lower::Answer& answer;                   // is what is expected; decisions without an outcome are left out
  lower::Answer* other = nullptr;          // so is this, of another draft, which has another name
  const Background* background = nullptr;  // what it states is not said again
};

/// The case as a scenario would state it: what has its assumed value is left to be assumed.
[[nodiscard]] Case WithAssumed(const Vocabulary& vocabulary, Case facts);

/// A value as suites have it: `1.3e24 flop`, `[packaging]`.
[[nodiscard]] std::string SuiteValueText(const Vocabulary& vocabulary, const Type& type, const Value& value);

/// A text as a scalar that YAML surely reads as it stands, quoted where need be.
[[nodiscard]] std::string YamlText(const std::string& text);

/// What a suite says under `under`: `{ ai_compute: [alt_2, alt_3], notify_compute: low }`; empty for all option sets.
[[nodiscard]] std::string UnderText(const check::CheckedDraft& draft, const lower::OptionProduct& product);

/// The text of a suite at `path` with these scenarios alone, of which there are some, with different names, and the
/// backgrounds that they name, that uses the drafts at `draft_paths`; all paths are relative to the working folder.
[[nodiscard]] std::string NewSuiteText(const std::string& path, llvm::ArrayRef<std::string> draft_paths,
                                       llvm::ArrayRef<NewScenario> scenarios);

/// The text of the suite in `file` with the scenario behind its last. Nothing where that text would not be the same
/// suite with this scenario more, or a scenario has its name already. What a background states that the suite
/// lacks is said in full.
[[nodiscard]] std::optional<std::string> TextWithScenario(load::Workspace& workspace, FileId file,
                                                          const NewScenario& added);

}  // namespace proviso::scenario
