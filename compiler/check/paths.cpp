#include <fmt/format.h>

#include "compiler/check/checker.h"
#include "compiler/format/format.h"

namespace proviso::check {

std::string Checker::PathText(syntax::ExprId id) const { return format::ExprToText(*tree_, id); }

const Scope* Checker::FindBinding(const Scope& scope, std::string_view name) const {
  for (const Scope* at = &scope; at != nullptr; at = at->outer)
    if (!at->name.empty() && at->name == name) return at;
  return nullptr;
}

ExprId Checker::Root(const Scope& scope, syntax::ExprId id, const Span& span) {
  Expr node = Node(Op::kSelf, Type{.kind = TypeKind::kEntity, .entity = EntityAt(scope)}, id);
  node.span = span;
  return Add(std::move(node)).id;
}

Typed Checker::MemberConstant(EnumId enumeration, std::uint32_t member, syntax::ExprId id, const Span& span) {
  Expr node = Node(Op::kConstant, Type{.kind = TypeKind::kEnum, .enumeration = enumeration}, id);
  node.constant = Member{member};
  node.span = span;
  return Add(std::move(node));
}

std::optional<std::string> Checker::ArgumentText(const syntax::Name& argument, const Scope& scope) const {
  const Scope* bound = FindBinding(scope, argument.text);
  if (bound == nullptr) return argument.text.substr(argument.text.find('.') + 1);
  const auto* member = std::get_if<MemberBinding>(&bound->binding);
  if (member == nullptr) return std::nullopt;
  return vocabulary_->enums[member->enumeration].members[member->member].name;
}

std::string_view Checker::WhatItIs(const Scope& scope, const syntax::Name& variable) const {
  const bool is_number = std::holds_alternative<NumberBinding>(FindBinding(scope, variable.text)->binding);
  return is_number ? "a number" : "an element of a list";
}

/// The symbol a segment names for an entity, its arguments filled in. Nothing where there is none; then the reason is
/// reported only if it lies in the arguments and `report_arguments` is set.
std::optional<NamedSymbol> Checker::Lookup(EntityId entity, const syntax::PathSegment& segment, const Scope& scope,
                                           bool report_arguments) {
  const auto& names = names_[entity.Index()];
  const auto& groups = parametric_[entity.Index()];
  const auto group = groups.find(segment.name.text);
  std::string shown = segment.name.text;
  if (!segment.arguments.empty()) {
    shown += "(";
    for (const syntax::Name& argument : segment.arguments) {
      const auto text = ArgumentText(argument, scope);
      if (!text) {
        if (report_arguments)
          sink_.Report<Kind::kWrongArguments>(
              argument.span, fmt::format("`{}` is {}, not a member", argument.text, WhatItIs(scope, argument)));
        return std::nullopt;
      }
      shown += (shown.back() == '(' ? "" : ", ") + *text;
    }
    shown += ")";
  }
  if (const auto found = names.find(shown); found != names.end()) return found->second;
  if (!report_arguments) return std::nullopt;
  if (group != groups.end()) {
    const bool has = !segment.arguments.empty();
    const Span at = has ? segment.arguments.front().span : segment.name.span;
    auto& report = sink_.Report<Kind::kWrongArguments>(
        at, has ? fmt::format("there is no `{}`", shown) : fmt::format("`{}` needs its member", segment.name.text));
    Suggest(report, shown, group->second);
    report.Help(fmt::format("write {}", fmt::join(group->second, ", ")));
  } else if (!segment.arguments.empty() && names.contains(segment.name.text)) {
    sink_
        .Report<Kind::kWrongArguments>(segment.arguments.front().span,
                                       fmt::format("`{}` has no parameters", segment.name.text))
        .Help(fmt::format("write `{}`", segment.name.text));
  }
  return std::nullopt;
}

std::vector<std::string> Checker::VisibleNames(std::optional<EntityId> entity, const Scope& scope) const {
  std::vector<std::string> names;
  if (!entity) {
    for (const Scope* at = &scope; at != nullptr; at = at->outer)
      if (!at->name.empty()) names.push_back(at->name);
    for (const auto& each : options_) names.push_back(each.first().str());
  }
  std::vector<std::string> own;
  for (const auto& each : names_[entity.value_or(EntityAt(scope)).Index()]) own.push_back(each.first().str());
  std::sort(own.begin(), own.end());
  names.insert(names.end(), own.begin(), own.end());
  return names;
}

void Checker::ReportUnknown(const syntax::PathSegment& segment, std::optional<EntityId> entity, const Scope& scope,
                            const Type* expected) {
  const std::string& name = segment.name.text;
  if (failed_names_.contains(name)) return;
  std::vector<std::string> names = VisibleNames(entity, scope);
  const bool calls_for_member = !entity && expected != nullptr && expected->kind == TypeKind::kEnum;
  if (calls_for_member) {
    const Enumeration& enumeration = vocabulary_->enums[expected->enumeration];
    std::vector<std::string> members;
    for (const EnumMember& each : enumeration.members) members.push_back(each.name);
    auto& report = sink_.Report<Kind::kUnknownMember>(segment.name.span, name, enumeration.name);
    if (SuggestNearest(report, name, members) || SuggestNearest(report, name, names)) return;
    Suggest(report, name, members);
    report.AddNote(fmt::format("{} is declared here", enumeration.name), enumeration.span);
    NoteOtherOwners(report, name, EntityAt(scope));
    return;
  }
  for (const Option& option : draft_.options) {
    if (entity || option.name != name || !option.of) continue;
    sink_.Report<Kind::kEntityNeedsOption>(segment.name.span, name, vocabulary_->entities[*option.of].name)
        .AddNote("declared here", option.span);
    return;
  }
  for (const amend::AmendedTree::Repealed& repealed : text_->repealed) {
    if (repealed.name != name) continue;
    sink_.Report<Kind::kUnknownName>(segment.name.span, name, "any more").AddNote("repealed here", repealed.span);
    return;
  }
  const EntityId at = entity.value_or(EntityAt(scope));
  const std::string where =
      entity || scope.self ? fmt::format("of {}", vocabulary_->entities[at].name) : std::string("to be read here");
  auto& report = sink_.Report<Kind::kUnknownName>(segment.name.span, name, where);
  Suggest(report, name, names);
  const EntityId of_case = vocabulary_->case_entity;
  if (report.label.empty() && !entity && scope.self && of_case.IsValid() && names_[of_case.Index()].contains(name))
    report.Help(fmt::format("the case's own is `case.{}`", name));
  else if (report.label.empty())
    NoteOtherOwners(report, name, at);
}

void Checker::NoteOtherOwners(Diagnostic& report, const std::string& name, EntityId asked) const {
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto found = names_[i].find(name);
    if (EntityId(i) == asked || found == names_[i].end()) continue;
    report.AddNote(fmt::format("there is a `{}` of {}", name, vocabulary_->entities[EntityId(i)].name),
                   found->second.span);
  }
}

void Checker::ReportListAsValue(const syntax::Path& path, std::size_t segment, const Span& span) {
  std::string list;
  for (std::size_t i = 0; i < segment; ++i) list += (list.empty() ? "" : ".") + path.segments[i].name.text;
  std::string rest;
  for (std::size_t i = segment; i < path.segments.size(); ++i) rest += "." + path.segments[i].name.text;
  sink_.Report<Kind::kListAsValue>(span, list, list + rest)
      .Help(fmt::format("write `some x in {} satisfies x{} …`, `every x in …`, or `max(x{} for x in {})`", list, rest,
                        rest, list));
}

std::optional<Checker::Place> Checker::ReadSymbol(const Symbol& symbol, ExprId object, const Span& span,
                                                  syntax::ExprId id) {
  Place place;
  Expr node = Node(Op::kFact, Type(), id);
  node.span = span;
  node.operands = {object};
  bool literal = false;
  if (const auto* fact = std::get_if<FactId>(&symbol)) {
    node.fact = *fact;
    node.type = vocabulary_->facts[*fact].type;
  } else if (const auto* term = std::get_if<TermId>(&symbol)) {
    if (!CheckTerm(*term)) return std::nullopt;
    node.op = Op::kTerm;
    node.term = *term;
    node.type = draft_.terms[*term].type;
    literal = term_work_[*term].literal;
  } else if (const auto* option = std::get_if<OptionId>(&symbol)) {
    if (!CheckOption(*option)) return std::nullopt;
    read_options_.insert(option->Index());
    node.op = Op::kOption;
    node.option = *option;
    node.type = draft_.options[*option].type;
    literal = option_work_[*option].literal;
    place.option = *option;
  } else if (const auto* decision = std::get_if<DecisionId>(&symbol)) {
    node.op = Op::kDecision;
    node.decision = *decision;
    node.type = draft_.decisions[*decision].type;
    place.decision = *decision;
  } else {
    node.op = Op::kRuleFires;
    node.rule = std::get<RuleId>(symbol);
    node.type = Type{.kind = TypeKind::kBoolean};
    place.is_rule = true;
  }
  place.value = Add(std::move(node), literal);
  return place;
}

std::optional<Checker::Place> Checker::Start(const syntax::Path& path, syntax::ExprId id, const Scope& scope,
                                             const Type* expected, std::size_t& next) {
  const syntax::PathSegment& first = path.segments.front();
  const std::string& name = first.name.text;
  next = 1;
  const bool calls_for_member = expected != nullptr && expected->kind == TypeKind::kEnum && path.segments.size() == 1;
  const auto member =
      calls_for_member ? vocabulary_->enums[expected->enumeration].Find(name) : std::optional<std::uint32_t>();
  if (const Scope* bound = FindBinding(scope, name)) {
    if (const auto* of = std::get_if<MemberBinding>(&bound->binding))
      return Place{.value = MemberConstant(of->enumeration, of->member, id, first.name.span)};
    if (const auto* number = std::get_if<NumberBinding>(&bound->binding))
      return Place{.value = NumberConstant(std::to_string(number->number), UnitId(), id)};
    const auto& variable = std::get<VariableBinding>(bound->binding);
    Expr node = Node(Op::kElement, Type{.kind = TypeKind::kEntity, .entity = variable.entity}, id);
    node.variable = variable.variable;
    node.span = first.name.span;
    return Place{.value = Add(std::move(node))};
  }
  auto symbol = Lookup(EntityAt(scope), first, scope, false);
  if (!symbol && first.arguments.empty())
    if (const auto option = options_.find(name); option != options_.end()) symbol = option->second;
  if (symbol && member) {
    const std::string& shown = vocabulary_->enums[expected->enumeration].name;
    sink_.Report<Kind::kAmbiguousName>(first.name.span, name, "a member of " + shown, "what is declared here")
        .AddNote("the other meaning", symbol->span)
        .Help(fmt::format("write `{}.{}` for the member", shown, name));
    return std::nullopt;
  }
  if (symbol)
    return ReadSymbol(symbol->symbol, Root(scope, id, first.name.span), Join(first.name.span, first.name.span), id);
  if (name == "case" && vocabulary_->case_entity.IsValid()) {
    Expr node = Node(Op::kCase, Type{.kind = TypeKind::kEntity, .entity = vocabulary_->case_entity}, id);
    node.span = first.name.span;
    return Place{.value = Add(std::move(node))};
  }
  if (const auto set = sets_.find(name); set != sets_.end()) {
    Expr node = Node(Op::kConstant, Type{.kind = TypeKind::kSet, .enumeration = set->second.enumeration}, id);
    node.constant = set->second.members;
    return Place{.value = Add(std::move(node))};
  }
  const auto enumeration = path.segments.size() == 2 ? FindEnum(*vocabulary_, name) : std::nullopt;
  if (enumeration) {
    next = 2;
    const syntax::PathSegment& second = path.segments[1];
    if (const auto named = vocabulary_->enums[*enumeration].Find(second.name.text))
      return Place{.value = MemberConstant(*enumeration, *named, id, Join(first.name.span, second.name.span))};
    const Type type{.kind = TypeKind::kEnum, .enumeration = *enumeration};
    ReportUnknown(second, std::nullopt, scope, &type);
    return std::nullopt;
  }
  if (member) return Place{.value = MemberConstant(expected->enumeration, *member, id, first.name.span)};
  const std::size_t before = sink_.ErrorCount();
  (void)Lookup(EntityAt(scope), first, scope, true);
  if (sink_.ErrorCount() == before) ReportUnknown(first, std::nullopt, scope, expected);
  return std::nullopt;
}

std::optional<Checker::Place> Checker::Step(const Place& at, const syntax::Path& path, std::size_t segment,
                                            syntax::ExprId id, const Scope& scope) {
  const syntax::PathSegment& next = path.segments[segment];
  const Span span = Join(path.segments.front().name.span, next.name.span);
  if (at.decision) {  // `treatment.frontier_ai`
    for (const RuleId rule : draft_.decisions[*at.decision].rules)
      if (draft_.rules[rule].name == next.name.text) return ReadSymbol(rule, At(at.value.id).operands[0], span, id);
    std::vector<std::string> names;
    for (const RuleId rule : draft_.decisions[*at.decision].rules) names.push_back(draft_.rules[rule].name);
    auto& report =
        sink_.Report<Kind::kUnknownRule>(next.name.span, draft_.decisions[*at.decision].name, next.name.text);
    Suggest(report, next.name.text, names);
    return std::nullopt;
  }
  const Type type = TypeOf(at.value);
  if (type.kind == TypeKind::kList) {
    ReportListAsValue(path, segment, span);
    return std::nullopt;
  }
  if (type.kind != TypeKind::kEntity) {
    sink_
        .Report<Kind::kTypeMismatch>(Join(path.segments.front().name.span, path.segments[segment - 1].name.span),
                                     fmt::format("an entity before `.{}`", next.name.text), Shown(type))
        .Label(Shown(type));
    return std::nullopt;
  }
  const std::size_t before = sink_.ErrorCount();
  const auto symbol = Lookup(type.entity, next, scope, true);
  if (symbol) return ReadSymbol(symbol->symbol, at.value.id, span, id);
  if (sink_.ErrorCount() == before) ReportUnknown(next, type.entity, scope, nullptr);
  return std::nullopt;
}

std::optional<Checker::Place> Checker::Walk(const syntax::Path& path, syntax::ExprId id, const Scope& scope,
                                            const Type* expected) {
  std::size_t next = 0;
  auto place = Start(path, id, scope, expected, next);
  for (; place && next < path.segments.size(); ++next) place = Step(*place, path, next, id, scope);
  return place;
}

Typed Checker::Check(const syntax::Path& path, syntax::ExprId id, const Scope& scope, const Type* expected) {
  const auto place = Walk(path, id, scope, expected);
  if (!place) return {};
  return place->value;
}

}  // namespace proviso::check
