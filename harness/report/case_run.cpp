#include "harness/report/case_run.h"

#include <algorithm>
#include <functional>

#include "compiler/reference/option_sets.h"

namespace proviso::report {
namespace {

using reference::MissingFact;
using reference::Outcome;

const Type& TypeOf(const CaseRun& run, std::size_t decision) {
  return run.draft->decisions[run.decisions[decision]].type;
}

/// Groups the option sets by `same`, in the order in which the answers first come up.
std::vector<AnswerGroup> GroupBy(const CaseRun& run, const std::function<bool(std::size_t, std::size_t)>& same) {
  std::vector<AnswerGroup> groups;
  for (std::size_t set = 0; set < run.option_sets.size(); ++set) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const AnswerGroup& candidate) {
      return same(candidate.option_sets.front(), set);
    });
    if (group == groups.end()) {
      groups.push_back({{set}, {}});
    } else {
      group->option_sets.push_back(set);
    }
  }
  return groups;
}

void PutInWords(const CaseRun& run, std::vector<AnswerGroup>& groups) {
  for (AnswerGroup& group : groups) {
    std::vector<check::OptionSet> some;
    for (const std::size_t set : group.option_sets) some.push_back(run.option_sets[set]);
    group.where = reference::DescribeOptionSets(*run.draft, run.option_sets, some);
  }
}

int Rank(const Outcome& outcome) { return outcome.error ? 2 : outcome.determined ? 0 : 1; }

bool ComesBefore(const Outcome& one, const Outcome& other) {
  if (Rank(one) != Rank(other)) return Rank(one) < Rank(other);
  if (!one.determined || one.error) return false;
  const Member* const mine = std::get_if<Member>(&one.value());
  const Member* const theirs = std::get_if<Member>(&other.value());
  return mine != nullptr && theirs != nullptr && mine->index > theirs->index;
}

template <typename T>
void AddEachOnce(std::vector<T>& all, const std::vector<T>& more) {
  for (const T& one : more) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
  }
}

std::vector<MissingFact> FactsOf(const CaseRun& run, std::size_t decision, const AnswerGroup& group,
                                 std::vector<MissingFact> Outcome::* facts) {
  std::vector<MissingFact> all;
  for (const std::size_t set : group.option_sets) AddEachOnce(all, run.outcomes[set][decision].*facts);
  return all;
}

}  // namespace

std::vector<check::DecisionId> DecisionsOfCase(const check::CheckedDraft& draft) {
  std::vector<check::DecisionId> decisions;
  for (std::size_t i = 0; i < draft.decisions.size(); ++i) {
    const check::DecisionId id(i);
    if (!draft.decisions[id].of) decisions.push_back(id);
  }
  return decisions;
}

void ReportNoOutcomes(const CaseRun& run, diagnostics::DiagnosticSink& sink) {
  for (const std::size_t decision : run.shown) {
    for (const std::vector<Outcome>& outcomes : run.outcomes) {
      const auto& error = outcomes[decision].error;
      if (error) sink.Report<diagnostics::Kind::kNoOutcome>(error->span, error->message);
    }
  }
}

std::vector<AnswerGroup> GroupsOfDecision(const CaseRun& run, std::size_t decision) {
  std::vector<AnswerGroup> groups = GroupBy(run, [&](std::size_t one, std::size_t other) {
    return run.outcomes[one][decision].SameAnswer(run.outcomes[other][decision]);
  });
  std::stable_sort(groups.begin(), groups.end(), [&](const AnswerGroup& one, const AnswerGroup& other) {
    return ComesBefore(run.outcomes[one.option_sets.front()][decision],
                       run.outcomes[other.option_sets.front()][decision]);
  });
  PutInWords(run, groups);
  return groups;
}

std::vector<AnswerGroup> GroupsOfAllShown(const CaseRun& run) {
  std::vector<AnswerGroup> groups = GroupBy(run, [&](std::size_t one, std::size_t other) {
    return std::all_of(run.shown.begin(), run.shown.end(), [&](std::size_t decision) {
      return run.outcomes[one][decision].SameAnswer(run.outcomes[other][decision]);
    });
  });
  PutInWords(run, groups);
  return groups;
}

std::vector<Citation> DecidingCites(const CaseRun& run, std::size_t decision, const AnswerGroup& group) {
  std::vector<Citation> cites;
  for (const std::size_t set : group.option_sets) {
    for (const check::RuleId rule : run.outcomes[set][decision].deciding) {
      AddEachOnce(cites, run.draft->rules[rule].cites);
    }
  }
  return cites;
}

std::vector<MissingFact> MissingFacts(const CaseRun& run, std::size_t decision, const AnswerGroup& group) {
  return FactsOf(run, decision, group, &Outcome::missing);
}

std::vector<MissingFact> AssumedFacts(const CaseRun& run, std::size_t decision, const AnswerGroup& group) {
  return FactsOf(run, decision, group, &Outcome::assumed);
}

std::string AnswerText(const CaseRun& run, std::size_t decision, const Outcome& outcome) {
  if (outcome.error) return "no outcome";
  if (!outcome.determined) return "undetermined";
  return ValueToText(*run.draft->vocabulary, TypeOf(run, decision), outcome.value());
}

std::vector<std::string> PossibleTexts(const CaseRun& run, std::size_t decision, const Outcome& outcome) {
  std::vector<Value> possible = outcome.possible;
  if (TypeOf(run, decision).kind == TypeKind::kEnum) std::sort(possible.rbegin(), possible.rend());
  std::vector<std::string> texts;
  for (const Value& value : possible) {
    texts.push_back(ValueToText(*run.draft->vocabulary, TypeOf(run, decision), value));
  }
  return texts;
}

}  // namespace proviso::report
