#include "compiler/lower/terms.h"

#include <llvm/ADT/STLExtras.h>

#include "compiler/lower/lowerer.h"

namespace proviso::lower {
namespace {

using evaluate::Place;
using evaluate::VariableId;

/// A condition that turns on no more facts than this is not kept apart from what uses it.
constexpr std::size_t kMaxPlainFacts = 3;
/// One whose meaning is larger than this is told from others by the terms that it is made of.
constexpr std::size_t kMaxMeaning = 3'000;

}  // namespace

std::optional<NodeId> WithoutTerms(Space& space, NodeId condition, std::size_t max_nodes) {
  graph::Graph& graph = space.graph;
  while (graph.Reachable(condition).size() <= max_nodes) {
    const std::vector<VariableId> support = graph.Support(condition);
    const auto term = llvm::find_if(support, [&](VariableId id) { return space.IsTerm(id); });
    if (term == support.end()) return condition;
    const NodeId meaning = space[space[*term].condition].condition;
    condition = graph.IfThenElse(meaning, graph.Restrict(condition, *term, 1), graph.Restrict(condition, *term, 0));
  }
  return std::nullopt;
}

Symbol Lowerer::Term(check::TermId term, const Scope& outer) {
  const Scope scope = Relevant(outer, draft_.terms[term].body);
  if (!IsKnown(scope.self) && reach_.IsRecursive(term)) return TierTerm(term, scope);
  return MayBeNamed(term, scope) ? NamedCondition(term, scope) : Lower(draft_.terms[term].body, scope);
}

bool Lowerer::MayBeNamed(check::TermId term, const Scope& scope) const {
  if (!terms_under_ || scope.context.IsValid() || draft_.terms[term].type.kind != TypeKind::kBoolean) return false;
  PlaceId place = scope.self;
  while (space_[place].kind == Place::Kind::kPart) place = space_[place].parent;
  return space_[place].kind == Place::Kind::kCase;
}

NodeId Lowerer::Named(NamedTerm named) {
  if (graph_.Support(named.definition).size() > kMaxPlainFacts) {
    const NodeId meaning = WithoutTerms(space_, named.definition, kMaxMeaning).value_or(named.definition);
    named.variable = space_.TermVariable(named.name, graph_.SimplifyWithin(meaning, *terms_under_));
  }
  const NodeId node = named.variable.IsValid() ? graph_.InCells(named.variable, 1, 2) : named.definition;
  named_nodes_.emplace(named.name, node);
  named_.push_back(std::move(named));
  return node;
}

Symbol Lowerer::NamedCondition(check::TermId term, const Scope& scope) {
  const auto& at = space_[scope.self];
  const std::string path = at.parent.IsValid() ? space_.PathOf(at.parent, at.fact) + "." : "";
  std::string name = path + draft_.terms[term].ShownName();
  if (const auto known = named_nodes_.find(name); known != named_nodes_.end()) return {known->second, {}};
  const std::size_t before = Provisional();
  const NodeId definition = Node(draft_.terms[term].body, scope);
  const bool may_fail = llvm::any_of(graph_.Terminals(definition),
                                     [](graph::Terminal leaf) { return leaf != graph::kNo && leaf != graph::kYes; });
  if (may_fail || Provisional() != before) return {definition, {}};
  NamedTerm named{std::move(name), term, scope.self, definition, {}, {}};
  if (by_facts_ != nullptr)
    named.by_facts = by_facts_->Node(draft_.terms[term].body, by_facts_->At(by_facts_->CaseScope(), scope.self));
  return {Named(std::move(named)), {}};
}

NodeId Lowerer::SaidByMembers(check::DecisionId id, NodeId outcome) {
  const check::Decision& decision = draft_.decisions[id];
  if (decision.type.kind != TypeKind::kEnum) return outcome;
  const std::vector<graph::Terminal> leaves = graph_.Terminals(outcome);
  const auto member = [&](graph::Terminal leaf) {
    const auto* const value = std::get_if<Value>(&space_.LeafAt(leaf));
    return value == nullptr ? nullptr : std::get_if<Member>(value);
  };
  if (!llvm::all_of(leaves, [&](graph::Terminal leaf) { return member(leaf) != nullptr; })) return outcome;
  NodeId said = graph_.TerminalNode(leaves.back());
  for (const graph::Terminal leaf : llvm::reverse(llvm::ArrayRef(leaves).drop_back())) {
    const NodeId at = graph_.TerminalNode(leaf);
    const auto where_it_is = [&](NodeId of) {
      return graph_.Replace(of, [&](NodeId end) { return end == at ? graph_.Yes() : graph_.No(); });
    };
    const auto& members = space_.Words().enums[decision.type.enumeration].members;
    std::string name = decision.name + " is " + members[member(leaf)->index].name;
    auto known = named_nodes_.find(name);
    if (known == named_nodes_.end()) {
      NamedTerm named{name, {}, space_.Root(), where_it_is(outcome), {}, {}};
      if (by_facts_ != nullptr) named.by_facts = where_it_is(by_facts_->Outcome(id, by_facts_->CaseScope()).node);
      Named(std::move(named));
      known = named_nodes_.find(name);
    }
    said = graph_.IfThenElse(known->second, at, said);
  }
  return said;
}

// ---- Terms that go round through lists -------------------------------------------------------------------------

evaluate::TierId Lowerer::Tier(check::TermId id, const Scope& inside) {
  const auto [found, is_new] = tiers_.try_emplace({id, inside.context});
  if (!is_new) return found->second;
  const check::Term& term = draft_.terms[id];
  const PlaceId place = space_.TierPlace(term.of.value_or(space_.Words().case_entity));
  Shared::Worded worded = {Wording(term.body), {}};
  for (const check::OptionId option : reach_.OptionsUnder(term.body)) {
    if (const auto chosen = Chosen(option, inside.context))
      worded.second.emplace_back(draft_.options[option].name, *chosen);
  }
  llvm::sort(worded.second);
  const auto same = shared_->tiers.find(worded);
  const evaluate::TierId tier = same != shared_->tiers.end()
                                    ? same->second
                                    : space_.AddTier({.name = term.ShownName(), .place = place, .body = {}});
  found->second = tier;
  if (same != shared_->tiers.end()) return tier;
  shared_->tiers.emplace(std::move(worded), tier);
  const NodeId body = Node(term.body, At(inside, place));
  space_[tier].body = body;
  return tier;
}

Symbol Lowerer::TierTerm(check::TermId id, const Scope& scope) {
  const check::Term& term = draft_.terms[id];
  // What is supposed of an entity may be supposed of one that the term comes to, and a member or a set cannot be read
  // off one quantity.
  bool is_supposed = false;
  for (ContextId at = scope.context; at.IsValid(); at = contexts_[at].outer) {
    is_supposed |= contexts_[at].supposing.IsValid();
  }
  const bool is_number = term.type.IsNumber() || term.type.kind == TypeKind::kDate || term.type.kind == TypeKind::kDays;
  if (is_supposed || (!is_number && term.type.kind != TypeKind::kBoolean)) return Unsettled(term.body, scope);
  const auto at_options = [&](const Scope& inside) {
    const evaluate::TierId tier = Tier(id, inside);
    if (!is_number) {
      return graph_.InCells(space_.ConditionVariable(
                                {.kind = evaluate::DerivedCondition::Kind::kTier, .place = inside.self, .tier = tier}),
                            1, 2);
    }
    return space_.Terminal(space_.Add({.kind = Quantity::Kind::kTier,
                                       .type = term.type.IsExactNumber() ? TypeKind::kRatio : term.type.kind,
                                       .may_be_none = true,
                                       .place = inside.self,
                                       .tier = tier}));
  };
  return {ByOptions(reach_.OptionsUnder(term.body), scope, at_options), {}};
}

}  // namespace proviso::lower
