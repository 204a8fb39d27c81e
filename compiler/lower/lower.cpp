#include "compiler/lower/lower.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <set>

#include "compiler/lower/lists.h"
#include "compiler/lower/lowerer.h"
#include "compiler/lower/survey.h"

namespace proviso::lower {
namespace {

using check::CheckedDraft;
using evaluate::Place;

/// A first attempt at a case that may be complete is not to take long.
constexpr std::size_t kMaxNodesOfComplete = 2000;

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

  /// Tells `lists_` of those of elements.
  void Lower(Lowered& lowered) {
    graph::Graph& graph = space_.graph;
    for (const auto& [place, condition] : found_) {
      NodeId holds = lowerer_.Node(condition, At(place));
      // One that fails does not hold; there is nothing to hold of an entity that is `none`.
      holds = graph.Replace(holds, [&](NodeId leaf) { return leaf == graph.Yes() ? leaf : graph.No(); });
      holds = graph.Or(holds, IsAbsent(place));
      if (holds == graph.Yes()) continue;
      const auto element = ElementAbove(place);
      if (!element) {
        lowered.assumptions.push_back(holds);
        continue;
      }
      lowered.assumed_of_elements.push_back({.element = *element, .condition = holds});
      const Place& at = space_[*element];
      if (at.kind == Place::Kind::kElement && IsOfElement(holds, *element))
        lists_.AddAssumption({at.parent, at.fact}, holds);
    }
  }

 private:
  struct Found {
    PlaceId place;
    check::ExprId condition;
  };

  [[nodiscard]] Scope At(PlaceId place) const { return lowerer_.At(lowerer_.CaseScope(), place); }

  [[nodiscard]] std::optional<PlaceId> ElementAbove(PlaceId place) const {
    for (; place.IsValid(); place = space_[place].parent) {
      const Place::Kind kind = space_[place].kind;
      if (kind == Place::Kind::kElement || kind == Place::Kind::kTier) return place;
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

/// Everything that one run of lowering needs.
class Lowering {
 public:
  Lowering(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts, const Case* known,
           llvm::ArrayRef<check::DecisionId> chosen, std::size_t max_nodes)
      : drafts_(drafts), chosen_(chosen), is_of_one_case_(known != nullptr) {
    lowered_.space = std::make_unique<Space>(drafts.front()->vocabulary, max_nodes);
    lowered_.known = known;
    lists_ = std::make_unique<Lists>(*lowered_.space);
    for (const auto& draft : drafts) {
      lowerers_.push_back(std::make_unique<Lowerer>(*draft, *lowered_.space, *lists_, known));
    }
  }

  /// No decision, but this condition of the first draft.
  void AskOnly(check::ExprId condition) { condition_ = condition; }

  void GoThrough() {
    std::vector<Survey> surveys;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      Survey& survey = surveys.emplace_back(*lowerers_[i], *lowered_.space, *lists_);
      for (const check::DecisionId decision : DecisionsOf(i)) survey.VisitDecision(decision, lowerers_[i]->CaseScope());
    }
    if (condition_) surveys.front().Visit(*condition_, lowerers_.front()->CaseScope(), false);
    Assumptions assumptions(*lowerers_.front(), *lowered_.space, *lists_);
    assumptions.Find();
    assumptions.VisitWith(surveys.front());
    for (Survey& survey : surveys) survey.RankFacts();
    assumptions.Lower(lowered_);
  }

  Lowered Lower() {
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      LoweredDraft& draft = lowered_.drafts.emplace_back(LowerDraft(*lowerers_[i], *lowered_.space, drafts_[i]));
      for (const check::DecisionId decision : DecisionsOf(i)) {
        draft.decisions.push_back({decision, lowerers_[i]->Outcome(decision, lowerers_[i]->CaseScope()).node, {}});
        if (is_of_one_case_) AddDeciding(*lowerers_[i], draft.decisions.back());
        if (!lowered_.space->graph.Exhausted()) continue;
        lowered_.too_large = {i, decision};
        return std::move(lowered_);
      }
    }
    if (condition_) {
      lowered_.drafts.front().condition = lowerers_.front()->Node(*condition_, lowerers_.front()->CaseScope());
      if (lowered_.space->graph.Exhausted()) lowered_.too_large = Lowered::TooLarge{};
    }
    return std::move(lowered_);
  }

 private:
  [[nodiscard]] std::vector<check::DecisionId> DecisionsOf(std::size_t draft) const {
    if (condition_) return {};
    return chosen_.empty() ? drafts_[draft]->DecisionsOfCase() : chosen_.vec();
  }

  static void AddDeciding(Lowerer& lowerer, LoweredDecision& lowered) {
    for (const check::RuleId rule : lowerer.Draft().decisions[lowered.decision].rules) {
      lowered.deciding.emplace_back(rule, lowerer.Decides(rule, lowerer.CaseScope()));
    }
  }

  llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts_;
  llvm::ArrayRef<check::DecisionId> chosen_;
  std::optional<check::ExprId> condition_;
  bool is_of_one_case_;
  Lowered lowered_;
  std::unique_ptr<Lists> lists_;
  std::vector<std::unique_ptr<Lowerer>> lowerers_;
};

bool AskOnlyOptions(const Lowered& lowered) {
  return llvm::all_of(lowered.drafts.front().decisions, [&](const LoweredDecision& decision) {
    const std::vector<evaluate::VariableId> support = lowered.space->graph.Support(decision.outcome);
    return llvm::all_of(support, [&](evaluate::VariableId variable) { return lowered.space->IsOption(variable); });
  });
}

}  // namespace

Lowered Lower(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts, llvm::ArrayRef<check::DecisionId> decisions,
              std::size_t max_nodes) {
  Lowering lowering(drafts, nullptr, decisions, max_nodes);
  lowering.GoThrough();
  return lowering.Lower();
}

Lowered LowerCondition(const std::shared_ptr<const CheckedDraft>& draft, check::ExprId condition,
                       std::size_t max_nodes) {
  Lowering lowering(draft, nullptr, {}, max_nodes);
  lowering.AskOnly(condition);
  lowering.GoThrough();
  return lowering.Lower();
}

Lowered LowerFor(const std::shared_ptr<const CheckedDraft>& draft, const Case& facts,
                 llvm::ArrayRef<check::DecisionId> decisions, std::size_t max_nodes) {
  // Where nothing is unknown that matters, there is no order to be found and nothing asked of lists.
  Lowered complete = Lowering(draft, &facts, decisions, std::min(max_nodes, kMaxNodesOfComplete)).Lower();
  if (!complete.too_large && AskOnlyOptions(complete)) return complete;
  Lowering lowering(draft, &facts, decisions, max_nodes);
  lowering.GoThrough();
  return lowering.Lower();
}

NodeId AssumptionsOn(Lowered& lowered, NodeId function) {
  graph::Graph& graph = lowered.space->graph;
  const std::vector<evaluate::VariableId> support = graph.Support(function);
  const std::set<evaluate::VariableId> wanted(support.begin(), support.end());
  // What shares no variable, not even through others, says nothing of the function's.
  std::set<evaluate::VariableId> reached = wanted;
  std::vector<NodeId> open = lowered.assumptions;
  NodeId all = graph.Yes();
  for (bool is_more = true; is_more;) {
    is_more = false;
    std::erase_if(open, [&](NodeId assumption) {
      const std::vector<evaluate::VariableId> variables = graph.Support(assumption);
      if (llvm::none_of(variables, [&](evaluate::VariableId variable) { return reached.contains(variable); }))
        return false;
      reached.insert(variables.begin(), variables.end());
      all = graph.And(all, assumption);
      is_more = true;
      return true;
    });
  }
  return graph.Exists(all, [&](evaluate::VariableId variable) { return !wanted.contains(variable); });
}

}  // namespace proviso::lower
