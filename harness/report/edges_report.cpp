#include "harness/report/edges_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "harness/report/json.h"
#include "harness/report/space_text.h"

namespace proviso::report {
namespace {

using cover::DecisionEdges;
using cover::Feasibility;
using cover::GraphEdge;

/// One answer, at all tests that have it.
struct Answer {
  std::string text;
  std::size_t tests = 0;
  std::size_t taken = 0;
  std::size_t impossible = 0;   // proved
  std::size_t not_settled = 0;  // of those that were asked
  [[nodiscard]] std::size_t Missing() const { return tests - taken - impossible; }
};

/// In the order of the graph.
std::vector<Answer> AnswersOf(const DecisionEdges& edges) {
  std::vector<Answer> answers;
  std::map<std::tuple<evaluate::VariableId, std::size_t, std::size_t>, std::size_t> index;
  for (const GraphEdge& edge : edges.Edges()) {
    const auto [at, is_new] = index.try_emplace({edges.VariableOf(edge), edge.first, edge.last}, answers.size());
    if (is_new) answers.push_back({.text = EdgeText(edges, edge)});
    Answer& answer = answers[at->second];
    ++answer.tests;
    answer.taken += edge.count > 0 ? 1 : 0;
    answer.impossible += edge.feasibility == Feasibility::kImpossible ? 1 : 0;
    answer.not_settled += edge.feasibility == Feasibility::kNotSettled ? 1 : 0;
  }
  return answers;
}

const std::string& NameOf(const cover::DraftCoverage& coverage, const DecisionEdges& edges) {
  return coverage.draft->draft->decisions[edges.Decision()].name;
}

std::string AnswerText(const Answer& answer) {
  std::string text =
      answer.tests == 1 ? "never taken" : fmt::format("not taken at {} of {} tests", answer.Missing(), answer.tests);
  if (answer.not_settled > 0) text += fmt::format(" ({} not settled)", answer.not_settled);
  return text;
}

}  // namespace

std::string EdgeText(const DecisionEdges& edges, const GraphEdge& edge) {
  const evaluate::VariableId variable = edges.VariableOf(edge);
  return fmt::format("{}: {}", VariableText(edges.InSpace(), variable),
                     CellsText(edges.InSpace(), variable, edge.first, edge.last));
}

std::string EdgesText(const cover::DraftCoverage& coverage, const Style& style) {
  constexpr std::size_t kShown = 20;
  std::string text;
  for (const auto& edges : coverage.edges) {
    const std::string head = "\n  " + style.Paint(Ink::kStrong, "edges of " + NameOf(coverage, *edges));
    if (edges->IsTooLarge()) {
      text += head + ": its graph is too large\n";
      continue;
    }
    std::vector<Answer> answers = AnswersOf(*edges);
    std::erase_if(answers, [](const Answer& answer) { return answer.Missing() == 0; });
    if (answers.empty()) continue;
    std::ranges::stable_sort(answers, std::greater(), &Answer::Missing);
    cover::DraftCoverage::Share share;
    share.Add(*edges);
    text += fmt::format("{}   {} of {}\n", head, share.seen, share.all);
    for (std::size_t i = 0; i < std::min(answers.size(), kShown); ++i)
      text += fmt::format("    {}: {}\n", answers[i].text, style.Paint(Ink::kBad, AnswerText(answers[i])));
    if (answers.size() > kShown) text += fmt::format("    and {} more\n", Counted(answers.size() - kShown, "answer"));
  }
  return text;
}

void WriteEdges(llvm::json::OStream& json, const cover::DraftCoverage& coverage) {
  json.attributeArray("edges", [&] {
    for (const auto& edges : coverage.edges) {
      json.object([&] {
        WriteText(json, "decision", NameOf(coverage, *edges));
        json.attribute("too_large", edges->IsTooLarge());
        json.attributeArray("answers", [&] {
          for (const Answer& answer : AnswersOf(*edges)) {
            json.object([&] {
              WriteText(json, "answer", answer.text);
              json.attribute("tests", static_cast<std::int64_t>(answer.tests));
              json.attribute("taken", static_cast<std::int64_t>(answer.taken));
              json.attribute("impossible", static_cast<std::int64_t>(answer.impossible));
              json.attribute("not_settled", static_cast<std::int64_t>(answer.not_settled));
            });
          }
        });
      });
    }
  });
}

}  // namespace proviso::report
