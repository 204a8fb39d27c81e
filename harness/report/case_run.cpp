#include "harness/report/case_run.h"

#include <algorithm>
#include <iterator>

#include "harness/report/run_report.h"

namespace proviso::report {
namespace {

using reference::Outcome;

const Type& TypeOf(const CaseRun& run, const CaseRun::Decision& decision) {
  return run.draft->decisions[decision.id].type;
}

int Rank(const Outcome& outcome) { return outcome.error ? 2 : outcome.determined ? 0 : 1; }

bool ComesBefore(const Outcome& one, const Outcome& other) {
  if (Rank(one) != Rank(other)) return Rank(one) < Rank(other);
  if (!one.determined || one.error) return false;
  const Member* const mine = std::get_if<Member>(&one.value());
  const Member* const theirs = std::get_if<Member>(&other.value());
  return mine != nullptr && theirs != nullptr && mine->index > theirs->index;
}

AnswerGroup MakeGroup(lower::Answer& answer, evaluate::NodeId option_sets) {
  // Among those asked about only: what is outside does not have to be told apart.
  graph::Graph& graph = answer.Graph();
  const evaluate::NodeId not_asked = graph.Not(answer.OptionSets());
  AnswerGroup group;
  group.where_products = lower::CoverOptionSets(graph, answer.Draft(), option_sets, not_asked);
  group.where = lower::DescribeProducts(*answer.Draft().draft, group.where_products);
  group.option_sets = lower::CountOptionSets(graph, answer.Draft(), option_sets);
  group.example = lower::ExampleOptionSet(graph, answer.Draft(), option_sets);
  return group;
}

std::vector<AnswerGroup> GroupsOf(lower::Answer& answer, const lower::DecisionAnswer& decision) {
  std::vector<AnswerGroup> groups;
  for (const lower::AnswerGroup& found : decision.groups) {
    AnswerGroup group = MakeGroup(answer, found.option_sets);
    group.outcome = found.outcome;
    group.is_settled = found.is_settled;
    group.completions = found.completions;
    std::ranges::sort(group.completions, [&](const auto& one, const auto& other) {
      const bool is_strongest_first = std::holds_alternative<Member>(one.first);
      return is_strongest_first ? other.first < one.first : one.first < other.first;
    });
    groups.push_back(std::move(group));
  }
  std::ranges::sort(groups,
                    [](const AnswerGroup& one, const AnswerGroup& other) { return one.example < other.example; });
  std::ranges::stable_sort(
      groups, [](const AnswerGroup& one, const AnswerGroup& other) { return ComesBefore(one.outcome, other.outcome); });
  // The last is shown as what is left: the weakest, unless another takes lines more to say.
  constexpr std::size_t kMuchLonger = 160;
  auto rest = std::prev(groups.end(), groups.empty() ? 0 : 1);
  std::size_t longest = groups.empty() ? 0 : rest->where.size() + kMuchLonger;
  for (auto group = groups.begin(); group != groups.end(); ++group) {
    if (group->where.size() <= longest) continue;
    longest = group->where.size();
    rest = group;
  }
  if (rest != groups.end()) std::rotate(rest, std::next(rest), groups.end());
  return groups;
}

std::vector<AnswerGroup> AgreeingOn(lower::Answer& answer) {
  std::vector<evaluate::NodeId> parts = {answer.OptionSets()};
  for (const lower::DecisionAnswer& decision : answer.Decisions()) {
    std::vector<evaluate::NodeId> split;
    for (const evaluate::NodeId part : parts) {
      for (const lower::AnswerGroup& group : decision.groups) {
        const evaluate::NodeId both = answer.Graph().And(part, group.option_sets);
        if (both != answer.Graph().No()) split.push_back(both);
      }
    }
    parts = std::move(split);
  }
  std::vector<AnswerGroup> groups;
  for (const evaluate::NodeId part : parts) groups.push_back(MakeGroup(answer, part));
  std::ranges::sort(groups,
                    [](const AnswerGroup& one, const AnswerGroup& other) { return one.example < other.example; });
  return groups;
}

}  // namespace

CaseRun GroupAnswers(const std::shared_ptr<lower::Answer>& answer,
                     const std::shared_ptr<const check::CheckedDraft>& draft, const Case& facts) {
  CaseRun run{.draft = draft, .facts = &facts, .answer = answer, .option_sets = {}, .decisions = {}};
  run.option_sets = lower::CountOptionSets(answer->Graph(), answer->Draft(), answer->OptionSets());
  for (const lower::DecisionAnswer& one : answer->Decisions())
    run.decisions.push_back({one.decision, GroupsOf(*answer, one)});
  return run;
}

std::vector<AnswerGroup> AgreeingGroups(const CaseRun& run) { return AgreeingOn(*run.answer); }

std::vector<ExplainedGroup> Explain(const CaseRun& run) {
  std::vector<ExplainedGroup> explained;
  for (const AnswerGroup& group : AgreeingGroups(run)) {
    ExplainedGroup one{.group = group, .decisions = {}};
    for (const CaseRun::Decision& decision : run.decisions) {
      const auto answer = std::ranges::find_if(decision.groups, [&](const AnswerGroup& candidate) {
        return lower::Allows(candidate.where_products, group.example);
      });
      one.decisions.push_back(
          {.answer = *answer, .explanation = reference::Explain(*run.draft, decision.id, *run.facts, group.example)});
    }
    explained.push_back(std::move(one));
  }
  return explained;
}

void ReportNoOutcomes(const CaseRun& run, diagnostics::DiagnosticSink& sink) {
  for (const CaseRun::Decision& decision : run.decisions) {
    for (const AnswerGroup& group : decision.groups) {
      const auto& error = group.outcome.error;
      if (error) sink.Report<diagnostics::Kind::kNoOutcome>(error->span, error->message);
    }
  }
}

std::vector<Citation> DecidingCites(const CaseRun& run, const Outcome& outcome) {
  std::vector<Citation> cites;
  for (const check::RuleId rule : outcome.deciding) {
    for (const Citation& cite : run.draft->rules[rule].cites) {
      if (std::ranges::find(cites, cite) == cites.end()) cites.push_back(cite);
    }
  }
  return cites;
}

std::string AnswerText(const CaseRun& run, const CaseRun::Decision& decision, const Outcome& outcome) {
  if (outcome.error) return "no outcome";
  if (!outcome.determined) return "undetermined";
  return ValueToText(*run.draft->vocabulary, TypeOf(run, decision), outcome.value());
}

std::vector<std::string> PossibleTexts(const CaseRun& run, const CaseRun::Decision& decision, const Outcome& outcome) {
  std::vector<Value> possible = outcome.possible;
  if (TypeOf(run, decision).kind == TypeKind::kEnum) std::sort(possible.rbegin(), possible.rend());
  std::vector<std::string> texts;
  for (const Value& value : possible) {
    texts.push_back(ValueToText(*run.draft->vocabulary, TypeOf(run, decision), value));
  }
  return texts;
}

}  // namespace proviso::report
