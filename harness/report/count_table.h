// count_table.h: how many cases come to each outcome, in rows, and what the alternatives that rows name stand for.
#pragma once

#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "harness/report/style.h"

namespace proviso::report {

struct CountRow {
  std::string head;
  std::vector<std::size_t> counts;  // by column; empty: a heading
  bool is_strong = false;
};

/// The columns under their names, right of the heads; `title` stands above the heads.
[[nodiscard]] std::string CountTable(const std::string& title, const std::vector<std::string>& columns,
                                     const std::vector<CountRow>& rows, const Style& style);

/// `ai_compute: alt_1 = 10^24 flop, alt_2 = 10^25 flop`: one line for each open option that one of the conditions on
/// option sets speaks of. Empty where none does.
[[nodiscard]] std::string OptionLegend(const check::CheckedDraft& draft, const std::vector<std::string>& conditions);

}  // namespace proviso::report
