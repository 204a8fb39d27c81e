#include "harness/test/outcome_columns.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace proviso::test {
namespace {

constexpr const char* kUndetermined = "undetermined";
constexpr const char* kNoOutcome = "no outcome";

}  // namespace

void OutcomeColumns::AddMembers(const check::CheckedDraft& draft, check::DecisionId decision) {
  const Type& type = draft.decisions[decision].type;
  if (type.kind != TypeKind::kEnum) return;
  for (const EnumMember& member : llvm::reverse(draft.vocabulary->enums[type.enumeration].members)) {
    if (!llvm::is_contained(members_, member.name)) members_.push_back(member.name);
  }
}

std::string OutcomeColumns::NameOf(const check::CheckedDraft& draft, check::DecisionId decision,
                                   const reference::Outcome& outcome) {
  if (outcome.error) {
    has_no_outcome_ = true;
    return kNoOutcome;
  }
  if (!outcome.determined) return kUndetermined;
  std::string text = ValueToText(*draft.vocabulary, draft.decisions[decision].type, outcome.value());
  const auto place = std::lower_bound(others_.begin(), others_.end(), text);
  const bool is_known = llvm::is_contained(members_, text) || (place != others_.end() && *place == text);
  if (!is_known) others_.insert(place, text);
  return text;
}

std::vector<std::string> OutcomeColumns::All() const {
  std::vector<std::string> columns = members_;
  llvm::append_range(columns, others_);
  columns.emplace_back(kUndetermined);
  if (has_no_outcome_) columns.emplace_back(kNoOutcome);
  return columns;
}

}  // namespace proviso::test
