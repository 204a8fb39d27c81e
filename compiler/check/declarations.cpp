#include <algorithm>

#include "compiler/check/checker.h"

namespace proviso::check {

namespace {

/// Terms whose types rest on one another deeper than this are refused, so that no stack is at risk.
constexpr std::size_t kMaxOpenTerms = 500;

Citation FirstOf(const std::vector<Citation>& cites) { return cites.empty() ? Citation() : cites.front(); }

}  // namespace

void Checker::CheckBodies() {
  for (std::size_t i = 0; i < draft_.options.size(); ++i) (void)CheckOption(OptionId(i));
  for (std::size_t i = 0; i < draft_.terms.size(); ++i) (void)CheckTerm(TermId(i));
  for (std::size_t i = 0; i < draft_.decisions.size(); ++i) CheckDecision(DecisionId(i));
  for (const syntax::Declaration& declaration : tree_->declarations) {
    if (const auto* constraint = std::get_if<syntax::ConstraintDeclaration>(&declaration.kind))
      CheckConstraint(*constraint);
    if (const auto* option_set = std::get_if<syntax::OptionSetDeclaration>(&declaration.kind))
      CheckOptionSet(*option_set);
    if (const auto* property = std::get_if<syntax::PropertyDeclaration>(&declaration.kind)) CheckProperty(*property);
    if (const auto* transform = std::get_if<syntax::TransformDeclaration>(&declaration.kind))
      CheckTransform(*transform);
  }
  CheckWaivers();
}

// ---- Terms -----------------------------------------------------------------------------------------------------

bool Checker::CheckTerm(TermId id) {
  TermWork& work = term_work_[id];
  if (work.failed) return false;
  if (work.progress == Progress::kDone) return true;
  if (work.progress == Progress::kOpen) {
    if (work.has_declared_type) return true;
    // Its type rests on itself. A real circle and a mere need for a type are told apart by what stands between.
    work.failed = true;
    std::string path;
    bool inside = false;
    for (const TermId each : open_terms_) {
      inside = inside || each == id;
      if (inside) path += draft_.terms[each].ShownName() + " → ";
    }
    const Term& term = draft_.terms[id];
    if (term.of)
      sink_.Report<Kind::kTypeNeeded>(term.span, term.ShownName()).Help("write its type after a colon");
    else
      sink_.Report<Kind::kCycle>(term.span, "term", term.ShownName(), path + term.ShownName());
    return false;
  }
  if (work.has_declared_type && !open_terms_.empty()) return true;  // its body comes in its own turn
  if (open_terms_.size() > kMaxOpenTerms) {
    sink_.Report<Kind::kTooDeep>(draft_.terms[id].span, kMaxOpenTerms)
        .Help("declare the type of one of the terms between");
    work.failed = true;
    return false;
  }
  work.progress = Progress::kOpen;
  open_terms_.push_back(id);
  const Term term = draft_.terms[id];
  std::vector<Scope> scopes(work.arguments.size() + 1);
  scopes[0].self = term.of;
  scopes[0].enclosing = FirstOf(term.cites);
  for (std::size_t i = 0; i < work.arguments.size(); ++i) {
    scopes[i + 1] = scopes[i];
    scopes[i + 1].outer = &scopes[i];
    scopes[i + 1].name = work.text->parameters[i].name.text;
    scopes[i + 1].binding = work.arguments[i];
  }
  const Typed body = work.has_declared_type ? CheckAs(work.text->value, scopes.back(), term.type)
                                            : CheckExpr(work.text->value, scopes.back());
  open_terms_.pop_back();
  work.progress = Progress::kDone;
  if (!body) {
    // What a declared type promises to others still stands; without one there is nothing to go by.
    work.failed = !work.has_declared_type;
    return work.has_declared_type;
  }
  if (work.failed) return false;
  draft_.terms[id].body = body.id;
  if (!work.has_declared_type) {
    draft_.terms[id].type = TypeOf(body);
    work.literal = body.literal;
  }
  return true;
}

// ---- Options -----------------------------------------------------------------------------------------------------

bool Checker::CheckOption(OptionId id) {
  OptionWork& work = option_work_[id];
  if (work.progress == Progress::kDone) return !work.failed;
  const std::string name = draft_.options[id].name;
  if (work.progress == Progress::kOpen) {
    work.failed = true;
    sink_.Report<Kind::kCycle>(draft_.options[id].span, "option", name, fmt::format("{} → {}", name, name));
    return false;
  }
  work.progress = Progress::kOpen;
  SettleOption(id);
  CheckAlternatives(id, work);
  work.progress = Progress::kDone;
  return !work.failed;
}

void Checker::SettleOption(OptionId id) {
  Option& option = draft_.options[id];
  for (const amend::AmendedTree::Settled& settled : text_->settled) {
    if (settled.option.text != option.name) continue;
    option.amendment = settled.amendment;
    if (!settled.alternative) {
      option.settled = static_cast<std::uint32_t>(option.alternatives.size());
      option.alternatives.push_back({"otherwise", {}, {}, {}, settled.span});
      continue;
    }
    for (std::uint32_t i = 0; i < option.alternatives.size(); ++i)
      if (option.alternatives[i].name == settled.alternative->text) option.settled = i;
  }
}

void Checker::CheckAlternatives(OptionId id, OptionWork& work) {
  const Option option = draft_.options[id];
  std::vector<Typed> values;
  for (std::size_t i = 0; i < option.alternatives.size(); ++i) {
    const bool from_settlement = i >= work.text->alternatives.size();
    syntax::ExprId text;
    if (!from_settlement) text = work.text->alternatives[i].value;
    for (const amend::AmendedTree::Settled& settled : text_->settled)
      if (from_settlement && settled.option.text == option.name) text = settled.otherwise;
    Scope scope;
    scope.self = option.of;
    scope.enclosing =
        option.alternatives[i].cites.empty() ? FirstOf(option.cites) : option.alternatives[i].cites.front();
    Type first;
    if (!values.empty() && values.front()) first = TypeOf(values.front());
    values.push_back(CheckExpr(text, scope, values.empty() || !values.front() ? nullptr : &first));
    work.failed = work.failed || !values.back();
  }
  if (work.failed || values.empty()) return;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const Type a = TypeOf(values.front());
    const Type b = TypeOf(values[i]);
    const bool alike = a.IsNumber() && b.IsNumber() ? SameDimension(a.unit, b.unit) &&
                                                          (values.front().literal || values[i].literal ||
                                                           (a.kind == TypeKind::kReal) == (b.kind == TypeKind::kReal))
                                                    : SameKind(a, b);
    if (alike) continue;
    work.failed = true;
    sink_.Report<Kind::kAlternativesDiffer>(At(values[i].id).span, option.alternatives[i].name, Shown(b), Shown(a))
        .Label(Shown(b))
        .AddNote(fmt::format("`{}` is {}", option.alternatives.front().name, Shown(a)), At(values.front().id).span);
  }
  if (work.failed) return;
  const auto type = CommonType(values, At(values.front().id).text, "combine");
  if (!type) {
    work.failed = true;
    return;
  }
  work.literal =
      type->IsNumber() && std::all_of(values.begin(), values.end(), [](const Typed& each) { return each.literal; });
  draft_.options[id].type = *type;
  for (std::size_t i = 0; i < values.size(); ++i) draft_.options[id].alternatives[i].value = values[i].id;
}

std::optional<std::pair<OptionId, std::uint32_t>> Checker::Choice(const syntax::Name& option,
                                                                  const syntax::Name& alternative) {
  std::optional<OptionId> found;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < draft_.options.size(); ++i) {
    names.push_back(draft_.options[OptionId(i)].name);
    if (names.back() == option.text) found = OptionId(i);
  }
  if (!found) {
    if (failed_names_.contains(option.text)) return std::nullopt;
    Suggest(sink_.Report<Kind::kNotAnOption>(option.span, option.text), option.text, names);
    return std::nullopt;
  }
  (void)CheckOption(*found);
  const auto& alternatives = draft_.options[*found].alternatives;
  std::vector<std::string> known;
  for (std::uint32_t i = 0; i < alternatives.size(); ++i) {
    if (alternatives[i].name == alternative.text) return std::make_pair(*found, i);
    known.push_back(alternatives[i].name);
  }
  auto& report = sink_.Report<Kind::kUnknownAlternative>(alternative.span, option.text, alternative.text)
                     .AddNote(fmt::format("`{}` is declared here", option.text), draft_.options[*found].span);
  Suggest(report, alternative.text, known);
  return std::nullopt;
}

void Checker::CheckConstraint(const syntax::ConstraintDeclaration& text) {
  const Scope scope;
  // Constraints keep what is read in them apart: an option that only a constraint reads changes no outcome.
  const auto read = read_options_;
  const Typed condition = CheckCondition(text.condition, scope);
  read_options_ = read;
  if (!condition) return;
  std::vector<ExprId> open = {condition.id};
  while (!open.empty()) {
    const Expr node = At(open.back());
    open.pop_back();
    const bool reads_case =
        node.op == Op::kFact || node.op == Op::kDecision || node.op == Op::kRuleFires || node.op == Op::kRuleDecides;
    if (reads_case) {
      sink_.Report<Kind::kConstraintNotOverOptions>(node.span, fmt::format("`{}`", PathText(node.text)));
      return;
    }
    if (node.op == Op::kTerm && draft_.terms[node.term].body.IsValid()) open.push_back(draft_.terms[node.term].body);
    if (node.op == Op::kOption)
      for (const Alternative& each : draft_.options[node.option].alternatives)
        if (each.value.IsValid()) open.push_back(each.value);
    if (node.op == Op::kTerm || node.op == Op::kOption) continue;  // operand 0 is the case itself
    open.insert(open.end(), node.operands.begin(), node.operands.end());
  }
  draft_.constraints.push_back({text.name ? text.name->text : std::string(), condition.id,
                                text.because ? text.because->text : std::string(), At(condition.id).span});
}

void Checker::CheckOptionSet(const syntax::OptionSetDeclaration& text) {
  NamedOptionSet named{.name = text.name.text, .choices = {}, .span = text.name.span};
  for (const auto& choice : text.choices) {
    const auto found = Choice(choice.option, choice.alternative);
    if (!found) return;
    const auto twice = std::find_if(named.choices.begin(), named.choices.end(),
                                    [&](const auto& each) { return each.first == found->first; });
    if (twice != named.choices.end()) {
      sink_.Report<Kind::kOptionChosenTwice>(choice.option.span, text.name.text, choice.option.text);
      return;
    }
    named.choices.push_back(*found);
  }
  draft_.option_sets.push_back(std::move(named));
}

void Checker::WarnOfUnusedOptions() {
  for (std::size_t i = 0; i < draft_.options.size(); ++i) {
    const Option& option = draft_.options[OptionId(i)];
    if (option.settled || read_options_.contains(static_cast<std::uint32_t>(i))) continue;
    sink_.Report<Kind::kUnusedOption>(option.span, option.name);
  }
}

// ---- Decisions -----------------------------------------------------------------------------------------------------

void Checker::DeclareDecisionItems(DecisionId id, const syntax::DecisionDeclaration& text, std::optional<EntityId> of) {
  Scope scope;
  scope.self = of;
  scope.enclosing = FirstOf(draft_.decisions[id].cites);
  bool has_otherwise = false;
  for (const auto& item : text.items) {
    if (const auto* policy = std::get_if<syntax::HitPolicyText>(&item)) {
      if (draft_.decisions[id].policy) sink_.Report<Kind::kSaidTwice>(policy->span, text.name.text, "how a rule wins");
      draft_.decisions[id].policy = policy->policy;
    }
    const auto* otherwise = std::get_if<syntax::OtherwiseText>(&item);
    if (otherwise == nullptr) continue;
    if (has_otherwise) sink_.Report<Kind::kSaidTwice>(otherwise->span, text.name.text, "`otherwise`");
    has_otherwise = true;
    const Typed value = CheckAs(otherwise->value, scope, draft_.decisions[id].type);
    if (value) draft_.decisions[id].otherwise = value.id;
  }
  if (has_otherwise || !draft_.decisions[id].type.or_none) return;
  Expr none;
  none.type = draft_.decisions[id].type;
  none.span = text.name.span;
  draft_.decisions[id].otherwise = Add(std::move(none)).id;
}

void Checker::CheckDecision(DecisionId id) {
  const syntax::DecisionDeclaration& text = *decision_work_[id].text;
  DeclareDecisionItems(id, text, draft_.decisions[id].of);
  const Decision decision = draft_.decisions[id];
  std::size_t rule_count = 0;
  for (const RuleId rule : decision.rules) rule_count += draft_.rules[rule].is_exception ? 0 : 1;
  if (rule_count > 1 && !decision.policy)
    sink_.Report<Kind::kNoWayOfWinning>(text.name.span, text.name.text, rule_count)
        .Help("write `strictest wins`, `first wins` or `one applies` at its top");
  const bool ordered = decision.type.kind == TypeKind::kEnum && vocabulary_->enums[decision.type.enumeration].ordered;
  if (decision.policy == syntax::HitPolicy::kStrictestWins && !ordered)
    sink_.Report<Kind::kStrictestNeedsOrder>(text.name.span, text.name.text, Shown(decision.type))
        .Help("declare the enumeration `ordered enum`, weakest first, or write `first wins`");
  for (const RuleId rule : decision.rules) CheckRule(rule);
  CheckExceptions(id);
}

void Checker::CheckRule(RuleId id) {
  const syntax::RuleText& text = *rule_work_[id].text;
  const DecisionId decision = draft_.rules[id].decision;
  const Type type = draft_.decisions[decision].type;
  Scope scope;
  scope.self = draft_.decisions[decision].of;
  scope.enclosing =
      draft_.rules[id].cites.empty() ? FirstOf(draft_.decisions[decision].cites) : draft_.rules[id].cites.front();
  if (text.value.IsValid()) {
    const Typed value = CheckAs(text.value, scope, type);
    if (value) draft_.rules[id].value = value.id;
  }
  if (text.under_option) {
    draft_.rules[id].under = Choice(*text.under_option, text.under_alternative);
    if (draft_.rules[id].under) read_options_.insert(draft_.rules[id].under->first.Index());
  }
  const Typed condition = CheckCondition(text.condition, scope);
  if (condition) draft_.rules[id].condition = condition.id;
}

void Checker::CheckExceptions(DecisionId id) {
  const Decision& decision = draft_.decisions[id];
  for (const RuleId each : decision.rules) {
    const syntax::RuleText& text = *rule_work_[each].text;
    if (!text.except_to) continue;
    std::vector<std::string> names;
    for (const RuleId other : decision.rules) {
      names.push_back(draft_.rules[other].name);
      if (names.back() != text.except_to->text) continue;
      draft_.rules[each].except_to = other;
      draft_.rules[other].exceptions.push_back(each);
    }
    if (draft_.rules[each].except_to) continue;
    auto& report = sink_.Report<Kind::kUnknownRule>(text.except_to->span, decision.name, text.except_to->text);
    Suggest(report, text.except_to->text, names);
    for (const auto& repealed : text_->repealed)
      if (repealed.name == text.except_to->text) report.AddNote("repealed here", repealed.span);
  }
  std::set<RuleId> reported;
  for (const RuleId start : decision.rules) {
    std::string path = draft_.rules[start].name;
    std::set<RuleId> seen = {start};
    auto at = draft_.rules[start].except_to;
    while (at && seen.insert(*at).second) {
      path += " → " + draft_.rules[*at].name;
      at = draft_.rules[*at].except_to;
    }
    if (!at || *at != start || reported.contains(start)) continue;
    reported.insert(seen.begin(), seen.end());
    sink_.Report<Kind::kExceptionCycle>(draft_.rules[start].span, draft_.rules[start].name,
                                        path + " → " + draft_.rules[start].name);
  }
}

// ---- Properties and assumptions ------------------------------------------------------------------------------------

std::optional<DecisionId> Checker::OrderedDecision(syntax::ExprId path) {
  const Scope scope;
  const auto place = Walk(std::get<syntax::Path>(Text(path).kind), path, scope, nullptr);
  if (!place) return std::nullopt;
  if (!place->decision) {
    sink_.Report<Kind::kNotADecision>(Text(path).span, PathText(path));
    return std::nullopt;
  }
  const Decision& decision = draft_.decisions[*place->decision];
  if (decision.type.kind == TypeKind::kEnum && vocabulary_->enums[decision.type.enumeration].ordered)
    return place->decision;
  sink_.Report<Kind::kNotProvable>(Text(path).span, fmt::format("the outcome of `{}` is {}, which has no order",
                                                                decision.name, Shown(decision.type)));
  return std::nullopt;
}

std::vector<FactId> Checker::FactPath(syntax::ExprId id, Refuse refuse) {
  const auto& path = std::get<syntax::Path>(Text(id).kind);
  std::vector<FactId> facts;
  EntityId entity = vocabulary_->case_entity;
  const Scope scope;
  for (std::size_t i = 0; i < path.segments.size(); ++i) {
    if (i == 0 && path.segments.size() > 1 && path.segments[0].name.text == "case") continue;
    const std::size_t before = sink_.ErrorCount();
    const auto symbol = Lookup(entity, path.segments[i], scope, true);
    const FactId* fact = symbol ? std::get_if<FactId>(&symbol->symbol) : nullptr;
    if (fact == nullptr) {
      if (symbol)
        refuse(path.segments[i].name.span, fmt::format("`{}` is not a fact", path.segments[i].name.text));
      else if (sink_.ErrorCount() == before)
        ReportUnknown(path.segments[i], entity, scope, nullptr);
      return {};
    }
    facts.push_back(*fact);
    if (i + 1 == path.segments.size()) return facts;
    const Type& type = vocabulary_->facts[*fact].type;
    if (type.kind != TypeKind::kEntity && type.kind != TypeKind::kList) {
      refuse(path.segments[i].name.span,
             fmt::format("`{}` is {}, which holds no facts", path.segments[i].name.text, Shown(type)));
      return {};
    }
    entity = type.entity;
  }
  return {};
}

void Checker::CheckNeverFalls(const syntax::PropertyDeclaration& text, Property& property) {
  property.decision = OrderedDecision(text.decision);
  const auto refuse = [&](const Span& at, const std::string& why) { sink_.Report<Kind::kNotProvable>(at, why); };
  property.fact_path = FactPath(text.fact, refuse);
  if (property.fact_path.empty()) return;
  const Type& type = vocabulary_->facts[property.fact_path.back()].type;
  const bool ordered = type.kind == TypeKind::kEnum
                           ? vocabulary_->enums[type.enumeration].ordered
                           : type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
  const syntax::Name& name = std::get<syntax::Path>(Text(text.fact).kind).segments.back().name;
  if (!ordered) refuse(name.span, fmt::format("`{}` is {}, which neither rises nor falls", name.text, Shown(type)));
  property.falls = text.falls;
}

void Checker::CheckProperty(const syntax::PropertyDeclaration& text) {
  Property property{.name = text.name.text,
                    .kind = text.kind,
                    .condition = {},
                    .decision = {},
                    .fact_path = {},
                    .falls = false,
                    .draft = {},
                    .cites = ResolveCitations(text.supports.cites, {}, sink_),
                    .span = text.name.span};
  const auto read = read_options_;
  switch (text.kind) {
    case syntax::PropertyKind::kAlways:
    case syntax::PropertyKind::kNever: {
      Scope scope;
      scope.enclosing = FirstOf(property.cites);
      const Typed condition = CheckCondition(text.condition, scope);
      if (condition) property.condition = condition.id;
      break;
    }
    case syntax::PropertyKind::kNeverFalls:
      CheckNeverFalls(text, property);
      break;
    case syntax::PropertyKind::kAtLeastAsStrict:
      property.decision = OrderedDecision(text.decision);
      property.draft = text.draft.text;
      if (std::find(compared_.begin(), compared_.end(), property.draft) == compared_.end())
        Suggest(sink_.Report<Kind::kUnknownDraft>(text.draft.span, property.draft), property.draft, compared_);
      break;
  }
  read_options_ = read;
  draft_.properties.push_back(std::move(property));
}

void Checker::CheckAssumption(const syntax::AssumeDeclaration& text) {
  const auto of = OwnerOf(text.of);
  if (!of) return;
  if (!*of && !vocabulary_->case_entity.IsValid()) {
    sink_.Report<Kind::kNoCaseEntity>(text.name.span, vocabulary_->name)
        .Help("write `case ENTITY`, or say of which entity it is assumed: `assume of ENTITY …`");
    return;
  }
  Assumption assumption{.name = text.name.text,
                        .of = *of,
                        .condition = {},
                        .cites = ResolveCitations(text.supports.cites, {}, sink_),
                        .span = text.name.span};
  Scope scope;
  scope.self = *of;
  scope.enclosing = FirstOf(assumption.cites);
  const Typed condition = CheckCondition(text.condition, scope);
  if (!condition) return;
  assumption.condition = condition.id;
  draft_.assumptions.push_back(std::move(assumption));
}

}  // namespace proviso::check
