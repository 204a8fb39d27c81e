// The sweep over cases for programs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/json.h"
#include "harness/report/sweep_report.h"
#include "harness/report/sweep_words.h"
#include "harness/scenario/csv.h"
#include "harness/test/compare.h"

namespace proviso::report {
namespace {

using sweep::Flip;
using sweep::OverCases;
using sweep::SweptCase;
using sweep::SweptDecision;

void WriteFlips(llvm::json::OStream& json, const OverCases& over, const SweptDecision& swept, const SweptCase& one) {
  const check::CheckedDraft& draft = *over.draft->draft;
  json.attributeArray("break_even", [&] {
    for (std::size_t i = 0; i < over.options.size(); ++i) {
      json.object([&] {
        WriteText(json, "option", draft.options[over.options[i].Option()].name);
        json.attribute("settled", one.break_even[i].is_settled);
        json.attributeArray("flips", [&] {
          for (const Flip& flip : one.break_even[i].flips) {
            const Type& type = over.options[i].EdgeType();
            json.object([&] {
              WriteText(json, "value", ValueToText(*draft.vocabulary, type, flip.edge));
              json.attribute("value_belongs_below", flip.is_after);
              WriteText(json, "below", test::OutcomeText(draft, swept.decision, flip.below));
              WriteText(json, "above", test::OutcomeText(draft, swept.decision, flip.above));
              WriteText(json, "where", lower::DescribeProducts(draft, flip.where));
            });
          }
        });
      });
    }
  });
}

void WriteGroup(llvm::json::OStream& json, const OverCases& over, const SweptDecision& swept, std::size_t number) {
  const sweep::Group& group = swept.groups[number];
  json.object([&] {
    WriteText(json, "group", GroupName(number));
    WriteText(json, "where", GroupText(*over.draft, group));
    json.attribute("option_sets", static_cast<std::int64_t>(group.option_sets.size()));
    json.attributeObject("counts", [&] {
      for (std::size_t i = 0; i < group.counts.size(); ++i)
        json.attribute(swept.columns[i], static_cast<std::int64_t>(group.counts[i]));
    });
  });
}

void WriteCaseOf(llvm::json::OStream& json, const OverCases& over, const SweptDecision& swept, std::size_t number) {
  const SweptCase& one = swept.cases[number];
  json.object([&] {
    WriteText(json, "suite", one.suite->path);
    WriteText(json, "scenario", one.scenario->name);
    json.attribute("changes", number < swept.changed);
    json.attributeObject("outcomes", [&] {
      for (std::size_t i = 0; i < one.outcomes.size(); ++i) WriteText(json, GroupName(i), one.outcomes[i]);
    });
    json.attributeArray("changed_by", [&] {
      for (const check::OptionId option : one.changed_by) json.value(over.draft->draft->options[option].name);
    });
    WriteFlips(json, over, swept, one);
  });
}

std::string FlipsCell(const OverCases& over, const SweptDecision& swept, const SweptCase& one, std::size_t option) {
  std::vector<std::string> texts;
  for (const Flip& flip : one.break_even[option].flips) {
    const FlipText text = TextOf(over, swept.decision, over.options[option], flip);
    texts.push_back(fmt::format("{} {}{}", text.change, text.values, text.where.empty() ? "" : " where " + text.where));
  }
  if (!one.break_even[option].is_settled) texts.emplace_back("not settled");
  return fmt::format("{}", fmt::join(texts, "; "));
}

std::string CsvLine(const std::vector<std::string>& cells) {
  std::vector<std::string> texts;
  for (const std::string& cell : cells) texts.push_back(scenario::CsvCellText(cell));
  return fmt::format("{}\n", fmt::join(texts, ","));
}

}  // namespace

std::string OverCasesJson(const OverCases& over, const std::string& diagnostics) {
  const check::CheckedDraft& draft = *over.draft->draft;
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", draft.name);
      json.attribute("option_sets", static_cast<std::int64_t>(over.draft->option_sets.size()));
      json.attributeArray("decisions", [&] {
        for (const SweptDecision& swept : over.decisions) {
          json.object([&] {
            WriteText(json, "decision", draft.decisions[swept.decision].name);
            json.attributeArray("groups", [&] {
              for (std::size_t i = 0; i < swept.groups.size(); ++i) WriteGroup(json, over, swept, i);
            });
            json.attributeArray("cases", [&] {
              for (std::size_t i = 0; i < swept.cases.size(); ++i) WriteCaseOf(json, over, swept, i);
            });
          });
        }
      });
      json.attributeArray("not_asked", [&] {
        for (const check::OptionId id : over.not_asked) json.value(draft.options[id].name);
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

std::string OverCasesCsv(const OverCases& over) {
  const check::CheckedDraft& draft = *over.draft->draft;
  const SweptDecision& swept = over.decisions.front();
  std::vector<std::string> header = {"suite", "case", "changes"};
  for (const sweep::Group& group : swept.groups) {
    const std::string where = GroupText(*over.draft, group);
    header.push_back(where.empty() ? draft.decisions[swept.decision].name : where);
  }
  for (const sweep::OptionValues& option : over.options)
    header.push_back("break-even of " + draft.options[option.Option()].name);
  std::string text = CsvLine(header);
  for (std::size_t i = 0; i < swept.cases.size(); ++i) {
    const SweptCase& one = swept.cases[i];
    std::vector<std::string> cells = {one.suite->path, one.scenario->name, i < swept.changed ? "yes" : "no"};
    cells.insert(cells.end(), one.outcomes.begin(), one.outcomes.end());
    for (std::size_t option = 0; option < over.options.size(); ++option)
      cells.push_back(FlipsCell(over, swept, one, option));
    text += CsvLine(cells);
  }
  return text;
}

}  // namespace proviso::report
