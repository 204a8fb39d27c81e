#include "harness/loopholes/escapes.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <functional>
#include <set>

#include "compiler/check/changed_facts.h"
#include "compiler/lower/smallest_witness.h"
#include "compiler/reference/evaluator.h"
#include "harness/change/edits.h"
#include "harness/compare/describe.h"
#include "harness/loopholes/typical_cases.h"
#include "harness/prove/weaker.h"

namespace proviso::loopholes {
namespace {

using compare::Region;
using evaluate::NodeId;
using Occurs = lower::Occurrence::Verdict;

constexpr const char* kCase = "the case";
constexpr const char* kChangedCase = "the changed case";

/// A list that can look in more ways is left out of what is said of a region: that would take long, and be hard to
/// read.
constexpr std::size_t kMaxCells = 100;
/// Plain cases that are tried, by working out what becomes of them, and by looking for a change of them.
constexpr int kMaxEvaluated = 300;
constexpr int kMaxSearched = 40;
/// What a condition with more tests than this says is not looked for.
constexpr std::size_t kMaxDescribed = 8'000;
/// Whether the one terminal may be a stronger outcome than the other: it is, or only the reference evaluator can say.
bool MayBeWeaker(const evaluate::Space& space, NodeId from, NodeId to) {
  const auto* const before = std::get_if<Value>(&space.LeafOf(from));
  const auto* const after = std::get_if<Value>(&space.LeafOf(to));
  if (before != nullptr && after != nullptr) return prove::IsWeaker(*after, *before);
  const auto is_told = [&](NodeId leaf) {
    return !std::holds_alternative<evaluate::QuantityId>(space.LeafOf(leaf)) && !space.IsUnsettled(leaf);
  };
  return !is_told(from) || !is_told(to);
}

std::optional<Value> ValueAt(const evaluate::Space& space, evaluate::NodeId leaf) {
  const auto* const value = std::get_if<Value>(&space.LeafOf(leaf));
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

/// Every fact that is not the same in the two, which have the same entities.
std::vector<change::FactChange> Differences(const Vocabulary& words, const Case& before, const Case& after) {
  std::vector<change::FactChange> changes;
  for (std::size_t i = 0; i < before.instances.size(); ++i) {
    const InstanceId instance(i);
    for (const FactId fact : words.entities[before.instances[instance].entity].facts) {
      const std::optional<Value>& from = before.State(words, instance, fact).value;
      const std::optional<Value>& to = after.State(words, instance, fact).value;
      if (from == to) continue;
      changes.push_back({.instance = instance,
                         .fact = fact,
                         .before = from,
                         .after = to,
                         .path = FactPath(before, words, instance, fact)});
    }
  }
  return changes;
}

change::Change ChangeBetween(const Vocabulary& words, const Case& before, Case after) {
  change::Change change{.facts = Differences(words, before, after), .distance = 0, .after = std::move(after)};
  for (const change::FactChange& one : change.facts) change.distance += change::DistanceBetween(one.before, *one.after);
  return change;
}

}  // namespace

bool Escapes::IsSome() const {
  return llvm::any_of(examples, [](const std::optional<Example>& example) { return example.has_value(); });
}

bool Escapes::OpensAlike(const Escapes& other) const {
  return openings == other.openings && IsNone() == other.IsNone() && IsChecked() == other.IsChecked() &&
         decision.NotSettled() == other.decision.NotSettled();
}

std::vector<check::DecisionId> DecisionsWithOrder(const check::CheckedDraft& draft) {
  std::vector<check::DecisionId> decisions = draft.DecisionsOfCase();
  llvm::erase_if(decisions, [&](check::DecisionId id) {
    const Type& type = draft.decisions[id].type;
    return type.kind != TypeKind::kEnum || !draft.vocabulary->enums[type.enumeration].ordered;
  });
  return decisions;
}

std::vector<FactId> ControlledFacts(const check::CheckedDraft& draft, check::DecisionId decision) {
  check::Expr outcome;
  outcome.op = check::Op::kDecision;
  outcome.decision = decision;
  const std::vector<check::ExprId> behind = draft.Behind(outcome);
  std::vector<FactId> facts;
  for (std::size_t i = 0; i < draft.vocabulary->facts.size(); ++i) {
    const FactId fact(i);
    const bool may_be_read = llvm::any_of(behind, [&](check::ExprId id) { return draft.MayRead(id, fact); });
    if (draft.vocabulary->facts[fact].controlled && may_be_read) facts.push_back(fact);
  }
  std::ranges::stable_sort(facts, {}, [&](FactId fact) { return *draft.vocabulary->facts[fact].controlled; });
  return facts;
}

std::optional<Value> Finder::OutcomeOf(check::DecisionId decision, const Case& facts,
                                       const check::OptionSet& options) const {
  if (!reference::BrokenAssumptions(*draft_, facts).empty()) return std::nullopt;
  const reference::Outcome said = reference::EvaluateDecision(*draft_, decision, facts, options);
  return said.determined && !said.error ? std::optional(said.value()) : std::nullopt;
}

std::optional<Example> Finder::Replayed(const lower::Witness& witness, std::optional<Changed> changed,
                                        const std::optional<Value>& from, const std::optional<Value>& to,
                                        check::DecisionId decision) const {
  if (!changed) return std::nullopt;
  const check::OptionSet& options = witness.options.front();
  const auto before = OutcomeOf(decision, changed->before, options);
  if (!before || (from && *from != *before)) return std::nullopt;
  const auto after = OutcomeOf(decision, changed->after, options);
  if (!after || (to && *to != *after) || !prove::IsWeaker(*after, *before)) return std::nullopt;
  const Vocabulary& words = *draft_->vocabulary;
  Example example{.from = *before,
                  .to = *after,
                  .before = {.facts = changed->before, .matter = witness.matter, .options = {options}},
                  .change = ChangeBetween(words, changed->before, std::move(changed->after))};
  llvm::erase_if(example.before.matter, [&](const auto& one) { return one.fact.Index() >= words.facts.size(); });
  return example;
}

Escapes Finder::Compare(const std::shared_ptr<const check::CheckedDraft>& before,
                        const std::shared_ptr<const check::CheckedDraft>& after, check::DecisionId decision,
                        const Way& way) {
  Escapes escapes;
  compare::Comparison& comparison = escapes.comparison;
  comparison.sides = {compare::Side{before, kCase}, compare::Side{after, kChangedCase}};
  comparison.lowered = lower::Lower({before, after}, {decision}, max_nodes_, lower::Deciding::kAdded);
  escapes.decision.name = draft_->decisions[decision].name;
  escapes.decision.type = draft_->decisions[decision].type;
  if (comparison.lowered.too_large) return escapes;
  FindRegions(escapes);
  std::vector<Region> regions;
  for (Region& region : escapes.decision.regions) {
    Complete(escapes, region, decision, way);
    if (region.occurs == Occurs::kImpossible) {
      escapes.examples.pop_back();
    } else {
      regions.push_back(std::move(region));
    }
  }
  escapes.decision.regions = std::move(regions);
  TryTypicalCases(escapes, decision, way);
  AddOpenings(escapes, decision, way);
  return escapes;
}

void Finder::FindRegions(Escapes& escapes) {
  compare::Comparison& comparison = escapes.comparison;
  lower::Lowered& lowered = comparison.lowered;
  evaluate::Space& space = *lowered.space;
  graph::Graph& graph = space.graph;
  compare::Pair pair;
  for (std::size_t side = 0; side < 2; ++side) {
    const lower::LoweredDecision& one = lowered.drafts[side].decisions.front();
    pair.functions[side] = {one.outcome, one.deciding};
  }
  // Which outcome becomes which weaker one: an index, from 1.
  std::vector<std::array<NodeId, 2>> changes;
  const auto index_node = [&](std::size_t index) {
    return space.Terminal(Value(Exact(static_cast<std::int64_t>(index))));
  };
  const NodeId by_index = graph.Combine(pair.functions[0].value, pair.functions[1].value, [&](NodeId from, NodeId to) {
    if (!MayBeWeaker(space, from, to)) return graph.No();
    const auto known = llvm::find(changes, std::array{from, to});
    if (known == changes.end()) changes.push_back({from, to});
    return index_node(static_cast<std::size_t>(llvm::find(changes, std::array{from, to}) - changes.begin()) + 1);
  });
  const NodeId weaker = graph.Replace(by_index, [&](NodeId leaf) { return leaf == graph.No() ? leaf : graph.Yes(); });
  const NodeId option_sets = graph.And(lowered.drafts[0].option_sets, lowered.drafts[1].option_sets);
  const NodeId care = graph.And(option_sets, lower::AssumptionsOn(lowered, graph.And(option_sets, weaker)));
  for (std::size_t i = 0; i < space.Variables(); ++i) comparison.variables.emplace_back(i);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const NodeId wanted = index_node(i + 1);
    const NodeId change =
        graph.Replace(by_index, [&](NodeId leaf) { return leaf == wanted ? graph.Yes() : graph.No(); });
    const NodeId here = graph.And(change, care);
    if (here == graph.No()) continue;
    if (graph.Reachable(here).size() > kMaxDescribed) {
      escapes.decision.regions.push_back({.from = changes[i][0],
                                          .to = changes[i][1],
                                          .condition = here,
                                          .within = Region::Within::kPart,
                                          .product = graph::Product(comparison.variables.size())});
      continue;
    }
    llvm::append_range(escapes.decision.regions,
                       compare::Describe(graph, comparison.variables, pair, changes[i], here, care, kMaxCells));
  }
  const bool is_partition = compare::IsPartition(graph, escapes.decision.regions, graph.And(weaker, care));
  escapes.decision.is_checked = is_partition && !graph.Exhausted();
}

void Finder::Complete(Escapes& escapes, Region& region, check::DecisionId decision, const Way& way) const {
  lower::Lowered& lowered = escapes.comparison.lowered;
  graph::Graph& graph = lowered.space->graph;
  for (std::size_t side = 0; side < 2; ++side) {
    for (const auto& [rule, decides] : lowered.drafts[side].decisions.front().deciding) {
      if (llvm::is_contained(graph.Terminals(graph.And(region.condition, decides)), graph::kYes))
        region.decided_by[side].push_back(rule);
    }
  }
  std::optional<Example> example;
  const auto is_shown = [&](const lower::Witness& witness) {
    example = Replayed(witness, way.of_witness(witness), ValueAt(*lowered.space, region.from),
                       ValueAt(*lowered.space, region.to), decision);
    return example.has_value();
  };
  lower::Occurrence found = lower::Occurs(lowered, region.condition, is_shown);
  region.occurs = found.verdict;
  if (found.witness) {
    region.witness = lower::SmallestWitness(lowered, region.condition, std::move(*found.witness), is_shown);
    static_cast<void>(is_shown(*region.witness));
  } else {
    example.reset();
  }
  escapes.examples.push_back(std::move(example));
}

void Finder::TryTypicalCases(Escapes& escapes, check::DecisionId decision, const Way& way) {
  std::vector<Region>& regions = escapes.decision.regions;
  const evaluate::Space& space = *escapes.comparison.lowered.space;
  // Regions are all of what escapes: where one has these outcomes, what escapes so is in it.
  std::map<std::pair<Value, Value>, std::vector<std::size_t>> open;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    const auto from = ValueAt(space, regions[i].from);
    const auto to = ValueAt(space, regions[i].to);
    if (from && to) open[{*from, *to}].push_back(i);
  }
  std::erase_if(open, [&](const auto& one) { return one.second.size() > 1 || escapes.examples[one.second.front()]; });
  if (open.empty()) return;
  const auto [typical, is_new] = typical_.try_emplace(decision);
  if (is_new) typical->second = TypicalCases(draft_, decision, option_sets_, max_nodes_);
  int tries = 0;
  for (lower::Witness witness : typical->second) {
    reference::Answers before(*draft_, witness.facts);
    for (const check::OptionSet& options : option_sets_) {
      const reference::Outcome& said = before.Of(decision, options);
      if (!said.determined || said.error) continue;
      witness.options.front() = options;
      for (auto one = open.lower_bound({said.value(), Value()});
           one != open.end() && one->first.first == said.value();) {
        if (++tries > way.max_tries) return;
        auto example = Replayed(witness, way.towards(witness, one->first.second), {}, one->first.second, decision);
        if (!example) {
          ++one;
          continue;
        }
        regions[one->second.front()].occurs = Occurs::kPossible;
        regions[one->second.front()].witness = witness;
        escapes.examples[one->second.front()] = std::move(example);
        one = open.erase(one);
      }
    }
  }
}

Escapes Finder::ByTransform(const check::Transform& transform, std::size_t index, check::DecisionId decision) {
  const check::BeforeAndAfter drafts = check::WithTransform(*draft_, transform, index);
  const FactId fact = transform.path.back();
  const auto changed_case = [&](const lower::Witness& witness) -> std::optional<Changed> {
    Changed changed{.before = witness.facts, .after = witness.facts};
    reference::Evaluator evaluator(*draft_, changed.before, witness.options.front());
    for (const InstanceId entity : EntitiesAt(changed.before, *draft_->vocabulary, transform.path)) {
      const reference::Possible value = evaluator.Evaluate(transform.values[index], evaluator.CaseScope().At(entity));
      if (!value.IsKnown()) return std::nullopt;
      changed.after.State(*draft_->vocabulary, entity, fact).value = value.values.front();
    }
    return changed;
  };
  const auto towards = [&](const lower::Witness& witness, const Value&) { return changed_case(witness); };
  Escapes escapes = Compare(drafts.before, drafts.after, decision, {changed_case, towards, kMaxEvaluated});
  escapes.is_exact = drafts.is_exact;
  return escapes;
}

Escapes Finder::ByFacts(llvm::ArrayRef<FactId> facts, check::DecisionId decision) {
  const check::SecondValues drafts = check::WithSecondValues(*draft_, facts);
  const Vocabulary& words = *draft_->vocabulary;
  const auto of_witness = [&](const lower::Witness& witness) -> std::optional<Changed> {
    Changed changed{.before = witness.facts, .after = witness.facts};
    for (std::size_t i = 0; i < witness.facts.instances.size(); ++i) {
      const InstanceId instance(i);
      const EntityId entity = witness.facts.instances[instance].entity;
      for (std::size_t j = 0; j < facts.size(); ++j) {
        if (words.facts[facts[j]].owner != entity) continue;
        changed.after.State(words, instance, facts[j]).value =
            witness.facts.State(*drafts.before->vocabulary, instance, drafts.second[j]).value;
      }
      for (Case* const one : {&changed.before, &changed.after})
        one->instances[instance].facts.resize(words.entities[entity].facts.size());
    }
    return changed;
  };
  const auto towards = [&](const lower::Witness& witness, const Value& to) -> std::optional<Changed> {
    auto change = NearestChange(witness.facts, witness.options.front(), to, facts, decision);
    return change ? std::optional(Changed{witness.facts, std::move(change->after)}) : std::nullopt;
  };
  Escapes escapes = Compare(drafts.before, drafts.after, decision, {of_witness, towards, kMaxSearched});
  for (std::optional<Example>& example : escapes.examples) {
    if (example) MakeSmaller(*example, facts, decision);
  }
  return escapes;
}

std::optional<change::Change> Finder::NearestChange(const Case& facts, const check::OptionSet& options, const Value& to,
                                                    llvm::ArrayRef<FactId> changed, check::DecisionId decision) {
  std::unique_ptr<change::Nearest>& nearest = nearest_[decision];
  if (nearest == nullptr) nearest = std::make_unique<change::Nearest>(draft_, decision);
  const auto may_change = [&](InstanceId, FactId fact) { return llvm::is_contained(changed, fact); };
  std::vector<change::Change> found = nearest->Find({facts, options}, to, may_change, 1);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void Finder::MakeSmaller(Example& example, llvm::ArrayRef<FactId> facts, check::DecisionId decision) {
  const Vocabulary& words = *draft_->vocabulary;
  // One fact after the other that need not change.
  for (const change::FactChange& one : std::vector(example.change.facts)) {
    if (one.kind != change::FactChange::Kind::kValue) continue;
    Case after = example.change.after;
    after.State(words, one.instance, one.fact).value = one.before;
    if (OutcomeOf(decision, after, example.Options()) != example.to) continue;
    example.change = ChangeBetween(words, example.before.facts, std::move(after));
  }
  auto found = NearestChange(example.before.facts, example.Options(), example.to, facts, decision);
  if (found && !example.change.IsNearerThan(*found)) example.change = std::move(*found);
}

}  // namespace proviso::loopholes
