#include "compiler/lower/matter.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include "compiler/lower/cell_values.h"
#include "runtime/analyse/formula.h"
#include "runtime/evaluate/resolve.h"
#include "runtime/evaluate/walk.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::Space;
using evaluate::VariableId;

class Tester {
 public:
  Tester(const Lowered& lowered, const Witness& witness)
      : space_(*lowered.space), graph_(space_.graph), walk_(space_, witness.facts) {
    for (std::size_t i = 0; i < lowered.drafts.size(); ++i) {
      const std::vector<VariableId>& options = lowered.drafts[i].options;
      for (std::size_t option = 0; option < options.size(); ++option) {
        if (options[option].IsValid()) options_[options[option]] = witness.options[i][option];
      }
    }
  }

  /// Whether each comes out.
  bool Follow(llvm::ArrayRef<graph::AnyOf> asked) {
    return llvm::all_of(asked, [&](const graph::AnyOf& any) {
      const auto* const one = llvm::find_if(any, [&](const graph::Comes& each) { return Follow(each); });
      if (one != any.end()) come_.push_back(*one);
      return one != any.end();
    });
  }

  /// Those that were followed, but for what can be left out: what is made of several facts first.
  graph::Tests Tests() {
    graph::Tests tests(cells_.begin(), cells_.end());
    llvm::sort(tests, [&](const auto& one, const auto& other) { return graph_.IsAbove(one.first, other.first); });
    for (const bool is_free : {false, true}) {
      for (const auto& [variable, cell] : tests) {
        if (space_.IsFree(variable) == is_free) LeaveOut(variable);
      }
    }
    llvm::erase_if(tests, [&](const auto& test) { return !cells_.contains(test.first); });
    return tests;
  }

 private:
  /// Whether the function comes to its terminal, or to where only the reference evaluator can say; if so, its tests are
  /// added. Of the latter none can be left out.
  bool Follow(const graph::Comes& one) {
    std::map<VariableId, std::size_t> cells = cells_;
    NodeId node = one.function;
    while (!graph_.IsTerminal(node)) {
      const VariableId variable = graph_.VariableOf(node);
      const std::optional<std::size_t> cell = CellOf(variable);
      if (!cell) break;
      if (!space_.IsOption(variable)) cells[variable] = *cell;
      node = graph_.ChildAt(node, *cell);
    }
    if (graph_.IsTerminal(node) && node != one.terminal) return false;
    cells_ = std::move(cells);
    return true;
  }

  std::optional<std::size_t> CellOf(VariableId variable) {
    if (space_.IsOption(variable)) {
      const auto found = options_.find(variable);
      return found != options_.end() ? found->second : 0;
    }
    return walk_.OnlyCellOf(variable);
  }

  void LeaveOut(VariableId variable) {
    const auto test = *cells_.find(variable);
    cells_.erase(variable);
    if (!llvm::all_of(come_, [&](const graph::Comes& one) { return IsSure(one); })) cells_.insert(test);
  }

  /// Whether the function comes to its terminal whatever the variables are that have been left out.
  [[nodiscard]] bool IsSure(const graph::Comes& one) const {
    llvm::DenseSet<unsigned> seen;
    llvm::SmallVector<NodeId> open{one.function};
    while (!open.empty()) {
      const NodeId node = open.pop_back_val();
      if (!seen.insert(node.Index()).second) continue;
      if (graph_.IsTerminal(node)) {
        if (node != one.terminal) return false;
        continue;
      }
      const VariableId variable = graph_.VariableOf(node);
      const auto& known = space_.IsOption(variable) ? options_ : cells_;
      if (const auto found = known.find(variable); found != known.end()) {
        open.push_back(graph_.ChildAt(node, found->second));
      } else {
        for (const graph::Edge& edge : graph_.Edges(node)) open.push_back(edge.to);
      }
    }
    return true;
  }

  const Space& space_;
  const graph::Graph& graph_;
  evaluate::Walk walk_;
  std::map<VariableId, std::size_t> options_;
  std::vector<graph::Comes> come_;
  std::map<VariableId, std::size_t> cells_;  // of the tests not left out
};

/// Which entity of the case it is; `above`: those of its parents.
InstanceId Standing(const Vocabulary& words, const Case& facts, const analyse::Being& being,
                    llvm::ArrayRef<InstanceId> above) {
  if (!being.parent.IsValid()) return facts.root;
  const InstanceId parent = above[being.parent.Index()];
  if (!parent.IsValid()) return {};
  const Value& value = *facts.State(words, parent, being.fact).value;
  if (const auto* entity = std::get_if<EntityValue>(&value)) return entity->instance;
  const auto* list = std::get_if<ListValue>(&value);
  return list != nullptr && being.index < list->elements.size() ? list->elements[being.index] : InstanceId();
}

/// Nothing to tell: none, no, empty or 0.
bool IsNothing(const Value& value) {
  return value == Value(NoValue{}) || value == Value(false) || value == Value(MemberSet{}) ||
         value == Value(ListValue{}) || value == Value(Exact(0)) || value == Value(0.0) || value == Value(Days{0});
}

/// Whether it is the place, or that of an entity that the one there holds.
bool IsUnder(const Space& space, evaluate::PlaceId id, evaluate::PlaceId above) {
  while (id.IsValid() && id != above) id = space[id].parent;
  return id.IsValid();
}

std::vector<reference::MissingFact> FactsOfList(const Space& space, const evaluate::Variable& variable,
                                                const Case& facts, llvm::ArrayRef<reference::MissingFact> set,
                                                std::vector<InstanceId> bound);

/// Those that a question about an element asks of. `bound`: the elements around, by place.
std::vector<reference::MissingFact> FactsBelow(const Space& space, const evaluate::Variable& variable,
                                               const Case& facts, llvm::ArrayRef<reference::MissingFact> set,
                                               const std::vector<InstanceId>& bound) {
  if (variable.kind == evaluate::Variable::Kind::kList) return FactsOfList(space, variable, facts, set, bound);
  const evaluate::Resolved at = evaluate::Resolve(space, facts, variable.place, bound);
  if (at.kind != evaluate::Resolved::Kind::kThere) return {};
  return {{.instance = at.instance, .fact = variable.fact}};
}

/// Of the elements, if there are any, what is `set`; where nothing is, all that the list's questions ask of them; the
/// list itself where they ask nothing.
std::vector<reference::MissingFact> FactsOfList(const Space& space, const evaluate::Variable& variable,
                                                const Case& facts, llvm::ArrayRef<reference::MissingFact> set,
                                                std::vector<InstanceId> bound) {
  const Vocabulary& words = space.Words();
  const evaluate::Resolved at = evaluate::Resolve(space, facts, variable.place, bound);
  if (at.kind != evaluate::Resolved::Kind::kThere) return {};
  const auto& value = facts.State(words, at.instance, variable.fact).value;
  const auto* const list = value ? std::get_if<ListValue>(&*value) : nullptr;
  if (list == nullptr || list->elements.empty()) return {{.instance = at.instance, .fact = variable.fact}};
  const evaluate::List& asked = space[variable.list];
  std::vector<reference::MissingFact> found;
  for (const InstanceId element : list->elements) {
    bound.resize(std::max<std::size_t>(bound.size(), asked.element.Index() + 1));
    bound[asked.element.Index()] = element;
    std::vector<reference::MissingFact> of_element;
    for (const VariableId one : space.graph.Support(asked.classes)) {
      if (!IsUnder(space, space[one].place, asked.element)) continue;
      for (const reference::MissingFact& fact : FactsBelow(space, space[one], facts, set, bound)) {
        if (!llvm::is_contained(of_element, fact)) of_element.push_back(fact);
      }
    }
    const auto is_set = [&](const reference::MissingFact& fact) { return llvm::is_contained(set, fact); };
    const bool is_any_set = llvm::any_of(of_element, is_set);
    llvm::copy_if(of_element, std::back_inserter(found), [&](const auto& fact) { return !is_any_set || is_set(fact); });
  }
  if (found.empty()) found.push_back({.instance = at.instance, .fact = variable.fact});
  return found;
}

/// Whether the variable is where it is in the case if of `all` facts only the `some` are known.
bool AreEnough(const Space& space, VariableId variable, const Case& facts, llvm::ArrayRef<reference::MissingFact> all,
               llvm::ArrayRef<reference::MissingFact> some) {
  Case known = facts;
  for (const reference::MissingFact& fact : all) {
    const bool is_list = space.Words().facts[fact.fact].type.kind == TypeKind::kList;
    if (!is_list && !llvm::is_contained(some, fact)) known.State(space.Words(), fact.instance, fact.fact).value.reset();
  }
  return evaluate::Walk(space, known).OnlyCellOf(variable).has_value();
}

/// The facts of the case that put the variable into the cell; but not those that are empty, no or 0 where what is made
/// of several facts is as it is when all are.
std::vector<reference::MissingFact> FactsOf(Lowered& lowered, VariableId variable, std::size_t cell,
                                            const Witness& witness) {
  const Case& facts = witness.facts;
  Space& space = *lowered.space;
  const Vocabulary& words = space.Words();
  if (space[variable].kind == evaluate::Variable::Kind::kList) {
    const std::vector<reference::MissingFact> all = FactsOfList(space, space[variable], facts, {}, {});
    const std::vector<reference::MissingFact> set = FactsOfList(space, space[variable], facts, witness.matter, {});
    return AreEnough(space, variable, facts, all, set) ? set : all;
  }
  const Case unknown = lowered.known != nullptr ? *lowered.known : EmptyCase(words);
  const analyse::Wanted asked{
      .known = unknown, .conditions = {space.graph.InCells(variable, cell, cell + 1)}, .assumed = {}};
  const analyse::Formula formula = FormulaOf(space, asked, analyse::Lists::kBounded);
  const bool is_of_nothing = !space.IsFree(variable) && CellOfNothing(space, variable) == cell;
  std::vector<InstanceId> there;
  for (const analyse::Being& being : formula.beings) there.push_back(Standing(words, facts, being, there));
  std::vector<reference::MissingFact> found;
  std::vector<reference::MissingFact> of_something;
  for (const analyse::Unknown& one : formula.unknowns) {
    if (!one.being.IsValid()) continue;
    const analyse::Being& being = formula.beings[one.being];
    const bool is_element = one.kind == analyse::Unknown::Kind::kExists;
    const reference::MissingFact fact{.instance = there[(is_element ? being.parent : one.being).Index()],
                                      .fact = one.fact};
    if (!fact.instance.IsValid() || llvm::is_contained(found, fact)) continue;
    const auto& value = facts.State(words, fact.instance, one.fact).value;
    // A list that has elements is told by theirs.
    const auto* const list = value ? std::get_if<ListValue>(&*value) : nullptr;
    if (list != nullptr && !list->elements.empty()) continue;
    found.push_back(fact);
    if (value && !IsNothing(*value)) of_something.push_back(fact);
  }
  return is_of_nothing ? of_something : found;
}

}  // namespace

bool ComeOut(const Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked, const Witness& witness) {
  return Tester(lowered, witness).Follow(asked);
}

std::vector<reference::MissingFact> MatterOf(Lowered& lowered, llvm::ArrayRef<graph::AnyOf> asked,
                                             const Witness& witness) {
  Tester tester(lowered, witness);
  if (!tester.Follow(asked)) return {};
  std::vector<reference::MissingFact> matter;
  for (const auto& [variable, cell] : tester.Tests()) {
    for (const reference::MissingFact& fact : FactsOf(lowered, variable, cell, witness)) {
      if (!llvm::is_contained(matter, fact)) matter.push_back(fact);
    }
  }
  return matter;
}

}  // namespace proviso::lower
