#include "compiler/lower/assumptions.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <set>

#include "compiler/reference/evaluate.h"

namespace proviso::lower {
namespace {

using check::Assumption;
using evaluate::Place;

}  // namespace

void Assumptions::Find() {
  const std::vector<std::vector<const Assumption*>> assumptions = ByDraft();
  const std::size_t places = space_.Places();
  for (std::size_t i = 0; i < places; ++i) {
    const PlaceId place(i);
    for (std::size_t draft = 0; draft < assumptions.size(); ++draft) {
      for (const Assumption* const assumption : assumptions[draft]) {
        if (assumption->of ? space_[place].entity == *assumption->of : place == space_.Root())
          found_.push_back({draft, place, assumption->condition});
      }
    }
  }
  // Those of the elements of inner lists first: they are part of what outer elements can be.
  std::ranges::stable_sort(found_, [&](const Found& one, const Found& other) {
    return space_[one.place].depth > space_[other.place].depth;
  });
}

void Assumptions::VisitWith(std::vector<Survey>& surveys) const {
  for (const Found& found : found_) surveys[found.draft].Visit(found.condition, At(found.draft, found.place), false);
}

void Assumptions::Lower(Lowered& lowered) {
  graph::Graph& graph = space_.graph;
  for (const auto& [draft, place, condition] : found_) {
    NodeId holds = lowerers_[draft]->Node(condition, At(draft, place));
    // One that fails does not hold; there is nothing to hold of an entity that is `none`.
    holds = graph.Replace(holds, [&](NodeId leaf) { return leaf == graph.Yes() ? leaf : graph.No(); });
    holds = graph.Or(holds, IsAbsent(place));
    if (holds == graph.Yes()) continue;
    if (const auto element = ElementAbove(place)) {
      AddOfElement(lowered, *element, holds);
    } else if (!llvm::is_contained(lowered.assumptions, holds)) {
      lowered.assumptions.push_back(holds);
    }
  }
}

void Assumptions::AddOfElement(Lowered& lowered, PlaceId element, NodeId holds) {
  const auto is_known = [&](const analyse::OfElements& one) {
    return one.element == element && one.condition == holds;
  };
  if (llvm::any_of(lowered.assumed_of_elements, is_known)) return;
  lowered.assumed_of_elements.push_back({.element = element, .condition = holds});
  const Place& at = space_[element];
  if (at.kind == Place::Kind::kElement && IsOfElement(holds, element))
    lists_.AddAssumption({at.parent, at.fact}, holds);
}

std::vector<std::vector<const Assumption*>> Assumptions::ByDraft() const {
  std::set<Span> known;
  std::vector<std::vector<const Assumption*>> assumptions;
  for (const std::unique_ptr<Lowerer>& lowerer : lowerers_) {
    std::set<Span> own;
    std::vector<const Assumption*>& more = assumptions.emplace_back();
    for (const Assumption& assumption : lowerer->Draft().assumptions) {
      if (!known.contains(assumption.span)) more.push_back(&assumption);
      own.insert(assumption.span);
    }
    known.merge(own);
  }
  return assumptions;
}

Scope Assumptions::At(std::size_t draft, PlaceId place) const {
  return lowerers_[draft]->At(lowerers_[draft]->CaseScope(), place);
}

std::optional<PlaceId> Assumptions::ElementAbove(PlaceId place) const {
  for (; place.IsValid(); place = space_[place].parent) {
    const Place::Kind kind = space_[place].kind;
    if (kind == Place::Kind::kElement || kind == Place::Kind::kTier) return place;
  }
  return std::nullopt;
}

NodeId Assumptions::IsAbsent(PlaceId place) const {
  NodeId absent = space_.graph.No();
  for (; space_[place].kind == Place::Kind::kPart; place = space_[place].parent) {
    const Place at = space_[place];
    if (space_.Words().facts[at.fact].type.or_none)
      absent = space_.graph.Or(absent, space_.IsNone(space_.FactVariable(at.parent, at.fact)));
  }
  return absent;
}

bool Assumptions::IsOfElement(NodeId condition, PlaceId element) const {
  return llvm::all_of(space_.graph.Support(condition), [&](evaluate::VariableId variable) {
    const std::vector<PlaceId> places = space_.PlacesOf(variable);
    return !places.empty() && llvm::all_of(places, [&](PlaceId place) { return space_.IsWithin(place, element); });
  });
}

bool KeepsAssumptions(const Lowered& lowered, const Case& facts) {
  const auto& first = lowered.drafts.front().draft->assumptions;
  return llvm::all_of(lowered.drafts, [&](const LoweredDraft& draft) {
    const auto is_of_first = [&](const Assumption& one) {
      return llvm::any_of(first, [&](const Assumption& other) { return other.span == one.span; });
    };
    const bool is_asked = &draft != &lowered.drafts.front() && llvm::all_of(draft.draft->assumptions, is_of_first);
    return is_asked || reference::BrokenAssumptions(*draft.draft, facts).empty();
  });
}

}  // namespace proviso::lower
