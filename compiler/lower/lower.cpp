#include "compiler/lower/lower.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/lower/assumptions.h"
#include "compiler/lower/lists.h"
#include "compiler/lower/lowerer.h"
#include "compiler/lower/reorder.h"
#include "compiler/lower/survey.h"

namespace proviso::lower {
namespace {

using check::CheckedDraft;

/// A first attempt at a case that may be complete is not to take long.
constexpr std::size_t kMaxNodesOfComplete = 2000;

/// What takes more than one in so many of the nodes that there may be is begun again in a better order, so often at
/// most.
constexpr std::size_t kShareInFirstOrder = 4;
constexpr int kMaxReorders = 4;

/// Nor is what drafts to be compared say of facts.
constexpr std::size_t kMaxNodesByFacts = 2'000'000;

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

/// What is to be lowered, of each draft.
struct Wanted {
  llvm::ArrayRef<check::DecisionId> chosen;  // all where empty
  std::string decision;                      // that of this name alone
  bool deciding = false;
  std::optional<Saying> saying;            // of comparisons
  std::optional<check::ExprId> condition;  // no decision, but this condition of the first draft
};

/// The one with the most declarations.
std::shared_ptr<const Vocabulary> WidestVocabulary(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts) {
  return (*std::ranges::max_element(drafts, {},
                                    [](const std::shared_ptr<const CheckedDraft>& draft) {
                                      return draft->vocabulary->facts.size() + draft->vocabulary->enums.size();
                                    }))
      ->vocabulary;
}

/// Everything that one run of lowering needs.
class Lowering {
 public:
  Lowering(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts, const Case* known, Wanted wanted,
           std::size_t max_nodes)
      : drafts_(drafts), wanted_(std::move(wanted)) {
    lowered_.space = std::make_unique<Space>(WidestVocabulary(drafts), max_nodes);
    lowered_.known = known;
    lists_ = std::make_unique<Lists>(*lowered_.space);
    lowerers_ = MakeLowerers();
  }

  void Reorder(evaluate::Ranks ranks) { lowered_.space->Reorder(std::move(ranks)); }

  void StopEarly() {
    for (const auto& lowerer : lowerers_) lowerer->StopEarly();
  }

  void GoThrough() {
    std::vector<Survey> surveys;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      Survey& survey = surveys.emplace_back(*lowerers_[i], *lowered_.space, *lists_);
      for (const check::DecisionId decision : DecisionsOf(i)) survey.VisitDecision(decision, lowerers_[i]->CaseScope());
    }
    if (wanted_.condition) surveys.front().Visit(*wanted_.condition, lowerers_.front()->CaseScope(), false);
    Assumptions assumptions(lowerers_, *lowered_.space, *lists_);
    assumptions.Find();
    assumptions.VisitWith(surveys);
    for (Survey& survey : surveys) survey.RankFacts();
    assumptions.Lower(lowered_);
  }

  /// For a graph that was lowered without going through the drafts before.
  void AddAssumptions(Lowered& lowered) {
    Assumptions assumptions(lowerers_, *lowered.space, *lists_);
    assumptions.Find();
    assumptions.Lower(lowered);
  }

  Lowered Lower() {
    for (std::size_t i = 0; i < drafts_.size(); ++i)
      lowered_.drafts.push_back(LowerDraft(*lowerers_[i], *lowered_.space, drafts_[i]));
    if (wanted_.saying == Saying::kBoth) SayByFactsToo();
    if (wanted_.saying && *wanted_.saying != Saying::kFacts) SayByTerms();
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      LoweredDraft& draft = lowered_.drafts[i];
      for (const check::DecisionId decision : DecisionsOf(i)) {
        draft.decisions.push_back({decision, lowerers_[i]->Outcome(decision, lowerers_[i]->CaseScope()).node, {}, {}});
        if (!by_facts_.empty())
          draft.decisions.back().by_facts = by_facts_[i]->Outcome(decision, by_facts_[i]->CaseScope()).node;
        if (wanted_.deciding) AddDeciding(*lowerers_[i], draft.decisions.back());
        if (!lowered_.space->graph.Exhausted()) continue;
        lowered_.too_large = {i, decision};
        return std::move(lowered_);
      }
      draft.terms = lowerers_[i]->NamedTerms();
    }
    if (wanted_.condition) {
      lowered_.drafts.front().condition = lowerers_.front()->Node(*wanted_.condition, lowerers_.front()->CaseScope());
      if (lowered_.space->graph.Exhausted()) lowered_.too_large = Lowered::TooLarge{};
    }
    return std::move(lowered_);
  }

 private:
  [[nodiscard]] std::vector<check::DecisionId> DecisionsOf(std::size_t draft) const {
    if (wanted_.condition) return {};
    if (!wanted_.decision.empty()) return {*drafts_[draft]->FindDecision(wanted_.decision)};
    return wanted_.chosen.empty() ? drafts_[draft]->DecisionsOfCase() : wanted_.chosen.vec();
  }

  [[nodiscard]] std::vector<std::unique_ptr<Lowerer>> MakeLowerers() {
    std::vector<std::unique_ptr<Lowerer>> lowerers;
    for (const auto& draft : drafts_) {
      lowerers.push_back(std::make_unique<Lowerer>(*draft, *lowered_.space, *lists_, lowered_.known));
      lowerers.back()->Share(shared_);
    }
    return lowerers;
  }

  /// What is lowered from here on is said by others.
  void SayByFactsToo() {
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      for (const check::DecisionId decision : DecisionsOf(i)) {
        // What does not fit is found out before terms are made.
        static_cast<void>(lowerers_[i]->Outcome(decision, lowerers_[i]->CaseScope()));
      }
    }
    by_facts_ = std::exchange(lowerers_, MakeLowerers());
  }

  void SayByTerms() {
    graph::Graph& graph = lowered_.space->graph;
    NodeId option_sets = graph.Yes();
    for (const LoweredDraft& draft : lowered_.drafts) option_sets = graph.And(option_sets, draft.option_sets);
    for (std::size_t i = 0; i < drafts_.size(); ++i)
      lowerers_[i]->SayByTerms(option_sets, by_facts_.empty() ? nullptr : by_facts_[i].get());
  }

  static void AddDeciding(Lowerer& lowerer, LoweredDecision& lowered) {
    for (const check::RuleId rule : lowerer.Draft().decisions[lowered.decision].rules) {
      lowered.deciding.emplace_back(rule, lowerer.Decides(rule, lowerer.CaseScope()));
    }
  }

  llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts_;
  Wanted wanted_;
  Lowered lowered_;
  std::unique_ptr<Lists> lists_;
  Lowerer::Shared shared_;
  std::vector<std::unique_ptr<Lowerer>> lowerers_;
  std::vector<std::unique_ptr<Lowerer>> by_facts_;  // empty where that is not said beside terms
};

/// What grows large is begun again in the order that what it came to suggests, as long as that gets better.
Lowered InGoodOrder(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts, const Wanted& wanted,
                    std::size_t max_nodes, const Case* known = nullptr) {
  evaluate::Ranks ranks;
  const auto attempt = [&](std::size_t limit) {
    Lowering lowering(drafts, known, wanted, limit);
    lowering.Reorder(ranks);
    lowering.GoThrough();
    return lowering.Lower();
  };
  const std::size_t first_limit = max_nodes / kShareInFirstOrder;
  Lowered lowered = attempt(first_limit);
  for (int reorders = 0; reorders < kMaxReorders; ++reorders) {
    if (!lowered.too_large && reorders == 0) break;
    std::optional<evaluate::Ranks> better = BetterRanks(*lowered.space);
    if (!better) break;
    ranks = *std::move(better);
    lowered = attempt(first_limit);
  }
  if (lowered.too_large) lowered = attempt(max_nodes);
  if (lowered.too_large && !ranks.empty()) {
    ranks.clear();  // what suits a part may not suit the whole
    lowered = attempt(max_nodes);
  }
  if (lowered.too_large) return lowered;
  lowered.space->graph.LimitTo(max_nodes);
  return lowered;
}

bool IsOption(const Space& space, evaluate::VariableId id) { return space.IsOption(id); }

bool IsPlain(const Space& space, NodeId function);

bool IsPlain(const Space& space, evaluate::QuantityId id) {
  using Kind = evaluate::Quantity::Kind;
  const evaluate::Quantity& quantity = space[id];
  if (quantity.kind == Kind::kTier || quantity.kind == Kind::kUnsettled) return false;
  if (quantity.kind == Kind::kAggregate) return IsPlain(space, quantity.guard) && IsPlain(space, quantity.value);
  return llvm::all_of(quantity.terms, [&](const auto& term) { return IsPlain(space, term.first); }) &&
         llvm::all_of(quantity.operands, [&](evaluate::QuantityId operand) { return IsPlain(space, operand); });
}

/// What says as much in whichever order it was come to; of lists all that is asked is to be known first.
bool IsPlain(const Space& space, evaluate::VariableId id) {
  using Kind = evaluate::Variable::Kind;
  const evaluate::Variable& variable = space[id];
  return variable.kind != Kind::kList && variable.kind != Kind::kCondition &&
         (!variable.quantity.IsValid() || IsPlain(space, variable.quantity)) &&
         (!variable.other.IsValid() || IsPlain(space, variable.other));
}

bool IsPlain(const Space& space, NodeId function) {
  return llvm::all_of(space.graph.Support(function), [&](evaluate::VariableId id) { return IsPlain(space, id); });
}

using IsSuch = bool (*)(const Space&, evaluate::VariableId);

bool AsksOnly(const Space& space, NodeId function, IsSuch is_such) {
  return llvm::all_of(space.graph.Support(function), [&](evaluate::VariableId id) { return is_such(space, id); });
}

bool DecisionsAskOnly(const Lowered& lowered, IsSuch is_such) {
  return llvm::all_of(lowered.drafts.front().decisions, [&](const LoweredDecision& decision) {
    return AsksOnly(*lowered.space, decision.outcome, is_such) &&
           llvm::all_of(decision.deciding,
                        [&](const auto& deciding) { return AsksOnly(*lowered.space, deciding.second, is_such); });
  });
}

/// The assumptions that share a variable with these, be it through others; what they ask of is added.
std::vector<NodeId> AssumptionsWith(const Lowered& lowered, std::set<evaluate::VariableId>& reached) {
  std::vector<NodeId> open = lowered.assumptions;
  std::vector<NodeId> found;
  for (bool is_more = true; is_more;) {
    is_more = false;
    std::erase_if(open, [&](NodeId assumption) {
      const std::vector<evaluate::VariableId> variables = lowered.space->graph.Support(assumption);
      if (llvm::none_of(variables, [&](evaluate::VariableId variable) { return reached.contains(variable); }))
        return false;
      reached.insert(variables.begin(), variables.end());
      found.push_back(assumption);
      is_more = true;
      return true;
    });
  }
  return found;
}

/// Whether the assumptions that bear on the decisions are plain.
bool AssumptionsArePlain(const Lowered& lowered) {
  std::set<evaluate::VariableId> reached;
  for (const LoweredDecision& decision : lowered.drafts.front().decisions) {
    const std::vector<evaluate::VariableId> support = lowered.space->graph.Support(decision.outcome);
    reached.insert(support.begin(), support.end());
  }
  return llvm::all_of(AssumptionsWith(lowered, reached),
                      [&](NodeId assumption) { return IsPlain(*lowered.space, assumption); });
}

}  // namespace

Lowered Lower(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts, llvm::ArrayRef<check::DecisionId> decisions,
              std::size_t max_nodes, Deciding deciding) {
  return InGoodOrder(drafts, {.chosen = decisions, .deciding = deciding == Deciding::kAdded}, max_nodes);
}

Lowered LowerForComparison(llvm::ArrayRef<std::shared_ptr<const CheckedDraft>> drafts, const std::string& decision,
                           Saying saying, std::size_t max_nodes) {
  const std::size_t limit = saying == Saying::kTerms ? max_nodes : std::min(max_nodes, kMaxNodesByFacts);
  Lowered lowered = InGoodOrder(drafts, {.decision = decision, .deciding = true, .saying = saying}, limit);
  if (saying == Saying::kBoth && lowered.too_large)
    return LowerForComparison(drafts, decision, Saying::kTerms, max_nodes);
  if (!lowered.too_large) lowered.space->graph.LimitTo(max_nodes);
  return lowered;
}

Lowered LowerCondition(const std::shared_ptr<const CheckedDraft>& draft, check::ExprId condition,
                       std::size_t max_nodes) {
  return InGoodOrder(draft, {.condition = condition}, max_nodes);
}

Lowered LowerFor(const std::shared_ptr<const CheckedDraft>& draft, const Case& facts,
                 llvm::ArrayRef<check::DecisionId> decisions, std::size_t max_nodes, Variables variables) {
  const Wanted wanted{.chosen = decisions, .deciding = true};
  // Where little is unknown that matters, and no list, there is no order to be found and nothing asked of lists.
  Lowering attempt(draft, &facts, wanted, std::min(max_nodes, kMaxNodesOfComplete));
  attempt.StopEarly();
  Lowered complete = attempt.Lower();
  if (!complete.too_large) {
    complete.space->graph.LimitTo(max_nodes);
    if (DecisionsAskOnly(complete, IsOption)) return complete;
    if (variables == Variables::kNeeded && DecisionsAskOnly(complete, IsPlain)) {
      attempt.AddAssumptions(complete);
      if (AssumptionsArePlain(complete) && !complete.space->graph.Exhausted()) return complete;
    }
  }
  return InGoodOrder(draft, wanted, max_nodes, &facts);
}

NodeId AssumptionsOn(Lowered& lowered, NodeId function) {
  graph::Graph& graph = lowered.space->graph;
  const std::vector<evaluate::VariableId> support = graph.Support(function);
  const std::set<evaluate::VariableId> wanted(support.begin(), support.end());
  // What shares no variable, not even through others, says nothing of the function's.
  std::set<evaluate::VariableId> reached = wanted;
  NodeId all = graph.Yes();
  for (const NodeId assumption : AssumptionsWith(lowered, reached)) all = graph.And(all, assumption);
  return graph.Exists(all, [&](evaluate::VariableId variable) { return !wanted.contains(variable); });
}

}  // namespace proviso::lower
