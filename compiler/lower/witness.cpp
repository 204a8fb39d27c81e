#include "compiler/lower/witness.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <map>

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::Place;
using evaluate::PlaceId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;

/// Tests from the root to a terminal, each with the cell taken.
using Path = std::vector<std::pair<VariableId, std::size_t>>;

/// A path to `wanted`. Cells that lead there by themselves are preferred in the order of the graph.
std::optional<Path> PathTo(const graph::Graph& graph, NodeId root, NodeId wanted) {
  std::map<NodeId, bool> reaches;
  const auto visit = [&](const auto& self, NodeId node) -> bool {
    if (graph.IsTerminal(node)) return node == wanted;
    if (const auto found = reaches.find(node); found != reaches.end()) return found->second;
    bool any = false;
    for (const graph::Edge& edge : graph.Edges(node)) any = self(self, edge.to) || any;
    return reaches[node] = any;
  };
  if (!visit(visit, root)) return std::nullopt;
  Path path;
  for (NodeId node = root; !graph.IsTerminal(node);) {
    const VariableId variable = graph.VariableOf(node);
    std::size_t cell = 0;
    while (!visit(visit, graph.ChildAt(node, cell))) ++cell;
    path.emplace_back(variable, cell);
    node = graph.ChildAt(node, cell);
  }
  return path;
}

Value Below(const Value& bound) {
  if (const auto* exact = std::get_if<Exact>(&bound)) return *exact > Exact(0) ? Exact(0) : *exact - Exact(1);
  if (const auto* real = std::get_if<double>(&bound)) return *real > 0 ? 0.0 : *real * 2 - 1;
  if (const auto* days = std::get_if<Days>(&bound)) return days->count > 0 ? Days{0} : Days{days->count - 1};
  if (const auto* date = std::get_if<Date>(&bound)) return AddDays(*date, -1).value_or(*date);
  return bound;
}

Value Zero(const Type& type) {
  if (type.kind == TypeKind::kReal) return 0.0;
  if (type.kind == TypeKind::kDays) return Days{0};
  if (type.kind == TypeKind::kDate) return Date(std::chrono::year(2025) / 1 / 1);
  return Exact(0);
}

/// A value of the interval, a plain one where there is one.
Value ValueIn(const Variable& variable, std::size_t cell) {
  const auto& begin = variable.begins[cell];
  const bool has_next = cell + 1 < variable.begins.size();
  if (!begin) return has_next ? Below(*variable.begins[cell + 1]) : Zero(variable.type);
  const auto* real = std::get_if<double>(&*begin);
  if (real == nullptr || *real <= 0) return *begin;
  const double plain = *real * 2;
  return !has_next || plain < std::get<double>(*variable.begins[cell + 1]) ? Value(plain) : *begin;
}

class Maker {
 public:
  explicit Maker(Lowered& lowered) : space_(*lowered.space), words_(space_.Words()) {
    witness_.facts = EmptyCase(words_);
  }

  Witness Make(llvm::ArrayRef<LoweredDraft> drafts, const Path& path) {
    for (const LoweredDraft& draft : drafts) witness_.options.push_back(OptionsOn(draft, path));
    Follow(path);
    Fill();
    return std::move(witness_);
  }

 private:
  [[nodiscard]] check::OptionSet OptionsOn(const LoweredDraft& draft, const Path& path) const {
    check::OptionSet options;
    for (const check::Option& option : draft.draft->options) options.push_back(option.settled.value_or(0));
    for (const auto& [variable, cell] : path) {
      if (!space_.IsOption(variable)) continue;
      const std::size_t option = draft.OptionOf(variable);
      if (option < options.size()) options[option] = static_cast<std::uint32_t>(cell);
    }
    return options;
  }

  void Follow(const Path& path) {
    for (const auto& [id, cell] : path) {
      const Variable& variable = space_[id];
      if (space_.IsOption(id)) continue;
      const bool is_fact = variable.kind == Variable::Kind::kFact || variable.kind == Variable::Kind::kMember;
      if (is_fact) {
        Set(variable, cell);
      } else if (variable.kind == Variable::Kind::kList) {
        AddElements(space_[variable.list], cell);
      } else {
        continue;
      }
      const auto instance = InstanceAt(variable.place);
      if (!instance) continue;
      // A list that has elements is told by theirs.
      const FactState& state = witness_.facts.State(words_, *instance, variable.fact);
      const auto* list = state.value ? std::get_if<ListValue>(&*state.value) : nullptr;
      const reference::MissingFact fact{.instance = *instance, .fact = variable.fact};
      if (list != nullptr && !list->elements.empty()) continue;
      if (!llvm::is_contained(witness_.matter, fact)) witness_.matter.push_back(fact);
    }
  }

  std::optional<InstanceId> InstanceAt(PlaceId id) {
    const Place& place = space_[id];
    if (place.kind == Place::Kind::kCase) return witness_.facts.root;
    if (const auto found = bound_.find(id); found != bound_.end()) return found->second;
    if (place.kind != Place::Kind::kPart) return std::nullopt;
    const auto parent = InstanceAt(place.parent);
    if (!parent) return std::nullopt;
    const std::string path = FactPath(witness_.facts, words_, *parent, place.fact);
    FactState& state = witness_.facts.State(words_, *parent, place.fact);
    if (!state.value) {
      const InstanceId made = AddInstance(witness_.facts, words_, place.entity, path);
      witness_.facts.State(words_, *parent, place.fact).value = EntityValue{made};
      return made;
    }
    const auto* entity = std::get_if<EntityValue>(&*state.value);
    return entity != nullptr ? std::optional(entity->instance) : std::nullopt;
  }

  void Set(const Variable& variable, std::size_t cell) {
    const auto instance = InstanceAt(variable.place);
    if (!instance) return;
    const Type& type = words_.facts[variable.fact].type;
    FactState& state = witness_.facts.State(words_, *instance, variable.fact);
    if (variable.kind == Variable::Kind::kMember) {
      MemberSet set = state.value && std::holds_alternative<MemberSet>(*state.value) ? std::get<MemberSet>(*state.value)
                                                                                     : MemberSet{};
      if (cell == 1) set.members.insert(llvm::lower_bound(set.members, variable.member), variable.member);
      state.value = set;
    } else if (variable.has_none && cell == 0) {
      state.value = NoValue{};
    } else if (type.kind == TypeKind::kEntity) {
      static_cast<void>(InstanceAt(space_.Part(variable.place, variable.fact)));
    } else if (type.kind == TypeKind::kBoolean) {
      state.value = cell == 1;
    } else if (type.kind == TypeKind::kEnum) {
      state.value = Member{static_cast<std::uint32_t>(cell - (variable.has_none ? 1 : 0))};
    } else if (type.kind != TypeKind::kSet) {
      state.value = ValueIn(variable, cell);
    }
  }

  /// One element for each class of an example. Groups of questions on one list each add theirs.
  void AddElements(const evaluate::List& list, std::size_t cell) {
    const auto instance = InstanceAt(list.place);
    if (!instance) return;
    for (const std::uint32_t kind : list.examples[cell]) {
      const std::string list_path = FactPath(witness_.facts, words_, *instance, list.fact);
      const FactState& before = witness_.facts.State(words_, *instance, list.fact);
      ListValue elements = before.value ? std::get<ListValue>(*before.value) : ListValue{};
      const InstanceId element = AddInstance(witness_.facts, words_, space_[list.element].entity,
                                             fmt::format("{}[{}]", list_path, elements.elements.size()));
      elements.elements.push_back(element);
      witness_.facts.State(words_, *instance, list.fact).value = elements;
      const NodeId wanted = space_.Terminal(Value(Member{kind}));
      const auto path = PathTo(space_.graph, list.classes, wanted);
      if (!path) continue;
      bound_[list.element] = element;
      Follow(*path);
      bound_.erase(list.element);
    }
  }

  /// What is still unknown does not matter.
  void Fill() {
    for (std::size_t i = 0; i < witness_.facts.instances.size(); ++i) {
      const InstanceId instance(i);
      const std::vector<FactId> facts = words_.entities[witness_.facts.instances[instance].entity].facts;
      for (const FactId fact : facts) {
        const Type& type = words_.facts[fact].type;
        FactState& state = witness_.facts.State(words_, instance, fact);
        if (state.value) continue;
        if (type.or_none) {
          state.value = NoValue{};
        } else if (type.kind == TypeKind::kBoolean) {
          state.value = false;
        } else if (type.kind == TypeKind::kEnum) {
          state.value = Member{0};
        } else if (type.kind == TypeKind::kSet) {
          state.value = MemberSet{};
        } else if (type.kind == TypeKind::kList) {
          state.value = ListValue{};
        } else {
          state.value = Zero(type);
        }
      }
    }
  }

  Space& space_;
  const Vocabulary& words_;
  Witness witness_;
  std::map<PlaceId, InstanceId> bound_;
};

}  // namespace

std::optional<Witness> FindWitness(Lowered& lowered, NodeId condition) {
  const auto path = PathTo(lowered.space->graph, condition, lowered.space->graph.Yes());
  if (!path) return std::nullopt;
  return Maker(lowered).Make(lowered.drafts, *path);
}

}  // namespace proviso::lower
