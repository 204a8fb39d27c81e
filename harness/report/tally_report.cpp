#include "harness/report/tally_report.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/reference/option_sets.h"
#include "harness/report/count_table.h"
#include "harness/report/json.h"

namespace proviso::report {
namespace {

using test::DraftTally;
using test::Tally;

/// Option sets of one draft with equal counts.
struct Row {
  std::string where;  // empty where these are all of them
  std::size_t option_sets = 0;
  std::vector<std::size_t> counts;
};

/// Rows with most in the first columns come first.
std::vector<Row> RowsOf(const DraftTally& tally) {
  std::vector<std::vector<std::size_t>> kinds = tally.counts;
  std::sort(kinds.rbegin(), kinds.rend());
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  std::vector<Row> rows;
  for (const std::vector<std::size_t>& counts : kinds) {
    std::vector<check::OptionSet> some;
    for (std::size_t set = 0; set < tally.counts.size(); ++set) {
      if (tally.counts[set] == counts) some.push_back(tally.draft->option_sets[set]);
    }
    rows.push_back(
        {reference::DescribeOptionSets(*tally.draft->draft, tally.draft->option_sets, some), some.size(), counts});
  }
  return rows;
}

std::vector<CountRow> TableOf(const Tally& tally) {
  std::vector<CountRow> table;
  for (const DraftTally& draft : tally.drafts) {
    const std::vector<Row> rows = RowsOf(draft);
    const std::string name = draft.draft->draft->name;
    const std::size_t sets = draft.draft->option_sets.size();
    const std::string scope = sets == 1 ? "" : fmt::format(" ({} option sets)", sets);
    if (rows.size() == 1) {
      table.push_back({name + scope, rows.front().counts, true});
      continue;
    }
    table.push_back({name + scope, {}, true});
    for (const Row& row : rows) table.push_back({"  " + row.where, row.counts, false});
  }
  return table;
}

std::vector<std::string> ConditionsOf(const DraftTally& tally) {
  std::vector<std::string> conditions;
  for (const Row& row : RowsOf(tally)) conditions.push_back(row.where);
  return conditions;
}

void WriteRow(llvm::json::OStream& json, const Tally& tally, const Row& row) {
  json.object([&] {
    WriteText(json, "where", row.where);
    json.attribute("option_sets", static_cast<std::int64_t>(row.option_sets));
    json.attributeObject("counts", [&] {
      for (std::size_t c = 0; c < row.counts.size(); ++c) {
        json.attribute(tally.columns[c], static_cast<std::int64_t>(row.counts[c]));
      }
    });
  });
}

void WriteDraft(llvm::json::OStream& json, const Tally& tally, const DraftTally& draft) {
  json.object([&] {
    WriteText(json, "draft", draft.draft->draft->name);
    json.attributeArray("rows", [&] {
      for (const Row& row : RowsOf(draft)) WriteRow(json, tally, row);
    });
  });
}

}  // namespace

std::string TallyText(const Tally& tally, const Style& style) {
  const std::string title = fmt::format("{} of {}", tally.decision, Counted(tally.scenarios, "scenario"));
  std::string text = CountTable(title, tally.columns, TableOf(tally), style);
  for (const DraftTally& draft : tally.drafts) {
    const std::string legend = OptionLegend(*draft.draft->draft, ConditionsOf(draft));
    if (!legend.empty()) text += fmt::format("where in {}\n{}", draft.draft->draft->name, legend);
  }
  return text;
}

std::string TallyJson(const Tally& tally, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "decision", tally.decision);
      json.attribute("scenarios", static_cast<std::int64_t>(tally.scenarios));
      json.attributeArray("drafts", [&] {
        for (const DraftTally& draft : tally.drafts) WriteDraft(json, tally, draft);
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
