#include "harness/findings/variants.h"

namespace proviso::findings {

using check::CheckedDraft;

Draft WithConditions(const CheckedDraft& draft, llvm::ArrayRef<check::ExprId> conditions, bool truth) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  for (const check::ExprId id : conditions) {
    check::Expr constant;
    constant.type = {.kind = TypeKind::kBoolean};
    constant.span = draft[id].span;
    constant.text = draft[id].text;
    constant.constant = truth;
    variant->exprs[id] = std::move(constant);
  }
  return variant;
}

Draft WithSettled(const CheckedDraft& draft, check::OptionId option, std::uint32_t alternative) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->options[option].settled = alternative;
  return variant;
}

Draft WithoutAssumption(const CheckedDraft& draft, std::size_t assumption) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->assumptions.erase(variant->assumptions.begin() + static_cast<std::ptrdiff_t>(assumption));
  return variant;
}

Draft WithoutAssumptions(const CheckedDraft& draft) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->assumptions.clear();
  return variant;
}

}  // namespace proviso::findings
