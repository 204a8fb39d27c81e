#include "harness/cover/cover.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/reference/written.h"
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

/// An exercised draft as items.
class Itemizer {
 public:
  Itemizer(const Expected& expected, const Exercised& exercised)
      : draft_(*expected.draft->draft), exercised_(exercised), result_{expected.draft, expected.scenarios.size(), {}} {}

  DraftCoverage Make() {
    for (const auto& [id, counts] : exercised_.counts) AddRule(id, counts);
    for (const auto& [id, point] : exercised_.rules) AddPoint(point);
    for (const auto& [id, point] : exercised_.points) AddPoint(point);
    for (const auto& [id, threshold] : exercised_.thresholds) AddThreshold(id, threshold);
    for (const auto& [id, counts] : exercised_.alternatives) AddOption(id, counts);
    std::stable_sort(result_.items.begin(), result_.items.end(), [](const Item& one, const Item& other) {
      return std::tie(one.kind, one.span.file, one.span.begin) <
             std::tie(other.kind, other.span.file, other.span.begin);
    });
    return std::move(result_);
  }

 private:
  void AddRule(check::RuleId id, const RuleCounts& counts) {
    const check::Rule& rule = draft_.rules[id];
    Item item = {
        rule.is_exception ? Kind::kException : Kind::kRule, NameOf(rule), "", CitesOf(rule), rule.span, {}, {}};
    item.aspects = {{"firing", counts.fires}, {"not firing", counts.does_not}};
    if (!rule.exceptions.empty()) item.aspects.push_back({"blocked", counts.blocked});
    result_.items.push_back(std::move(item));
  }

  void AddPoint(const Point& point) {
    for (const Leaf& leaf : point.leaves) {
      const check::ExprId* const condition = std::get_if<check::ExprId>(&leaf.what);
      const check::Rule* const exception =
          condition == nullptr ? &draft_.rules[std::get<check::RuleId>(leaf.what)] : nullptr;
      Item item = {Kind::kCondition,
                   exception != nullptr ? NameOf(*exception) : reference::Written(draft_, draft_[*condition]),
                   point.inside,
                   leaf.cites,
                   exception != nullptr ? exception->span : draft_[*condition].span,
                   {},
                   {}};
      if (exception == nullptr) {
        item.aspects = {{"yes", leaf.seen[1]}, {"no", leaf.seen[0]}};
        result_.items.push_back(item);
      }
      if (point.leaves.size() < 2) continue;
      const auto shown = leaf.ShownBy();
      item.kind = Kind::kIndependent;
      item.aspects = {{"decides alone", shown ? 1U : 0U}};
      if (shown) item.shown_by = {shown->first, shown->second};
      result_.items.push_back(std::move(item));
    }
  }

  void AddThreshold(check::ExprId id, const Threshold& threshold) {
    const std::string text = reference::Written(draft_, draft_[id]);
    Item item = {Kind::kThreshold, text, threshold.inside, threshold.cites, draft_[id].span, {}, {}};
    item.aspects = {{"below", threshold.seen[0]}, {"at", threshold.seen[1]}, {"above", threshold.seen[2]}};
    result_.items.push_back(std::move(item));
  }

  void AddOption(check::OptionId id, const std::vector<std::size_t>& counts) {
    const check::Option& option = draft_.options[id];
    const std::string text = (option.is_reading ? "reading " : "option ") + option.name;
    Item item = {Kind::kOption, text, "", option.cites, option.span, {}, {}};
    for (std::size_t i = 0; i < counts.size(); ++i) {
      item.aspects.push_back({option.alternatives[i].name, counts[i]});
    }
    result_.items.push_back(std::move(item));
  }

  [[nodiscard]] static std::string NameOf(const check::Rule& rule) {
    return (rule.is_exception ? "exception " : "rule ") + rule.name;
  }

  [[nodiscard]] const std::vector<Citation>& CitesOf(const check::Rule& rule) const {
    return rule.cites.empty() ? draft_.decisions[rule.decision].cites : rule.cites;
  }

  const check::CheckedDraft& draft_;
  const Exercised& exercised_;
  DraftCoverage result_;
};

void AddTo(DraftCoverage::Share& share, const Item& item) {
  share.all += item.aspects.size();
  share.seen += static_cast<std::size_t>(llvm::count_if(item.aspects, [](const Aspect& one) { return one.count > 0; }));
}

}  // namespace

DraftCoverage::Share DraftCoverage::Of(Kind kind) const {
  Share share;
  for (const Item& item : items) {
    if (item.kind == kind) AddTo(share, item);
  }
  return share;
}

DraftCoverage::Share DraftCoverage::OfAll() const {
  Share share;
  for (const Item& item : items) AddTo(share, item);
  return share;
}

std::vector<DraftCoverage> Cover(llvm::ArrayRef<const Suite*> suites) {
  const std::vector<Expected> expected = ExpectedOf(suites);
  std::vector<OptionsBehind> behind;
  for (const Expected& one : expected) behind.emplace_back(*one.draft->draft);
  const std::vector<Part> parts = PartsOf(expected);
  std::vector<Exercised> exercised(parts.size());
  llvm::parallelFor(0, parts.size(), [&](std::size_t i) {
    const std::size_t at = parts[i].expected;
    exercised[i] = Exercise(expected[at], behind[at], parts[i]);
  });
  std::vector<DraftCoverage> result;
  for (std::size_t i = 0; i < parts.size();) {
    const Expected& one = expected[parts[i].expected];
    Exercised all = std::move(exercised[i]);
    for (++i; i < parts.size() && parts[i].first > 0; ++i) Merge(*one.draft->draft, exercised[i], all);
    result.push_back(Itemizer(one, all).Make());
  }
  return result;
}

}  // namespace proviso::cover
