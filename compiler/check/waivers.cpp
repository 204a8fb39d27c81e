// Waivers: which declaration each is of.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/checker.h"

namespace proviso::check {
namespace {

/// What can be waived, or holds a condition that can: names in full.
std::vector<std::string> Waivable(const CheckedDraft& draft, const Vocabulary& vocabulary) {
  std::vector<std::string> names;
  for (const Term& term : draft.terms) {
    const bool is_of_case = !term.of || *term.of == vocabulary.case_entity;
    names.push_back(is_of_case ? term.name : vocabulary.entities[*term.of].name + "." + term.name);
  }
  for (const Option& option : draft.options) {
    names.push_back(option.name);
    for (const Alternative& alternative : option.alternatives) names.push_back(option.name + "." + alternative.name);
  }
  for (const Decision& decision : draft.decisions) {
    names.push_back(decision.name);
    for (const RuleId rule : decision.rules) names.push_back(decision.name + "." + draft.rules[rule].name);
  }
  std::ranges::sort(names);  // a term with parameters is a term for each member
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

}  // namespace

void Checker::CheckWaivers() {
  std::vector<std::string> names;
  for (const syntax::Declaration& declaration : tree_->declarations) {
    const auto* const waiver = std::get_if<syntax::WaiverDeclaration>(&declaration.kind);
    if (waiver != nullptr && names.empty()) names = Waivable(draft_, *vocabulary_);
    if (waiver != nullptr) CheckWaiver(*waiver, declaration.span, names);
  }
}

void Checker::CheckWaiver(const syntax::WaiverDeclaration& text, const Span& span,
                          const std::vector<std::string>& names) {
  const std::string& name = text.declaration.text;
  std::vector<std::string> found;
  for (const std::string& each : names) {
    if (each == name || each.ends_with("." + name)) found.push_back(each);
  }
  // A name in full is that declaration, whatever else ends with it.
  if (std::ranges::find(found, name) != found.end()) found = {name};
  if (found.size() == 1) {
    draft_.waivers.push_back(
        {found.front(), text.condition ? text.condition->text : std::string(), text.because.text, span});
    return;
  }
  // What an amended draft waived may be repealed.
  if (span.file != tree_->file) return;
  if (found.empty()) {
    diagnostics::Suggest(sink_.Report<Kind::kNothingToWaive>(text.declaration.span, name), name, names);
  } else {
    sink_.Report<Kind::kAmbiguousName>(text.declaration.span, name, "`" + found[0] + "`", "`" + found[1] + "`")
        .Help(fmt::format("write `{}` or `{}`", found[0], found[1]));
  }
}

}  // namespace proviso::check
