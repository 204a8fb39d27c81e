// outcome_columns.h: the outcomes that answers come to, as the columns of a table that counts them.
#pragma once

#include <string>
#include <vector>

#include "compiler/reference/evaluate.h"

namespace proviso::test {

class OutcomeColumns {
 public:
  /// The members of an enumeration are columns even where nothing comes to them, strongest first.
  void AddMembers(const check::CheckedDraft& draft, check::DecisionId decision);

  /// The name of the outcome's column: the value as the language writes it, `undetermined` or `no outcome`.
  std::string NameOf(const check::CheckedDraft& draft, check::DecisionId decision, const reference::Outcome& outcome);

  /// Members, then other values, then `undetermined` always, and `no outcome` where it was asked for.
  [[nodiscard]] std::vector<std::string> All() const;

 private:
  std::vector<std::string> members_;
  std::vector<std::string> others_;  // sorted
  bool has_no_outcome_ = false;
};

}  // namespace proviso::test
