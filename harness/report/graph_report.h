// graph_report.h: the decision graph of a draft as figures, JSON, and a drawing in Graphviz's language.
#pragma once

#include <string>
#include <vector>

#include "compiler/lower/lower.h"
#include "harness/report/style.h"

namespace proviso::report {

/// A draft's graphs, for showing.
struct GraphView {
  lower::Lowered* lowered = nullptr;
  std::vector<lower::LoweredDecision> decisions;  // those shown
  evaluate::NodeId option_sets;                   // those shown: a condition on options
  double milliseconds = 0;                        // building took so long
};

/// Nodes, depth, time and bytes; nodes by fact; what is not settled and why; and for each decision how many cases come
/// to each outcome, under each option set.
[[nodiscard]] std::string GraphStatsText(const GraphView& view, const Style& style);

/// The same with all nodes and edges: see README.md.
[[nodiscard]] std::string GraphJson(const GraphView& view, const std::string& diagnostics);

/// One drawing of all decisions shown. Of more than `kMaxDrawn` nodes, one box a fact instead.
[[nodiscard]] std::string GraphDot(const GraphView& view);
inline constexpr std::size_t kMaxDrawn = 300;

}  // namespace proviso::report
