#include <fmt/core.h>

#include <algorithm>

#include "compiler/lower/describe_witness.h"
#include "harness/report/lines.h"
#include "harness/report/run_report.h"
#include "harness/report/space_text.h"

namespace proviso::report {
namespace {

using reference::MissingFact;

/// Facts of an example that are shown; programs get all.
constexpr std::size_t kMostParts = 6;

const std::string& NameOf(const CaseRun& run, const CaseRun::Decision& decision) {
  return run.draft->decisions[decision.id].name;
}

/// `prohibited`, or `undetermined, notifiable or prohibited`.
std::string AnswerInFull(const CaseRun& run, const CaseRun::Decision& decision, const AnswerGroup& group) {
  std::string answer = AnswerText(run, decision, group.outcome);
  if (group.outcome.error) return fmt::format("{}: {}", answer, FailureText(group.outcome.error->kind));
  if (group.outcome.determined) return answer;
  const std::vector<std::string> possible = PossibleTexts(run, decision, group.outcome);
  if (possible.empty()) return answer;
  return answer + ", " + Joined(possible, "or") + (group.is_settled ? "" : " at most");
}

/// What would settle an undetermined answer: each fact with its description and citations.
void AddSettledBy(const CaseRun& run, const std::vector<MissingFact>& missing, std::size_t indent,
                  std::vector<Line>& lines) {
  const char* lead = "settled by   ";
  for (const MissingFact& one : missing) {
    const Fact& fact = run.draft->vocabulary->facts[one.fact];
    const std::string description = fact.description.empty() ? "" : fmt::format("\"{}\"", fact.description);
    lines.push_back(
        {std::string(indent, ' ') + lead + FactPath(*run.facts, *run.draft->vocabulary, one.instance, one.fact),
         WithTwoBlanks(description, CitesText(fact.cites))});
    lead = "             ";
  }
}

/// The assumed values that these answers rest on.
void AddAssumed(const CaseRun& run, const std::vector<MissingFact>& assumed, std::vector<Line>& lines) {
  const char* lead = "assuming ";
  for (const MissingFact& one : assumed) {
    const Fact& fact = run.draft->vocabulary->facts[one.fact];
    const FactState& state = run.facts->State(*run.draft->vocabulary, one.instance, one.fact);
    const std::string value = state.value ? ValueToText(*run.draft->vocabulary, fact.type, *state.value) : "";
    lines.push_back(
        {fmt::format("{}{}: {}", lead, FactPath(*run.facts, *run.draft->vocabulary, one.instance, one.fact), value),
         "not given in the case", Ink::kFaint});
    lead = "         ";
  }
}

void AddEachOnce(std::vector<MissingFact>& all, const std::vector<MissingFact>& more) {
  for (const MissingFact& one : more) {
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
  }
}

bool HasOneOptionSet(const CaseRun& run) { return run.option_sets == Exact(1); }

/// For each possible outcome, what a case that has it can be like.
void AddCompletions(const CaseRun& run, const CaseRun::Decision& decision, const AnswerGroup& group, std::size_t indent,
                    std::vector<Line>& lines) {
  const Type& type = run.draft->decisions[decision.id].type;
  std::size_t width = 0;
  for (const auto& [value, completion] : group.completions)
    width = std::max(width, Columns(ValueToText(*run.draft->vocabulary, type, value)));
  for (const auto& [value, completion] : group.completions) {
    std::string text;
    std::vector<std::string> parts = lower::WitnessParts(*run.draft, completion);
    const std::size_t more = parts.size() - std::min(parts.size(), kMostParts);
    parts.resize(parts.size() - more);
    for (const std::string& part : parts) text += (text.empty() ? "" : "; ") + part;
    if (more > 0) text += fmt::format("; and {} more", more);
    lines.push_back({fmt::format("{}{}   for example {}", std::string(indent, ' '),
                                 Padded(ValueToText(*run.draft->vocabulary, type, value), width), text),
                     ""});
  }
}

void AddGrounds(const CaseRun& run, const CaseRun::Decision& decision, const AnswerGroup& group, std::size_t indent,
                std::vector<Line>& lines) {
  if (group.outcome.determined || group.outcome.error) return;
  AddCompletions(run, decision, group, indent, lines);
  AddSettledBy(run, group.outcome.missing, indent, lines);
}

void AddOneAnswer(const CaseRun& run, const CaseRun::Decision& decision, std::vector<Line>& lines) {
  const AnswerGroup& group = decision.groups.front();
  const std::string all =
      HasOneOptionSet(run) ? "" : fmt::format("under all {} option sets", run.option_sets.ToPlainText());
  lines.push_back({fmt::format("{}: {}", NameOf(run, decision), AnswerInFull(run, decision, group)),
                   WithTwoBlanks(CitesText(DecidingCites(run, group.outcome)), all), Ink::kStrong});
  AddGrounds(run, decision, group, 2, lines);
}

void AddSeveralAnswers(const CaseRun& run, const CaseRun::Decision& decision, std::vector<Line>& lines) {
  lines.push_back({NameOf(run, decision), "", Ink::kStrong});
  std::size_t width = 0;
  for (const AnswerGroup& group : decision.groups) width = std::max(width, Columns(AnswerInFull(run, decision, group)));
  for (const AnswerGroup& group : decision.groups) {
    const bool is_rest = &group == &decision.groups.back();
    lines.push_back({fmt::format("  {}   {}", Padded(AnswerInFull(run, decision, group), width),
                                 is_rest ? "elsewhere" : "where " + group.where),
                     CitesText(DecidingCites(run, group.outcome))});
    AddGrounds(run, decision, group, 4, lines);
  }
  lines.push_back({fmt::format("  ({} option sets)", run.option_sets.ToPlainText()), "", Ink::kFaint});
}

}  // namespace

std::string RunText(const CaseRun& run, const Style& style) {
  std::vector<Line> lines;
  std::vector<MissingFact> assumed;
  for (const CaseRun::Decision& decision : run.decisions) {
    if (decision.groups.size() == 1) {
      AddOneAnswer(run, decision, lines);
    } else {
      AddSeveralAnswers(run, decision, lines);
    }
    for (const AnswerGroup& group : decision.groups) AddEachOnce(assumed, group.outcome.assumed);
  }
  AddAssumed(run, assumed, lines);
  return Aligned(lines, style);
}

std::string ExplanationText(const CaseRun& run, const std::vector<ExplainedGroup>& groups, const Style& style) {
  std::string text;
  for (const ExplainedGroup& explained : groups) {
    std::vector<Line> lines;
    if (groups.size() > 1) {
      const bool is_one = explained.group.option_sets == Exact(1);
      lines.push_back({fmt::format("where {} ({} option set{})", explained.group.where,
                                   explained.group.option_sets.ToPlainText(), is_one ? "" : "s"),
                       "", Ink::kGood});
    }
    std::vector<MissingFact> assumed;
    for (std::size_t i = 0; i < run.decisions.size(); ++i) {
      AddExplanation(explained.decisions[i].explanation, 0, lines);
      AddGrounds(run, run.decisions[i], explained.decisions[i].answer, 2, lines);
      AddEachOnce(assumed, explained.decisions[i].answer.outcome.assumed);
    }
    AddAssumed(run, assumed, lines);
    text += (text.empty() ? "" : "\n") + Aligned(lines, style);
  }
  return text;
}

}  // namespace proviso::report
