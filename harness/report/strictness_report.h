// strictness_report.h: the option sets of a draft against each other, for people, spreadsheets, programs (JSON:
// README.md) and as a drawing.
#pragma once

#include <string>
#include <vector>

#include "harness/report/style.h"
#include "harness/sweep/strictness.h"

namespace proviso::report {

/// The decisions of one draft.
struct StrictnessRun {
  const load::LoadedDraft* draft = nullptr;
  std::vector<sweep::Strictness> decisions;
};

/// Each option by itself, and the classes with what they are stricter than; of classes at most `limit`.
[[nodiscard]] std::string StrictnessText(const StrictnessRun& run, std::size_t limit, const Style& style);
[[nodiscard]] std::string StrictnessJson(const StrictnessRun& run, const std::string& diagnostics);
/// Of the one decision, how each class stands to each.
[[nodiscard]] std::string StrictnessCsv(const StrictnessRun& run);
/// Of the one decision, a Hasse diagram in Graphviz's language: the stricter above, joined where nothing is between.
[[nodiscard]] std::string StrictnessDot(const StrictnessRun& run);

}  // namespace proviso::report
