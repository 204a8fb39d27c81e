#include "compiler/check/variants.h"

namespace proviso::check {

std::shared_ptr<const CheckedDraft> WithConditions(const CheckedDraft& draft, llvm::ArrayRef<ExprId> conditions,
                                                   bool truth) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  for (const ExprId id : conditions) {
    Expr constant;
    constant.type = {.kind = TypeKind::kBoolean};
    constant.span = draft[id].span;
    constant.text = draft[id].text;
    constant.constant = truth;
    variant->exprs[id] = std::move(constant);
  }
  return variant;
}

std::shared_ptr<const CheckedDraft> WithSettled(const CheckedDraft& draft, OptionId option, std::uint32_t alternative) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->options[option].settled = alternative;
  return variant;
}

std::shared_ptr<const CheckedDraft> WithoutAssumption(const CheckedDraft& draft, std::size_t assumption) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->assumptions.erase(variant->assumptions.begin() + static_cast<std::ptrdiff_t>(assumption));
  return variant;
}

std::shared_ptr<const CheckedDraft> WithoutAssumptions(const CheckedDraft& draft) {
  auto variant = std::make_shared<CheckedDraft>(draft);
  variant->assumptions.clear();
  return variant;
}

}  // namespace proviso::check
