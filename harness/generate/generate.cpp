#include "harness/generate/generate.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/reference/evaluate.h"
#include "harness/generate/choose.h"
#include "harness/generate/dress.h"
#include "harness/generate/search.h"
#include "runtime/base/in_parallel.h"

namespace proviso::generate {
namespace {

using cover::Aspect;
using cover::Exercised;
using cover::Feasibility;
using cover::Goal;
using cover::Item;
using scenario::Suite;

bool Belongs(cover::Kind kind, Criterion criterion) {
  switch (criterion) {
    case Criterion::kMcdc:
      return kind == cover::Kind::kCondition || kind == cover::Kind::kIndependent;
    case Criterion::kThresholds:
      return kind == cover::Kind::kThreshold;
    case Criterion::kRules:
      break;
  }
  return kind == cover::Kind::kRule || kind == cover::Kind::kException;
}

std::vector<Item> ItemsFor(const check::CheckedDraft& draft, const Exercised& exercised, Criterion criterion) {
  std::vector<Item> items = cover::ItemsOf(draft, exercised);
  std::erase_if(items, [&](const Item& item) { return !Belongs(item.kind, criterion); });
  return items;
}

/// What is not met, each once, in the order of the items.
std::vector<Goal> Unmet(llvm::ArrayRef<Item> items, const Exercised& exercised) {
  std::vector<Goal> goals;
  std::set<Goal> had;
  for (const Item& item : items) {
    for (const Aspect& aspect : item.aspects) {
      for (const Goal& goal : aspect.goals) {
        if (cover::TimesMet(exercised, goal) == 0 && had.insert(goal).second) goals.push_back(goal);
      }
    }
  }
  return goals;
}

std::string Shortened(const std::string& text) {
  constexpr std::size_t kMaxText = 60;
  if (text.size() <= kMaxText) return text;
  return text.substr(0, text.rfind(' ', kMaxText)) + " …";
}

const char* SightText(Goal::Sight sight) {
  using Sight = Goal::Sight;
  switch (sight) {
    case Sight::kFires:
      return " fires";
    case Sight::kDoesNot:
      return " does not fire";
    case Sight::kBlocked:
      return " is blocked";
    case Sight::kNo:
      return ", no";
    case Sight::kYes:
      return ", yes";
    case Sight::kDecidesNo:
      return " decides, no";
    case Sight::kDecidesYes:
      return " decides, yes";
    case Sight::kBelow:
      return ", below";
    case Sight::kAt:
      return ", exactly at";
    case Sight::kAbove:
      return ", above";
    case Sight::kAsked:
      break;
  }
  return "";
}

/// Cases of scenarios that met something at the goal's point: a change or two away, often.
class Neighbours {
 public:
  Neighbours(const load::LoadedDraft& draft, llvm::ArrayRef<const Suite*> suites) : draft_(*draft.draft) {
    for (const Suite* const suite : suites) {
      const bool is_of_draft = llvm::is_contained(suite->drafts, &draft) &&
                               suite->vocabulary->facts.size() == draft_.vocabulary->facts.size();
      for (std::size_t i = 0; is_of_draft && i < suite->scenarios.size(); ++i)
        by_name_.emplace(suite->scenarios[i].name, &suite->scenarios[i].facts);
    }
  }

  Known For(llvm::ArrayRef<Goal> goals, const Exercised& exercised) {
    constexpr std::size_t kMost = 12;
    Known known;
    std::map<std::string, std::optional<std::size_t>> added;
    const findings::TrialCases trials(draft_);
    for (const Goal& goal : goals) {
      std::vector<std::size_t>& near = known.by_goal.emplace_back();
      if (!goal.IsOfPoint()) continue;
      for (const auto& [truths, name] : cover::PointOf(exercised, goal).noticed) {
        const auto [at, is_new] = added.try_emplace(name);
        const auto found = by_name_.find(name);
        if (is_new && found != by_name_.end()) {
          Case facts = *found->second;
          trials.Complete(facts);
          if (reference::BrokenAssumptions(draft_, facts).empty()) {
            at->second = known.cases.size();
            known.cases.push_back(std::move(facts));
          }
        }
        if (at->second && near.size() < kMost) near.push_back(*at->second);
      }
    }
    return known;
  }

 private:
  const check::CheckedDraft& draft_;
  std::map<std::string, const Case*> by_name_;
};

std::size_t ScenariosOf(const load::LoadedDraft& draft, llvm::ArrayRef<const Suite*> suites) {
  std::size_t count = 0;
  for (const Suite* const suite : suites) {
    count += llvm::count_if(suite->scenarios, [&](const scenario::Scenario& one) {
      return llvm::any_of(one.expectations,
                          [&](const auto& expected) { return suite->drafts[expected.draft] == &draft; });
    });
  }
  return count;
}

std::vector<std::pair<std::string, Case>> BackgroundsOf(const load::LoadedDraft& draft,
                                                        llvm::ArrayRef<const Suite*> suites) {
  std::vector<std::pair<std::string, Case>> backgrounds;
  for (const Suite* const suite : suites) {
    if (!llvm::is_contained(suite->drafts, &draft)) continue;
    if (suite->vocabulary->facts.size() != draft.draft->vocabulary->facts.size()) continue;
    for (const auto& background : suite->backgrounds) {
      const auto has_name = [&](const auto& other) { return other.first == background.first; };
      if (llvm::none_of(backgrounds, has_name)) backgrounds.push_back(background);
    }
  }
  return backgrounds;
}

/// What is said of goals that were searched for; others are met.
using Feasible = std::map<Goal, Feasibility>;

Feasibility Of(const Feasible& feasible, const Goal& goal) {
  const auto found = feasible.find(goal);
  return found == feasible.end() ? Feasibility::kPossible : found->second;
}

/// The goals of aspects all of whose goals can be met.
llvm::BitVector Wanted(llvm::ArrayRef<Item> items, llvm::ArrayRef<Goal> goals, const Feasible& feasible) {
  llvm::BitVector wanted(static_cast<unsigned>(goals.size()));
  for (const Item& item : items) {
    for (const Aspect& aspect : item.aspects) {
      const bool is_possible =
          llvm::all_of(aspect.goals, [&](const Goal& goal) { return Of(feasible, goal) == Feasibility::kPossible; });
      for (const Goal& goal : aspect.goals) {
        const auto* const at = llvm::find(goals, goal);
        if (is_possible && at != goals.end()) wanted.set(static_cast<unsigned>(at - goals.begin()));
      }
    }
  }
  return wanted;
}

/// Says of what is missing whether it can be.
void SayFeasibility(std::vector<Item>& items, const Feasible& feasible) {
  for (Item& item : items) {
    for (Aspect& aspect : item.aspects) {
      if (aspect.count > 0) continue;
      aspect.feasibility = Feasibility::kPossible;
      for (const Goal& goal : aspect.goals) {
        const Feasibility one = Of(feasible, goal);
        if (one != Feasibility::kPossible && aspect.feasibility != Feasibility::kImpossible) aspect.feasibility = one;
      }
    }
  }
}

/// `§850.224(d)(2): layers at least 128, exactly at`.
std::string NameOf(const Item& item, const Goal& goal) {
  const std::string source = item.cites.empty() ? "" : item.cites.front().text + ": ";
  // A term with parameters is several.
  const std::string inside = item.inside.find('(') == std::string::npos ? "" : " in " + item.inside;
  return source + Shortened(item.text) + SightText(goal.sight) + inside;
}

}  // namespace

Generated Generate(const load::LoadedDraft& draft, Criterion criterion, llvm::ArrayRef<const Suite*> suites,
                   llvm::function_ref<void(std::size_t, std::size_t)> on_goal) {
  const check::CheckedDraft& text = *draft.draft;
  const Exercised everything = cover::EverythingOf(text);
  Exercised exercised = cover::ExercisedBy(suites, draft);
  Generated generated;
  generated.before = {&draft, ScenariosOf(draft, suites), ItemsFor(text, exercised, criterion), {}};
  const std::vector<Goal> goals = Unmet(generated.before.items, exercised);
  Search search(draft, everything, goals);
  const Searched searched = search.Run(Neighbours(draft, suites).For(goals, exercised), on_goal);

  Feasible feasible;
  for (std::size_t i = 0; i < goals.size(); ++i) feasible[goals[i]] = searched.feasibility[i];
  std::map<Goal, const Item*> items;
  for (const Item& item : generated.before.items) {
    for (const Aspect& aspect : item.aspects) {
      for (const Goal& goal : aspect.goals) items.try_emplace(goal, &item);
    }
  }

  generated.backgrounds = BackgroundsOf(draft, suites);
  const Dresser dresser(draft, search, generated.backgrounds);
  std::map<std::string, std::size_t> names;
  const cover::OptionsBehind behind(text);
  std::vector<llvm::BitVector> meets;
  for (const Found& found : searched.found) meets.push_back(found.meets);
  const std::vector<Chosen> chosen = Choose(meets, Wanted(generated.before.items, goals, feasible));
  std::vector<std::optional<Dressed>> all_dressed(chosen.size());
  InParallel(chosen.size(), [&](std::size_t i) {
    all_dressed[i] = dresser.Dress(searched.found[chosen[i].found].facts, chosen[i].goals);
  });
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    Dressed& dressed = *all_dressed[i];
    const Goal& first = goals[chosen[i].goals.front()];
    const Item& item = *items.at(first);
    std::string name = NameOf(item, first);
    if (const std::size_t before = names[name]++; before > 0) name += fmt::format(" ({})", before + 1);
    ObserveOutcomes(text, behind, dressed.facts, dressed.decisions, draft.option_sets, name, exercised);
    generated.cases.push_back({std::move(name), item.cites.empty() ? "" : item.cites.front().text,
                               std::move(dressed.facts), std::move(dressed.decisions), dressed.background});
  }
  generated.after = {
      &draft, generated.before.scenarios + generated.cases.size(), ItemsFor(text, exercised, criterion), {}};
  SayFeasibility(generated.after.items, feasible);
  return generated;
}

}  // namespace proviso::generate
