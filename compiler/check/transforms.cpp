// Transforms: what one fact becomes.
#include <fmt/format.h>

#include "compiler/check/checker.h"

namespace proviso::check {
namespace {

/// Each number of a parameter is looked at by itself.
constexpr std::int64_t kMaxNumbers = 100;

std::optional<std::int64_t> WholeNumber(const std::string& text) {
  const auto number = Exact::Parse(text);
  return number ? number->ToInt64() : std::nullopt;
}

}  // namespace

void Checker::CheckTransform(const syntax::TransformDeclaration& text) {
  Transform transform{.name = text.name.text,
                      .parameter = text.range ? text.range->name.text : std::string(),
                      .first = 0,
                      .path = TransformedFact(text.fact),
                      .values = {},
                      .cites = ResolveCitations(text.supports.cites, {}, sink_),
                      .description = DescriptionOf(text.supports),
                      .span = text.name.span};
  const std::vector<std::int64_t> numbers = NumbersOf(text);
  if (transform.path.empty() || numbers.empty()) return;
  transform.first = numbers.front();
  const Fact fact = vocabulary_->facts[transform.path.back()];
  Scope scope;
  if (fact.owner != vocabulary_->case_entity) scope.self = fact.owner;
  if (!transform.cites.empty()) scope.enclosing = transform.cites.front();
  if (text.range && !NameIsFree(text.range->name, scope)) return;
  // Options are put to use by rules alone.
  const auto read = read_options_;
  for (const std::int64_t number : numbers) {
    Scope inside = scope;
    inside.outer = &scope;
    inside.name = transform.parameter;
    if (text.range) inside.binding = NumberBinding{number};
    const Typed value = CheckAs(text.value, inside, fact.type);
    if (!value) break;
    transform.values.push_back(value.id);
  }
  read_options_ = read;
  if (transform.values.size() == numbers.size()) draft_.transforms.push_back(std::move(transform));
}

std::vector<FactId> Checker::TransformedFact(syntax::ExprId path) {
  const auto refuse = [&](const Span& at, const std::string& why) { sink_.Report<Kind::kNotTransformable>(at, why); };
  std::vector<FactId> facts = FactPath(path, refuse);
  if (facts.empty()) return facts;
  const Type& type = vocabulary_->facts[facts.back()].type;
  if (type.kind != TypeKind::kEntity && type.kind != TypeKind::kList) return facts;
  const syntax::Name& name = std::get<syntax::Path>(Text(path).kind).segments.back().name;
  sink_.Report<Kind::kNotTransformable>(name.span, fmt::format("`{}` is {}, not a single fact", name.text, Shown(type)))
      .Help(fmt::format("name a fact of {}", vocabulary_->entities[type.entity].name));
  return {};
}

std::vector<std::int64_t> Checker::NumbersOf(const syntax::TransformDeclaration& text) {
  if (!text.range) return {0};
  const auto first = WholeNumber(text.range->first);
  const auto last = WholeNumber(text.range->last);
  if (!first || !last || *last < *first || *last - *first >= kMaxNumbers) {
    sink_.Report<Kind::kBadRange>(text.range->span, text.range->first, text.range->last, kMaxNumbers);
    return {};
  }
  std::vector<std::int64_t> numbers;
  for (std::int64_t number = *first; number <= *last; ++number) numbers.push_back(number);
  return numbers;
}

void Checker::CheckNewValues() {
  for (const Transform& transform : draft_.transforms) {
    const FactId fact = transform.path.back();
    std::vector<ExprId> open = {transform.values.front()};
    while (!open.empty()) {
      const ExprId at = open.back();
      open.pop_back();
      const Expr& expr = At(at);
      open.insert(open.end(), expr.operands.begin(), expr.operands.end());
      for (const Override& change : expr.overrides) open.push_back(change.value);
      const bool names_other = draft_.Behind(expr).size() > expr.operands.size() + 2 * expr.overrides.size();
      if (!names_other || !draft_.MayRead(at, fact)) continue;
      sink_.Report<Kind::kNewValueReadsFact>(expr.span, PathText(expr.text), vocabulary_->facts[fact].ShownName())
          .Help("write out what it says: the new value is worked out in the case as it was");
    }
  }
}

}  // namespace proviso::check
