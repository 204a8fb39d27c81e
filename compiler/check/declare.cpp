#include "compiler/check/checker.h"

namespace proviso::check {

namespace {

bool IsVocabularySet(const Vocabulary& vocabulary, const syntax::Name& name) {
  for (const NamedSet& set : vocabulary.sets)
    if (set.name == name.text && set.span == name.span) return true;
  return false;
}

}  // namespace

void Checker::Declare() {
  names_.resize(vocabulary_->entities.size());
  parametric_.resize(vocabulary_->entities.size());
  for (std::size_t i = 0; i < vocabulary_->facts.size(); ++i) {
    const Fact& fact = vocabulary_->facts[FactId(i)];
    auto& names = names_[fact.owner.Index()];
    names.try_emplace(fact.ShownName(), NamedSymbol{FactId(i), fact.span});
    if (!fact.arguments.empty()) parametric_[fact.owner.Index()][fact.name].push_back(fact.ShownName());
  }
  for (const NamedSet& set : vocabulary_->sets) sets_[set.name] = {set.enumeration, set.members};
  for (const syntax::Declaration& declaration : tree_->declarations)
    std::visit([&](const auto& kind) { Declare(declaration, kind); }, declaration.kind);
}

bool Checker::AddDraftName(const syntax::Name& name) {
  const auto [there, is_new] = draft_names_.try_emplace(name.text, name.span);
  if (!is_new) sink_.Report<Kind::kDuplicateName>(name.span, name.text).AddNote("first declared here", there->second);
  return is_new;
}

bool Checker::AddName(std::optional<EntityId> of, const std::string& shown, const Span& span, const Symbol& symbol) {
  auto& names = names_[of.value_or(vocabulary_->case_entity).Index()];
  const auto [there, is_new] = names.try_emplace(shown, NamedSymbol{symbol, span});
  if (!is_new) sink_.Report<Kind::kDuplicateName>(span, shown).AddNote("first declared here", there->second.span);
  return is_new;
}

std::optional<std::optional<EntityId>> Checker::OwnerOf(const std::optional<syntax::Name>& of) {
  if (!of) return std::optional<EntityId>();
  const auto entity = EntityNamed(*vocabulary_, *of, sink_);
  if (!entity) return std::nullopt;
  if (*entity == vocabulary_->case_entity) return std::optional<EntityId>();
  return entity;
}

template <typename VocabularyOnly>
void Checker::Declare(const syntax::Declaration& declaration, const VocabularyOnly&) {
  sink_.Report<Kind::kWrongFileKind>(declaration.span, "this declaration", "draft")
      .Help("units, enumerations, entities and assumptions stand in the vocabulary");
}

void Checker::Declare(const syntax::Declaration& declaration, const syntax::TermDeclaration& term) {
  const auto of = OwnerOf(term.of);
  std::vector<EnumId> enumerations;
  for (const syntax::Parameter& parameter : term.parameters) {
    const auto id = EnumNamed(*vocabulary_, parameter.enumeration, sink_);
    if (id) enumerations.push_back(*id);
  }
  std::optional<Type> type;
  if (term.type) type = ResolveType(*vocabulary_, *term.type, sink_);
  if (!of || enumerations.size() != term.parameters.size() || (term.type && !type)) {
    failed_names_.insert(term.name.text);
    return;
  }
  const auto cites = ResolveCitations(term.supports.cites, {}, sink_);
  const auto combinations = MemberCombinations(*vocabulary_, enumerations);
  if (combinations.size() > kMaxCombinations) {
    sink_.Report<Kind::kTooManyTerms>(term.name.span, term.name.text, kMaxCombinations, "terms");
    failed_names_.insert(term.name.text);
    return;
  }
  if (!of->has_value() && !term.parameters.empty()) draft_names_.try_emplace(term.name.text, term.name.span);
  for (const auto& members : combinations) {
    Term added{.name = term.name.text,
               .arguments = {},
               .of = *of,
               .type = type.value_or(Type()),
               .cites = cites,
               .description = DescriptionOf(term.supports),
               .body = {},
               .span = term.name.span,
               .amendment = declaration.amendment};
    TermWork work{.text = &term, .arguments = {}, .has_declared_type = type.has_value()};
    for (std::size_t i = 0; i < members.size(); ++i) {
      added.arguments.push_back(vocabulary_->enums[enumerations[i]].members[members[i]].name);
      work.arguments.push_back({enumerations[i], members[i]});
    }
    const std::string shown = added.ShownName();
    const TermId id = draft_.terms.Add(std::move(added));
    term_work_.Add(std::move(work));
    if (!AddName(*of, shown, term.name.span, id)) return;
    if (!members.empty()) parametric_[of->value_or(vocabulary_->case_entity).Index()][term.name.text].push_back(shown);
  }
}

void Checker::Declare(const syntax::Declaration& declaration, const syntax::OptionDeclaration& option) {
  const auto of = OwnerOf(option.of);
  if (!of) {
    failed_names_.insert(option.name.text);
    return;
  }
  Option added{.name = option.name.text,
               .is_reading = option.is_reading,
               .of = *of,
               .type = {},
               .alternatives = {},
               .settled = {},
               .cites = ResolveCitations(option.supports.cites, {}, sink_),
               .description = DescriptionOf(option.supports),
               .span = option.name.span,
               .amendment = declaration.amendment};
  std::map<std::string, Span> seen;
  const Citation own = added.cites.empty() ? Citation() : added.cites.front();
  for (const syntax::AlternativeText& each : option.alternatives) {
    const auto [there, is_new] = seen.try_emplace(each.name.text, each.name.span);
    if (!is_new)
      sink_.Report<Kind::kDuplicateName>(each.name.span, each.name.text).AddNote("first declared here", there->second);
    added.alternatives.push_back({each.name.text,
                                  DescriptionOf(each.supports),
                                  ResolveCitations(each.supports.cites, own, sink_),
                                  {},
                                  each.span});
  }
  const OptionId id = draft_.options.Add(std::move(added));
  option_work_.Add({.text = &option});
  AddName(*of, option.name.text, option.name.span, id);
  if (!of->has_value()) {
    draft_names_.try_emplace(option.name.text, option.name.span);
    options_.try_emplace(option.name.text, NamedSymbol{id, option.name.span});
  }
}

void Checker::Declare(const syntax::Declaration& declaration, const syntax::DecisionDeclaration& decision) {
  const auto of = OwnerOf(decision.of);
  auto type = ResolveType(*vocabulary_, decision.type, sink_);
  if (!of || !type) {
    failed_names_.insert(decision.name.text);
    for (const auto& item : decision.items)
      if (const auto* rule = std::get_if<syntax::RuleText>(&item)) failed_names_.insert(rule->name.text);
    return;
  }
  if (type->kind == TypeKind::kDate || type->kind == TypeKind::kDays || type->IsNumber()) type->or_none = true;
  Decision added{.name = decision.name.text,
                 .of = *of,
                 .type = *type,
                 .policy = {},
                 .rules = {},
                 .otherwise = {},
                 .cites = ResolveCitations(decision.supports.cites, {}, sink_),
                 .description = DescriptionOf(decision.supports),
                 .span = decision.name.span,
                 .amendment = declaration.amendment};
  const DecisionId id = draft_.decisions.Add(std::move(added));
  decision_work_.Add({&decision});
  if (AddName(*of, decision.name.text, decision.name.span, id) && !of->has_value())
    draft_names_.try_emplace(decision.name.text, decision.name.span);
  for (const auto& item : decision.items)
    if (const auto* rule = std::get_if<syntax::RuleText>(&item)) DeclareRule(id, *rule, *of);
}

void Checker::DeclareRule(DecisionId decision, const syntax::RuleText& text, std::optional<EntityId> of) {
  const auto& cites = draft_.decisions[decision].cites;
  Rule added{.name = text.name.text,
             .is_exception = text.is_exception,
             .decision = decision,
             .cites = ResolveCitations(text.supports.cites, cites.empty() ? Citation() : cites.front(), sink_),
             .description = DescriptionOf(text.supports),
             .value = {},
             .condition = {},
             .under = {},
             .except_to = {},
             .exceptions = {},
             .span = text.name.span,
             .amendment = text.amendment};
  const RuleId id = draft_.rules.Add(std::move(added));
  rule_work_.Add({&text});
  draft_.decisions[decision].rules.push_back(id);
  if (AddName(of, text.name.text, text.name.span, id) && !of) draft_names_.try_emplace(text.name.text, text.name.span);
}

void Checker::Declare(const syntax::Declaration&, const syntax::SetDeclaration& set) {
  const bool changes_vocabulary = IsVocabularySet(*vocabulary_, set.name);
  if (!changes_vocabulary) {
    AddDraftName(set.name);
    for (const NamedSet& other : vocabulary_->sets)
      if (other.name == set.name.text)
        sink_.Report<Kind::kDuplicateName>(set.name.span, set.name.text).AddNote("first declared here", other.span);
  }
  (void)ResolveCitations(set.supports.cites, {}, sink_);
  const auto resolved = ResolveSet(*vocabulary_, set, sink_);
  if (!resolved) {
    failed_names_.insert(set.name.text);
    return;
  }
  sets_[set.name.text] = *resolved;
  if (!changes_vocabulary) return;
  auto changed = std::make_shared<Vocabulary>(*vocabulary_);
  for (NamedSet& each : changed->sets)
    if (each.name == set.name.text) each.members = resolved->members;
  vocabulary_ = std::move(changed);
}

void Checker::Declare(const syntax::Declaration&, const syntax::PropertyDeclaration& property) {
  AddDraftName(property.name);
}
void Checker::Declare(const syntax::Declaration&, const syntax::TransformDeclaration& transform) {
  AddDraftName(transform.name);
}
void Checker::Declare(const syntax::Declaration&, const syntax::OptionSetDeclaration& option_set) {
  AddDraftName(option_set.name);
}
void Checker::Declare(const syntax::Declaration&, const syntax::ConstraintDeclaration& constraint) {
  if (constraint.name) AddDraftName(*constraint.name);
}

}  // namespace proviso::check
