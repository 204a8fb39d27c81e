#include "harness/cover/cover.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "harness/cover/expected.h"
#include "harness/cover/observer.h"

namespace proviso::cover {
namespace {

using scenario::Suite;

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
  Exercised exercised = EverythingOf(*expected.draft->draft);
  for (std::size_t i = part.first; i < part.end; ++i) {
    const auto& [scenario, asserted] = expected.scenarios[i];
    ObserveExpected(*expected.draft, behind, *scenario, asserted, exercised);
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

void DraftCoverage::Share::Add(const DecisionEdges& edges) {
  for (const GraphEdge& edge : edges.Edges()) {
    all += edge.feasibility == Feasibility::kImpossible ? 0 : 1;
    seen += edge.count > 0 ? 1 : 0;
    impossible += edge.feasibility == Feasibility::kImpossible ? 1 : 0;
    not_settled += edge.feasibility == Feasibility::kNotSettled ? 1 : 0;
  }
}

DraftCoverage::Share DraftCoverage::Of(Kind kind) const {
  Share share;
  if (kind == Kind::kEdge) {
    for (const auto& one : edges) share.Add(*one);
  }
  for (const Item& item : items) {
    if (item.kind == kind) share.Add(item);
  }
  return share;
}

DraftCoverage::Share DraftCoverage::OfAll() const {
  Share share;
  for (const Item& item : items) share.Add(item);
  for (const auto& one : edges) share.Add(*one);
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
    result.push_back({one.draft, one.scenarios.size(), ItemsOf(*one.draft->draft, exercised[i]), {}});
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
