#include "harness/report/tally_report.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/format/format.h"
#include "compiler/reference/option_sets.h"
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

struct TableRow {
  std::string head;
  std::vector<std::size_t> counts;  // empty: a heading
  bool is_draft = false;
};

std::vector<TableRow> TableOf(const Tally& tally) {
  std::vector<TableRow> table;
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

/// Whether `where`, a condition on option sets in words, speaks of the option.
bool Names(const std::string& where, const std::string& option) {
  const std::string text = " " + where;
  return text.find(fmt::format(" {} is ", option)) != std::string::npos;
}

/// `ai_compute    alt_1 = 10^24 flop, alt_2 = 10^25 flop`: one line for each open option that a row names.
std::string LegendOf(const DraftTally& tally) {
  const check::CheckedDraft& draft = *tally.draft->draft;
  const std::vector<Row> rows = RowsOf(tally);
  std::string legend;
  for (const check::Option& option : draft.options) {
    const bool is_named =
        std::any_of(rows.begin(), rows.end(), [&](const Row& row) { return Names(row.where, option.name); });
    if (!is_named || option.settled) continue;
    std::string alternatives;
    for (const check::Alternative& alternative : option.alternatives) {
      const std::string value = format::ExprToText(draft.text->tree, draft[alternative.value].text);
      alternatives += fmt::format("{}{} = {}", alternatives.empty() ? "" : ", ", alternative.name, value);
    }
    legend += fmt::format("  {}: {}\n", option.name, alternatives);
  }
  return legend;
}

std::string HeaderLine(const Tally& tally, std::size_t head_width, const Style& style) {
  std::string line = Padded(fmt::format("{} of {}", tally.decision, Counted(tally.scenarios, "scenario")), head_width);
  for (const std::string& column : tally.columns) line += "   " + column;
  return style.Paint(Ink::kStrong, line) + "\n";
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
  const std::vector<TableRow> table = TableOf(tally);
  std::size_t head_width = Columns(fmt::format("{} of {}", tally.decision, Counted(tally.scenarios, "scenario")));
  for (const TableRow& row : table) head_width = std::max(head_width, Columns(row.head));
  std::string text = HeaderLine(tally, head_width, style);
  for (const TableRow& row : table) {
    std::string line = row.counts.empty() ? row.head : Padded(row.head, head_width);
    for (std::size_t c = 0; c < row.counts.size(); ++c) {
      line += "   " + PaddedLeft(std::to_string(row.counts[c]), Columns(tally.columns[c]));
    }
    text += style.Paint(row.is_draft ? Ink::kStrong : Ink::kPlain, line) + "\n";
  }
  for (const DraftTally& draft : tally.drafts) {
    const std::string legend = LegendOf(draft);
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
