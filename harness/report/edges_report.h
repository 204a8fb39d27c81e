// edges_report.h: which edges of decision graphs are taken, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>

#include "harness/cover/cover.h"
#include "harness/report/style.h"
#include "llvm/Support/JSON.h"

namespace proviso::report {

/// `visitors: from 501 to 1000`: what the edge's test asks, and the answer.
[[nodiscard]] std::string EdgeText(const cover::DecisionEdges& edges, const cover::GraphEdge& edge);

/// For each decision the answers that are not taken at some test, those missing at the most first; empty where all are.
[[nodiscard]] std::string EdgesText(const cover::DraftCoverage& coverage, const Style& style);

/// The attribute `edges`: by decision and answer.
void WriteEdges(llvm::json::OStream& json, const cover::DraftCoverage& coverage);

}  // namespace proviso::report
