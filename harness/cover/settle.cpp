#include "harness/cover/settle.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <algorithm>
#include <mutex>

#include "compiler/check/open_terms.h"
#include "compiler/check/variants.h"
#include "compiler/lower/occurs.h"
#include "compiler/lower/smallest_witness.h"
#include "compiler/reference/evaluator.h"
#include "harness/cover/cover.h"

namespace proviso::cover {
namespace {

/// Of one condition; one that grows larger is not settled.
constexpr std::size_t kMaxNodes = 1'000'000;

/// Conditions of one goal that are put to the solver; where more are open, it is not proved to be impossible.
constexpr std::size_t kMaxAsked = 4;

/// Terms in terms that are looked into before all is.
constexpr std::size_t kMaxDepth = 3;

struct Question {
  std::shared_ptr<const check::CheckedDraft> draft;
  check::ExprId condition;
  std::optional<check::OptionId> asked;  // and some decision asks for it, which no condition says
};

bool IsAsked(const check::CheckedDraft& draft, check::OptionId option, const lower::Witness& witness) {
  return llvm::any_of(draft.DecisionsOfCase(), [&](check::DecisionId decision) {
    reference::Evaluator evaluator(draft, witness.facts, witness.options.front());
    (void)evaluator.Outcome(decision, evaluator.CaseScope());
    return evaluator.OptionsAsked().test(option.Index());
  });
}

Settled Ask(const Question& question, int milliseconds) {
  lower::Lowered lowered = lower::LowerCondition(question.draft, question.condition, kMaxNodes);
  if (lowered.too_large) return {};
  const evaluate::NodeId node = *lowered.drafts.front().condition;
  const auto is_shown = [&](const lower::Witness& witness) {
    return reference::Holds(*question.draft, question.condition, witness.facts, witness.options.front()) == true &&
           (!question.asked || IsAsked(*question.draft, *question.asked, witness));
  };
  lower::Occurrence occurrence = lower::Occurs(lowered, node, is_shown, milliseconds);
  switch (occurrence.verdict) {
    case lower::Occurrence::Verdict::kImpossible:
      return {.feasibility = Feasibility::kImpossible, .witness = {}};
    case lower::Occurrence::Verdict::kNotSettled:
      return {};
    case lower::Occurrence::Verdict::kPossible:
      break;
  }
  return {.feasibility = Feasibility::kPossible,
          .witness = lower::SmallestWitness(lowered, node, std::move(*occurrence.witness), is_shown)};
}

/// Whether it is proved by graphs even with terms left open, of which less has to be known.
bool IsImpossibleByOuterTerms(const Question& question, const std::vector<bool>& is_seen) {
  for (std::size_t depth = 0; depth < kMaxDepth; ++depth) {
    const check::OpenTerms open = check::WithOpenTerms(*question.draft, question.condition, depth, is_seen);
    if (!open.is_any_open) return false;
    if (Ask({open.draft, open.condition, {}}, 0).feasibility == Feasibility::kImpossible) return true;
  }
  return false;
}

/// Without the solver.
Settled AskGraphs(const Question& question, const std::vector<bool>& is_seen) {
  Settled settled = Ask(question, 0);
  if (settled.feasibility == Feasibility::kNotSettled && IsImpossibleByOuterTerms(question, is_seen))
    settled.feasibility = Feasibility::kImpossible;
  return settled;
}

}  // namespace

Settler::Settler(const check::CheckedDraft& draft, const Exercised& everything, llvm::ArrayRef<Goal> goals)
    : draft_(std::make_shared<const check::CheckedDraft>(draft)),
      everything_(everything),
      ways_(FindWays(draft, everything)),
      goals_(goals.vec()) {
  DraftWithGoals with_goals(draft, everything, ways_);
  for (const Goal& goal : goals) conditions_.push_back(with_goals.Add(goal));
  with_all_ = with_goals.Draft();
}

Settled Settler::Settle(std::size_t goal) const { return Settle(goal, Solver::kAsked); }
Settled Settler::SettleByGraph(std::size_t goal) const { return Settle(goal, Solver::kNotAsked); }

Settled Settler::Settle(std::size_t goal, Solver solver) const {
  // In a draft of its own: what is asked of a draft goes through all of it, and the goals are many times its size.
  DraftWithGoals with_goal(*draft_, everything_, ways_);
  const GoalConditions conditions = with_goal.Add(goals_[goal]);
  std::vector<bool> is_own(with_goal.Draft()->terms.size(), true);  // by term: it only says where a piece is come to
  std::fill_n(is_own.begin(), draft_->terms.size(), false);
  const auto* const option = std::get_if<check::OptionId>(&goals_[goal].piece);
  const std::optional<check::OptionId> asked = option != nullptr ? std::optional(*option) : std::nullopt;
  std::vector<Question> open;
  for (const check::ExprId condition : conditions.any) {
    const Question question{with_goal.Draft(), condition, asked};
    Settled settled = AskGraphs(question, is_own);
    if (settled.feasibility == Feasibility::kPossible) return settled;
    if (settled.feasibility == Feasibility::kNotSettled) open.push_back(question);
  }
  if (!open.empty() && solver == Solver::kNotAsked) return {};
  bool is_settled = conditions.are_all && open.size() <= kMaxAsked;
  for (const Question& question : llvm::ArrayRef(open).take_front(kMaxAsked)) {
    Settled settled = Ask(question, analyse::kTimeForOneCheck);
    if (settled.feasibility == Feasibility::kPossible) return settled;
    is_settled = is_settled && settled.feasibility == Feasibility::kImpossible;
  }
  return {.feasibility = is_settled ? Feasibility::kImpossible : Feasibility::kNotSettled, .witness = {}};
}

namespace {

/// The edges that no scenario takes, the first of them.
std::vector<std::size_t> MissingOf(const DecisionEdges& edges) {
  std::vector<std::size_t> missing;
  for (std::size_t i = 0; i < edges.Edges().size() && missing.size() < kMaxEdgesAsked; ++i) {
    if (edges.Edges()[i].count == 0) missing.push_back(i);
  }
  return missing;
}

/// `on_edge` may be called by several threads.
void SettleEdges(DraftCoverage& coverage, llvm::function_ref<void()> on_edge) {
  llvm::parallelFor(0, coverage.edges.size(), [&](std::size_t i) {
    DecisionEdges& edges = *coverage.edges[i];
    for (const std::size_t edge : MissingOf(edges)) {
      edges.Edges()[edge].feasibility = edges.Settle(edge, analyse::kTimeForOneCheck).feasibility;
      on_edge();
    }
  });
}

std::vector<Aspect*> MissingAspects(DraftCoverage& coverage) {
  std::vector<Aspect*> missing;
  for (Item& item : coverage.items) {
    for (Aspect& aspect : item.aspects) {
      if (aspect.count == 0) missing.push_back(&aspect);
    }
  }
  return missing;
}

}  // namespace

void SettleMissing(DraftCoverage& coverage, llvm::function_ref<void(std::size_t, std::size_t)> on_aspect) {
  const std::vector<Aspect*> missing = MissingAspects(coverage);
  std::vector<Goal> goals;
  for (const Aspect* const aspect : missing) llvm::append_range(goals, aspect->goals);
  llvm::sort(goals);
  goals.erase(std::unique(goals.begin(), goals.end()), goals.end());
  const check::CheckedDraft& draft = *coverage.draft->draft;
  const Exercised everything = EverythingOf(draft);
  const Settler settler(draft, everything, goals);
  const Settler unassuming(*check::WithoutAssumptions(draft), everything, goals);
  std::vector<std::pair<Feasibility, bool>> settled(goals.size());
  std::mutex mutex;
  std::size_t done = 0;
  std::size_t all = goals.size();
  for (const auto& edges : coverage.edges) all += MissingOf(*edges).size();
  const auto count = [&] {
    const std::scoped_lock lock(mutex);
    on_aspect(++done, all);
  };
  llvm::parallelFor(0, goals.size(), [&](std::size_t i) {
    const Feasibility feasibility = settler.Settle(i).feasibility;
    const bool is_impossible = feasibility == Feasibility::kImpossible;
    settled[i] = {feasibility, is_impossible && unassuming.Settle(i).feasibility == Feasibility::kPossible};
    count();
  });
  SettleEdges(coverage, count);
  for (Aspect* const aspect : missing) {
    aspect->feasibility = Feasibility::kPossible;
    for (const Goal& goal : aspect->goals) {
      const auto [feasibility, by_assumptions] = settled[llvm::lower_bound(goals, goal) - goals.begin()];
      // One goal that cannot be met is enough.
      if (feasibility == Feasibility::kPossible || aspect->feasibility == Feasibility::kImpossible) continue;
      aspect->feasibility = feasibility;
      aspect->by_assumptions = by_assumptions;
    }
  }
}

}  // namespace proviso::cover
