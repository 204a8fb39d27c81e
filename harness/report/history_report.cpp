#include "harness/report/history_report.h"

#include <fmt/core.h>

#include "harness/report/json.h"

namespace proviso::report {

std::string HistoryText(const history::Run& before, const history::Comparison& comparison, const Style& style) {
  std::string text;
  for (const history::Change& change : comparison.changes) {
    text += fmt::format("{} {}   {} → {}   in {}\n", style.Paint(Ink::kStrong, change.draft), change.decision,
                        style.Paint(Ink::kBad, change.before), style.Paint(Ink::kGood, change.now),
                        Counted(change.places.size(), "scenario"));
    for (const history::Place& place : change.places) text += fmt::format("  {}  {}\n", place.suite, place.scenario);
    text += "\n";
  }
  if (comparison.edited.empty()) {
    text += fmt::format("no draft's text has changed since {}\n", before.time);
  } else {
    text += fmt::format("since {} the text of {} has changed\n", before.time, Joined(comparison.edited, "and"));
  }
  std::size_t changed = 0;
  for (const history::Change& change : comparison.changes) changed += change.option_sets;
  text += fmt::format("{} changed, {} the same, {} new, {} gone\n", Counted(changed, "outcome"), comparison.same,
                      comparison.added, comparison.gone);
  return text;
}

std::string HistoryJson(const history::Run& before, const history::Comparison& comparison,
                        const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "since", before.time);
      WriteTexts(json, "edited", comparison.edited);
      json.attributeArray("changes", [&] {
        for (const history::Change& change : comparison.changes) {
          json.object([&] {
            WriteText(json, "draft", change.draft);
            WriteText(json, "decision", change.decision);
            WriteText(json, "before", change.before);
            WriteText(json, "now", change.now);
            json.attribute("outcomes", static_cast<std::int64_t>(change.option_sets));
            json.attributeArray("scenarios", [&] {
              for (const history::Place& place : change.places) {
                json.object([&] {
                  WriteText(json, "suite", place.suite);
                  WriteText(json, "scenario", place.scenario);
                });
              }
            });
          });
        }
      });
      json.attribute("same", static_cast<std::int64_t>(comparison.same));
      json.attribute("new", static_cast<std::int64_t>(comparison.added));
      json.attribute("gone", static_cast<std::int64_t>(comparison.gone));
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
