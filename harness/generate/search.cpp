#include "harness/generate/search.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "compiler/reference/evaluator.h"
#include "harness/findings/trial_cases.h"
#include "runtime/base/in_parallel.h"

namespace proviso::generate {
namespace {

using check::OptionSet;
using cover::Feasibility;
using cover::Goal;
using reference::Evaluator;

/// Goals that are gone after at once, none of which gains by what the others come to; the same on every machine.
constexpr std::size_t kBatch = 4;
/// Ways to a piece that are tried.
constexpr std::size_t kWays = 3;

/// As few as have each alternative once.
std::vector<OptionSet> EachAlternative(llvm::ArrayRef<OptionSet> all) {
  std::vector<OptionSet> chosen;
  std::set<std::pair<std::size_t, std::uint32_t>> had;
  for (const OptionSet& set : all) {
    bool is_new = chosen.empty();
    for (std::size_t i = 0; i < set.size(); ++i) is_new |= had.insert({i, set[i]}).second;
    if (is_new) chosen.push_back(set);
  }
  return chosen;
}

/// What came of going after one goal.
struct Tried {
  std::optional<Case> facts;  // likely to meet it
  bool is_impossible = false;
};

}  // namespace

/// Cases that one goal is tried from, and changes of each.
struct Search::Effort {
  std::size_t parents;
  std::size_t changes;
  std::size_t round;  // each chooses otherwise
};

/// The cases known so far, the last of each piece at hand.
struct Search::Pool {
  explicit Pool(const check::CheckedDraft& draft) : trials(draft) {}

  findings::TrialCases trials;
  std::deque<Found> cases;
  std::map<decltype(Goal::piece), std::vector<std::size_t>> by_piece;

  void Add(llvm::ArrayRef<Goal> goals, Found found) {
    for (const unsigned goal : found.meets.set_bits()) {
      std::vector<std::size_t>& of_piece = by_piece[goals[goal].piece];
      if (of_piece.empty() || of_piece.back() != cases.size()) of_piece.push_back(cases.size());
    }
    cases.push_back(std::move(found));
  }

  /// Those that met something of the piece, then any, the last first.
  [[nodiscard]] std::vector<std::size_t> ParentsFor(const Goal& goal, std::size_t count) const {
    std::vector<std::size_t> parents;
    const auto found = by_piece.find(goal.piece);
    const auto add = [&](std::size_t at) {
      if (parents.size() < count && !llvm::is_contained(parents, at)) parents.push_back(at);
    };
    if (found != by_piece.end()) {
      for (const std::size_t at : llvm::reverse(found->second)) add(at);
    }
    for (std::size_t at = cases.size(); at-- > 0 && parents.size() < count;) add(at);
    return parents;
  }
};

Search::Search(const load::LoadedDraft& draft, const cover::Exercised& everything, std::vector<Goal> goals)
    : draft_(draft),
      everything_(everything),
      goals_(std::move(goals)),
      behind_(*draft.draft),
      settler_(*draft.draft, everything, goals_),
      trial_options_(EachAlternative(draft.option_sets)) {}

void ObserveOutcomes(const check::CheckedDraft& draft, const cover::OptionsBehind& behind, const Case& facts,
                     llvm::ArrayRef<check::DecisionId> decisions, llvm::ArrayRef<OptionSet> option_sets,
                     const std::string& name, cover::Exercised& exercised) {
  cover::Observer observer(draft, behind, facts, name, exercised);
  reference::Answers answers(draft, facts);
  for (const check::DecisionId decision : decisions) {
    for (const OptionSet& options : option_sets) {
      if (answers.Of(decision, options).determined) observer.Observe(decision, options);
    }
  }
}

llvm::BitVector Search::Meets(const Case& facts, llvm::ArrayRef<check::DecisionId> decisions,
                              llvm::ArrayRef<OptionSet> option_sets) const {
  static const std::string kName = "it";
  cover::Exercised exercised = everything_;
  ObserveOutcomes(*draft_.draft, behind_, facts, decisions, option_sets, kName, exercised);
  llvm::BitVector meets(static_cast<unsigned>(goals_.size()));
  for (unsigned i = 0; i < goals_.size(); ++i) meets[i] = cover::TimesMet(exercised, goals_[i]) > 0;
  return meets;
}

std::optional<Case> Search::ByTrial(std::size_t goal, const Effort& effort, const Pool& pool) const {
  const std::vector<check::ExprId>& any = settler_.ConditionsOf(goal).any;
  if (any.empty()) return std::nullopt;
  findings::TrialCases trials = pool.trials;
  trials.Seed(goal + effort.round * goals_.size());
  for (const std::size_t parent : pool.ParentsFor(goals_[goal], effort.parents)) {
    Evaluator::Notes asked;
    const OptionSet& first = trial_options_[trials.Below(trial_options_.size())];
    Evaluator evaluator(settler_.Draft(), pool.cases[parent].facts, first);
    evaluator.Note(asked);
    for (std::size_t i = 0; i < std::min(kWays, any.size()); ++i)
      (void)evaluator.Evaluate(any[i], evaluator.CaseScope());
    for (std::size_t i = 0; i < effort.changes; ++i) {
      Case facts = pool.cases[parent].facts;
      if (i % 6 == 5) trials.Cross(facts, pool.cases[trials.Below(pool.cases.size())].facts);
      trials.Change(facts, asked.facts);
      const OptionSet& options = i % 2 == 0 ? first : trial_options_[trials.Below(trial_options_.size())];
      Evaluator there(settler_.Draft(), facts, options);
      const bool is_met = llvm::any_of(llvm::ArrayRef(any).take_front(kWays), [&](check::ExprId condition) {
        return there.Evaluate(condition, there.CaseScope()).Is(true);
      });
      if (is_met && reference::BrokenAssumptions(*draft_.draft, facts).empty()) return facts;
    }
  }
  return std::nullopt;
}

Searched Search::Run(const Known& known, llvm::function_ref<void(std::size_t, std::size_t)> on_goal) {
  constexpr Effort kLittle = {.parents = 8, .changes = 60, .round = 0};
  constexpr Effort kAgain = {.parents = 8, .changes = 60, .round = 1};
  constexpr Effort kMuch = {.parents = 20, .changes = 200, .round = 2};  // where graphs alone did not settle it
  Pool pool(*draft_.draft);
  llvm::BitVector met(static_cast<unsigned>(goals_.size()));
  Searched searched;
  const auto found = [&](Case facts) {
    llvm::BitVector meets = Meets(facts, draft_.draft->DecisionsOfCase(), trial_options_);
    return Found{std::move(facts), std::move(meets)};
  };
  const auto add = [&](Found one) {
    if (!one.meets.test(met)) return;
    met |= one.meets;
    pool.Add(goals_, one);
    searched.found.push_back(std::move(one));
  };
  for (const Case& facts : known.cases) pool.cases.push_back({facts, llvm::BitVector(met.size())});
  for (std::size_t goal = 0; goal < known.by_goal.size(); ++goal) {
    std::vector<std::size_t>& of_piece = pool.by_piece[goals_[goal].piece];
    for (const std::size_t at : known.by_goal[goal]) {
      if (!llvm::is_contained(of_piece, at)) of_piece.push_back(at);
    }
  }
  Case plain = pool.trials.Plain();
  if (reference::BrokenAssumptions(*draft_.draft, plain).empty()) add(found(std::move(plain)));
  llvm::BitVector impossible(static_cast<unsigned>(goals_.size()));
  const auto in_batches = [&](llvm::function_ref<Tried(std::size_t)> attempt) {
    for (unsigned next = 0; next < goals_.size();) {
      std::vector<unsigned> batch;
      for (; next < goals_.size() && batch.size() < kBatch; ++next) {
        if (!met[next] && !impossible[next]) batch.push_back(next);
      }
      std::vector<Tried> tried(batch.size());
      std::vector<std::optional<Found>> come(batch.size());
      InParallel(batch.size(), [&](std::size_t i) {
        tried[i] = attempt(batch[i]);
        if (tried[i].facts) come[i] = found(std::move(*tried[i].facts));
      });
      for (std::size_t i = 0; i < batch.size(); ++i) {
        impossible[batch[i]] = tried[i].is_impossible;
        if (come[i]) add(std::move(*come[i]));
      }
      on_goal(met.count() + impossible.count(), goals_.size());
    }
  };
  in_batches([&](std::size_t goal) { return Tried{ByTrial(goal, kLittle, pool)}; });
  in_batches([&](std::size_t goal) {
    if (auto facts = ByTrial(goal, kAgain, pool)) return Tried{std::move(facts)};
    cover::Settled settled = settler_.SettleByGraph(goal);
    if (settled.witness) return Tried{std::move(settled.witness->facts)};
    return Tried{.facts = {}, .is_impossible = settled.feasibility == Feasibility::kImpossible};
  });
  in_batches([&](std::size_t goal) { return Tried{ByTrial(goal, kMuch, pool)}; });
  searched.feasibility.resize(goals_.size(), Feasibility::kPossible);
  std::vector<unsigned> open;
  for (unsigned goal = 0; goal < goals_.size(); ++goal) {
    if (impossible[goal]) searched.feasibility[goal] = Feasibility::kImpossible;
    if (!met[goal] && !impossible[goal]) open.push_back(goal);
  }
  std::vector<cover::Settled> settled(open.size());
  std::mutex mutex;
  std::size_t done = met.count();
  InParallel(open.size(), [&](std::size_t i) {
    settled[i] = settler_.Settle(open[i]);
    const std::scoped_lock lock(mutex);
    on_goal(++done, goals_.size());
  });
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (settled[i].witness && !met[open[i]]) add(found(std::move(settled[i].witness->facts)));
    const bool is_shown = settled[i].feasibility != Feasibility::kPossible || met[open[i]];
    searched.feasibility[open[i]] = met[open[i]] ? Feasibility::kPossible
                                    : is_shown   ? settled[i].feasibility
                                                 : Feasibility::kNotSettled;
  }
  return searched;
}

}  // namespace proviso::generate
