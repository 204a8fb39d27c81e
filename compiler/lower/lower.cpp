#include "compiler/lower/lower.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "compiler/lower/lists.h"
#include "compiler/lower/lowerer.h"
#include "compiler/lower/survey.h"

namespace proviso::lower {
namespace {

using check::CheckedDraft;
using evaluate::Place;

std::vector<check::DecisionId> DecisionsOfCase(const CheckedDraft& draft) {
  std::vector<check::DecisionId> decisions;
  for (std::size_t i = 0; i < draft.decisions.size(); ++i) {
    if (!draft.decisions[check::DecisionId(i)].of) decisions.emplace_back(i);
  }
  return decisions;
}

/// The vocabulary's assumptions are in every draft; one draft's are enough.
class Assumptions {
 public:
  Assumptions(Lowerer& lowerer, Space& space, Lists& lists) : lowerer_(lowerer), space_(space), lists_(lists) {}

  /// Finds the places that they are of: those that the drafts look at.
  void Find() {
    const CheckedDraft& draft = lowerer_.Draft();
    const std::size_t places = space_.Places();
    for (std::size_t i = 0; i < places; ++i) {
      const PlaceId place(i);
      for (const check::Assumption& assumption : draft.assumptions) {
        if (assumption.of ? space_[place].entity == *assumption.of : place == space_.Root())
          found_.push_back({place, assumption.condition});
      }
    }
    // Those of the elements of inner lists first: they are part of what outer elements can be.
    std::ranges::stable_sort(found_, [&](const Found& one, const Found& other) {
      return space_[one.place].depth > space_[other.place].depth;
    });
  }

  void VisitWith(Survey& survey) {
    for (const Found& found : found_) survey.Visit(found.condition, At(found.place), false);
  }

  /// Tells `lists_` of those of elements; the rest is the result.
  NodeId Lower() {
    graph::Graph& graph = space_.graph;
    NodeId all = graph.Yes();
    for (const auto& [place, condition] : found_) {
      if (space_[place].kind == Place::Kind::kTier) continue;
      NodeId holds = lowerer_.Node(condition, At(place));
      // One that fails does not hold; there is nothing to hold of an entity that is `none`.
      holds = graph.Replace(holds, [&](NodeId leaf) { return leaf == graph.Yes() ? leaf : graph.No(); });
      holds = graph.Or(holds, IsAbsent(place));
      if (const auto element = ElementAbove(place); !element) {
        all = graph.And(all, holds);
      } else if (IsOfElement(holds, *element)) {
        const Place& at = space_[*element];
        lists_.AddAssumption({at.parent, at.fact}, holds);
      }
    }
    return all;
  }

 private:
  struct Found {
    PlaceId place;
    check::ExprId condition;
  };

  [[nodiscard]] Scope At(PlaceId place) const { return lowerer_.At(lowerer_.CaseScope(), place); }

  [[nodiscard]] std::optional<PlaceId> ElementAbove(PlaceId place) const {
    for (; place.IsValid(); place = space_[place].parent) {
      if (space_[place].kind == Place::Kind::kElement) return place;
    }
    return std::nullopt;
  }

  NodeId IsAbsent(PlaceId place) {
    NodeId absent = space_.graph.No();
    for (; space_[place].kind == Place::Kind::kPart; place = space_[place].parent) {
      const Place at = space_[place];
      if (space_.Words().facts[at.fact].type.or_none)
        absent = space_.graph.Or(absent, space_.IsNone(space_.FactVariable(at.parent, at.fact)));
    }
    return absent;
  }

  [[nodiscard]] bool IsOfElement(NodeId condition, PlaceId element) const {
    return llvm::all_of(space_.graph.Support(condition), [&](evaluate::VariableId variable) {
      const std::vector<PlaceId> places = space_.PlacesOf(variable);
      return !places.empty() && llvm::all_of(places, [&](PlaceId place) { return space_.IsWithin(place, element); });
    });
  }

  Lowerer& lowerer_;
  Space& space_;
  Lists& lists_;
  std::vector<Found> found_;
};

LoweredDraft LowerDraft(Lowerer& lowerer, Space& space, std::shared_ptr<const CheckedDraft> draft) {
  LoweredDraft lowered{.draft = std::move(draft), .options = {}, .option_sets = space.graph.Yes(), .decisions = {}};
  const CheckedDraft& text = *lowered.draft;
  for (std::size_t i = 0; i < text.options.size(); ++i) {
    const check::OptionId option(i);
    lowered.options.push_back(text.options[option].settled ? evaluate::VariableId() : lowerer.OptionVariable(option));
  }
  for (const check::Constraint& constraint : text.constraints) {
    lowered.option_sets = space.graph.And(lowered.option_sets, lowerer.Node(constraint.condition, lowerer.CaseScope()));
  }
  return lowered;
}

Lowered LowerAll(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts, const Case* known,
                 llvm::ArrayRef<check::DecisionId> chosen, std::size_t max_nodes) {
  Lowered lowered{.space = std::make_unique<Space>(drafts.front()->vocabulary, max_nodes), .drafts = {}};
  Space& space = *lowered.space;
  Lists lists(space);
  std::vector<std::unique_ptr<Lowerer>> lowerers;
  std::vector<Survey> surveys;
  const auto decisions_of = [&](const CheckedDraft& draft) {
    return chosen.empty() ? DecisionsOfCase(draft) : chosen.vec();
  };
  for (const auto& draft : drafts) {
    Lowerer& lowerer = *lowerers.emplace_back(std::make_unique<Lowerer>(*draft, space, lists, known));
    Survey& survey = surveys.emplace_back(lowerer, space, lists);
    for (const check::DecisionId decision : decisions_of(*draft)) survey.VisitDecision(decision, lowerer.CaseScope());
  }
  Assumptions assumptions(*lowerers.front(), space, lists);
  assumptions.Find();
  assumptions.VisitWith(surveys.front());
  for (Survey& survey : surveys) survey.RankFacts();
  lowered.assumptions = assumptions.Lower();
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    LoweredDraft& draft = lowered.drafts.emplace_back(LowerDraft(*lowerers[i], space, drafts[i]));
    for (const check::DecisionId decision : decisions_of(*drafts[i])) {
      draft.decisions.push_back({decision, lowerers[i]->Outcome(decision, lowerers[i]->CaseScope()).node});
      if (!space.graph.Exhausted()) continue;
      lowered.too_large = {i, decision};
      return lowered;
    }
  }
  return lowered;
}

}  // namespace

Lowered Lower(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts, std::size_t max_nodes) {
  return LowerAll(drafts, nullptr, {}, max_nodes);
}

Lowered LowerFor(const std::shared_ptr<const CheckedDraft>& draft, const Case& facts,
                 llvm::ArrayRef<check::DecisionId> decisions) {
  return LowerAll(draft, &facts, decisions, kMaxNodes);
}

}  // namespace proviso::lower
