#include <fmt/core.h>

#include <algorithm>

#include "harness/report/run_report.h"

namespace proviso::report {
namespace {

using reference::Explanation;
using reference::MissingFact;
using reference::Outcome;

/// Citations and remarks stand beside the text at one column, unless the text itself is longer than this.
constexpr std::size_t kWidestText = 76;

/// One line of an answer: the text, and what stands beside it.
struct Line {
  std::string text;
  std::string beside;
  Ink ink = Ink::kPlain;
};

/// Each once: a term and what it stands for are often cited alike.
std::string CitesText(const std::vector<Citation>& cites) {
  std::string joined;
  for (auto cite = cites.begin(); cite != cites.end(); ++cite) {
    if (std::find(cites.begin(), cite, *cite) == cite) joined += (joined.empty() ? "" : ", ") + cite->text;
  }
  return joined;
}

std::string WithTwoBlanks(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "  " + second;
}

std::string Aligned(const std::vector<Line>& lines, const Style& style) {
  std::size_t column = 0;
  for (const Line& line : lines) {
    if (!line.beside.empty() && Columns(line.text) <= kWidestText) column = std::max(column, Columns(line.text));
  }
  std::string text;
  for (const Line& line : lines) {
    text += style.Paint(line.ink, line.text);
    if (!line.beside.empty()) {
      const std::size_t width = Columns(line.text);
      text.append(width < column ? column - width + 3 : 3, ' ');
      text += style.Paint(Ink::kFaint, line.beside);
    }
    text += '\n';
  }
  return text;
}

const std::string& NameOf(const CaseRun& run, std::size_t decision) {
  return run.draft->decisions[run.decisions[decision]].name;
}

const Outcome& OutcomeOf(const CaseRun& run, std::size_t decision, const AnswerGroup& group) {
  return run.outcomes[group.option_sets.front()][decision];
}

/// `prohibited`, or `undetermined, notifiable or prohibited`.
std::string AnswerInFull(const CaseRun& run, std::size_t decision, const Outcome& outcome) {
  std::string answer = AnswerText(run, decision, outcome);
  if (outcome.determined || outcome.error) return answer;
  const std::vector<std::string> possible = PossibleTexts(run, decision, outcome);
  return possible.empty() ? answer : answer + ", " + Joined(possible, "or");
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

/// The assumed values that some answer under these option sets rests on.
void AddAssumed(const CaseRun& run, const AnswerGroup& group, std::vector<Line>& lines) {
  std::vector<MissingFact> assumed;
  for (const std::size_t decision : run.shown) {
    for (const MissingFact& one : AssumedFacts(run, decision, group)) {
      if (std::find(assumed.begin(), assumed.end(), one) == assumed.end()) assumed.push_back(one);
    }
  }
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

/// All option sets that the run is about.
AnswerGroup Everything(const CaseRun& run) {
  AnswerGroup all;
  for (std::size_t set = 0; set < run.option_sets.size(); ++set) all.option_sets.push_back(set);
  return all;
}

void AddGrounds(const CaseRun& run, std::size_t decision, const AnswerGroup& group, std::size_t indent,
                std::vector<Line>& lines) {
  const Outcome& outcome = OutcomeOf(run, decision, group);
  if (!outcome.determined && !outcome.error) AddSettledBy(run, MissingFacts(run, decision, group), indent, lines);
}

std::string AllSetsRemark(const CaseRun& run) {
  return run.option_sets.size() == 1 ? "" : fmt::format("under all {} option sets", run.option_sets.size());
}

void AddOneAnswer(const CaseRun& run, std::size_t decision, const AnswerGroup& group, std::vector<Line>& lines) {
  const Outcome& outcome = OutcomeOf(run, decision, group);
  lines.push_back({fmt::format("{}: {}", NameOf(run, decision), AnswerInFull(run, decision, outcome)),
                   WithTwoBlanks(CitesText(DecidingCites(run, decision, group)), AllSetsRemark(run)), Ink::kStrong});
  AddGrounds(run, decision, group, 2, lines);
}

void AddSeveralAnswers(const CaseRun& run, std::size_t decision, const std::vector<AnswerGroup>& groups,
                       std::vector<Line>& lines) {
  lines.push_back({NameOf(run, decision), "", Ink::kStrong});
  std::size_t width = 0;
  for (const AnswerGroup& group : groups) {
    width = std::max(width, Columns(AnswerInFull(run, decision, OutcomeOf(run, decision, group))));
  }
  for (const AnswerGroup& group : groups) {
    const bool is_rest = groups.size() > 1 && &group == &groups.back();
    lines.push_back(
        {fmt::format("  {}   {}", Padded(AnswerInFull(run, decision, OutcomeOf(run, decision, group)), width),
                     is_rest ? "elsewhere" : "where " + group.where),
         CitesText(DecidingCites(run, decision, group))});
    AddGrounds(run, decision, group, 4, lines);
  }
  lines.push_back({fmt::format("  ({} option sets)", run.option_sets.size()), "", Ink::kFaint});
}

bool IsRule(Explanation::Kind kind) {
  return kind == Explanation::Kind::kRule || kind == Explanation::Kind::kException;
}

void AddExplanation(const Explanation& explanation, std::size_t depth, std::vector<Line>& lines) {
  const char* const between = explanation.answer.empty() ? "" : IsRule(explanation.kind) ? " " : ": ";
  lines.push_back({fmt::format("{}{}{}{}", std::string(2 * depth, ' '), explanation.text, between, explanation.answer),
                   WithTwoBlanks(CitesText(explanation.cites), explanation.remark),
                   depth == 0 ? Ink::kStrong : Ink::kPlain});
  for (const Explanation& part : explanation.parts) AddExplanation(part, depth + 1, lines);
}

}  // namespace

std::string RunText(const CaseRun& run, const Style& style) {
  std::vector<Line> lines;
  for (const std::size_t decision : run.shown) {
    const std::vector<AnswerGroup> groups = GroupsOfDecision(run, decision);
    if (groups.size() == 1) {
      AddOneAnswer(run, decision, groups.front(), lines);
    } else {
      AddSeveralAnswers(run, decision, groups, lines);
    }
  }
  AddAssumed(run, Everything(run), lines);
  return Aligned(lines, style);
}

std::string ExplanationText(const CaseRun& run, const std::vector<ExplainedGroup>& groups, const Style& style) {
  std::string text;
  for (const ExplainedGroup& explained : groups) {
    std::vector<Line> lines;
    if (groups.size() > 1) {
      const std::size_t count = explained.group.option_sets.size();
      lines.push_back(
          {fmt::format("where {} ({})", explained.group.where, Counted(count, "option set")), "", Ink::kGood});
    }
    for (const std::size_t decision : run.shown) {
      AddExplanation(explained.explanations[decision], 0, lines);
      AddGrounds(run, decision, explained.group, 2, lines);
    }
    AddAssumed(run, explained.group, lines);
    text += (text.empty() ? "" : "\n") + Aligned(lines, style);
  }
  return text;
}

}  // namespace proviso::report
