#include "harness/cover/cover.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "harness/cover/observer.h"

namespace proviso::cover {
namespace {

using check::DecisionId;
using scenario::Scenario;
using scenario::Suite;

/// One expectation: a decision, under option sets.
struct Asserted {
  DecisionId decision;
  const std::vector<std::size_t>* option_sets;
};

/// What all suites expect of one draft.
struct Expected {
  const load::LoadedDraft* draft;
  std::vector<std::pair<const Scenario*, std::vector<Asserted>>> scenarios;
};

std::vector<Asserted> AssertedOf(const Suite& suite, std::size_t index, std::size_t draft) {
  std::vector<Asserted> asserted;
  for (const scenario::DraftExpectation& expectation : suite.scenarios[index].expectations) {
    if (expectation.draft != draft) continue;
    for (const scenario::Clause& clause : expectation.clauses) {
      for (const auto& decision : clause.decisions) asserted.push_back({decision.decision, &clause.option_sets});
    }
  }
  for (const scenario::Total& total : suite.totals) {
    if (index >= suite.first_row && total.draft == draft) asserted.push_back({total.decision, &total.option_sets});
  }
  return asserted;
}

std::vector<Expected> ExpectedOf(llvm::ArrayRef<const Suite*> suites) {
  std::vector<Expected> all;
  for (const Suite* const suite : suites) {
    for (std::size_t i = 0; i < suite->scenarios.size(); ++i) {
      for (std::size_t d = 0; d < suite->drafts.size(); ++d) {
        std::vector<Asserted> asserted = AssertedOf(*suite, i, d);
        if (asserted.empty()) continue;
        auto found = llvm::find_if(all, [&](const Expected& one) { return one.draft == suite->drafts[d]; });
        if (found == all.end()) found = all.insert(all.end(), {suite->drafts[d], {}});
        found->scenarios.emplace_back(&suite->scenarios[i], std::move(asserted));
      }
    }
  }
  return all;
}

/// A part of what is expected of one draft, worked on by one processor at a time.
struct Part {
  std::size_t expected;
  std::size_t first;
  std::size_t end;
};

std::vector<Part> PartsOf(llvm::ArrayRef<Expected> expected) {
  constexpr std::size_t kScenarios = 50;
  std::vector<Part> parts;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::size_t all = expected[i].scenarios.size();
    for (std::size_t at = 0; at < all; at += kScenarios) parts.push_back({i, at, std::min(at + kScenarios, all)});
  }
  return parts;
}

Exercised Exercise(const Expected& expected, const OptionsBehind& behind, const Part& part) {
  const check::CheckedDraft& draft = *expected.draft->draft;
  Exercised exercised = EverythingOf(draft);
  for (std::size_t i = part.first; i < part.end; ++i) {
    const auto& [scenario, asserted] = expected.scenarios[i];
    Observer observer(draft, behind, scenario->facts, scenario->name, exercised);
    for (const Asserted& one : asserted) {
      for (const std::size_t set : *one.option_sets) observer.Observe(one.decision, expected.draft->option_sets[set]);
    }
  }
  return exercised;
}

}  // namespace

void DraftCoverage::Share::Add(const Item& item) {
  for (const Aspect& aspect : item.aspects) {
    all += aspect.feasibility == Feasibility::kImpossible ? 0 : 1;
    seen += aspect.count > 0 ? 1 : 0;
    impossible += aspect.feasibility == Feasibility::kImpossible ? 1 : 0;
    not_settled += aspect.feasibility == Feasibility::kNotSettled ? 1 : 0;
  }
}

DraftCoverage::Share DraftCoverage::Of(Kind kind) const {
  Share share;
  for (const Item& item : items) {
    if (item.kind == kind) share.Add(item);
  }
  return share;
}

DraftCoverage::Share DraftCoverage::OfAll() const {
  Share share;
  for (const Item& item : items) share.Add(item);
  return share;
}

namespace {

/// By draft, in the order of the suites.
std::vector<Exercised> ExerciseAll(llvm::ArrayRef<Expected> expected) {
  std::vector<OptionsBehind> behind;
  for (const Expected& one : expected) behind.emplace_back(*one.draft->draft);
  const std::vector<Part> parts = PartsOf(expected);
  std::vector<Exercised> exercised(parts.size());
  llvm::parallelFor(0, parts.size(), [&](std::size_t i) {
    const std::size_t at = parts[i].expected;
    exercised[i] = Exercise(expected[at], behind[at], parts[i]);
  });
  std::vector<Exercised> result;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].first == 0) {
      result.push_back(std::move(exercised[i]));
    } else {
      Merge(*expected[parts[i].expected].draft->draft, exercised[i], result.back());
    }
  }
  return result;
}

}  // namespace

std::vector<DraftCoverage> Cover(llvm::ArrayRef<const Suite*> suites) {
  const std::vector<Expected> expected = ExpectedOf(suites);
  const std::vector<Exercised> exercised = ExerciseAll(expected);
  std::vector<DraftCoverage> result;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const Expected& one = expected[i];
    result.push_back({one.draft, one.scenarios.size(), ItemsOf(*one.draft->draft, exercised[i])});
  }
  return result;
}

Exercised ExercisedBy(llvm::ArrayRef<const Suite*> suites, const load::LoadedDraft& draft) {
  std::vector<Expected> expected = ExpectedOf(suites);
  std::erase_if(expected, [&](const Expected& one) { return one.draft != &draft; });
  if (expected.empty()) return EverythingOf(*draft.draft);
  return std::move(ExerciseAll(expected).front());
}

}  // namespace proviso::cover
