#include "harness/report/bless_report.h"

#include <fmt/core.h>

#include <algorithm>

namespace proviso::report {

std::string ChangeText(const bless::Change& change, const source::SourceFiles& files, const Style& style) {
  const std::uint32_t line = files.Locate(change.span.file, change.span.begin).line;
  std::string text = fmt::format("{}:{}  {}\n  {}\n", files[change.span.file].path, line,
                                 style.Paint(Ink::kStrong, change.scenario), change.draft);
  std::size_t what = 0;
  std::size_t before = 0;
  std::size_t now = 0;
  for (const bless::Replaced& one : change.replaced) {
    what = std::max(what, Columns(one.what));
    before = std::max(before, Columns(one.before));
    now = std::max(now, Columns(one.now));
  }
  for (const bless::Replaced& one : change.replaced) {
    text += fmt::format("    {}   {} → {}", Padded(one.what, what), style.Paint(Ink::kBad, Padded(one.before, before)),
                        style.Paint(Ink::kGood, one.where.empty() ? one.now : Padded(one.now, now)));
    text += one.where.empty() ? "\n" : "   where " + one.where + "\n";
  }
  if (!change.refusal.empty()) text += "    to be changed by hand: " + change.refusal + "\n";
  return text;
}

}  // namespace proviso::report
