// cover_report.h: what suites exercise of drafts, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source_files.h"
#include "harness/cover/cover.h"
#include "harness/report/redundant_report.h"
#include "harness/report/style.h"
#include "llvm/Support/JSON.h"

namespace proviso::report {

/// In tenths of a percent, rounded down: 1000 is all.
[[nodiscard]] std::size_t PerMille(const cover::DraftCoverage::Share& share);

/// `12.3 %`.
[[nodiscard]] std::string PercentText(std::size_t per_mille);

/// `; 3 more are impossible (proved), 1 is not settled`; may be empty.
[[nodiscard]] std::string AskedText(const cover::DraftCoverage::Share& share);

/// `seen`, `all`, `impossible`, `not_settled`.
void WriteShare(llvm::json::OStream& json, const cover::DraftCoverage::Share& share);

/// For each draft the shares of each kind, then what was not exercised, by paragraph, those with the most first.
[[nodiscard]] std::string CoverText(const std::vector<cover::DraftCoverage>& drafts, const source::SourceFiles& files,
                                    const Style& style);

/// `redundancy` may be none; `diagnostics` is a JSON array.
[[nodiscard]] std::string CoverJson(const std::vector<cover::DraftCoverage>& drafts, const Redundancy* redundancy,
                                    const source::SourceFiles& files, const std::string& diagnostics);

/// The attributes of one draft in it.
void WriteCoverage(llvm::json::OStream& json, const cover::DraftCoverage& coverage, const source::SourceFiles& files);

/// A trace file as lcov has it (man geninfo): a test a draft, a function a rule, a branch an aspect.
[[nodiscard]] std::string CoverLcov(const std::vector<cover::DraftCoverage>& drafts, const source::SourceFiles& files);

/// One page by itself: the drafts' text, each line marked, with what is missing below it.
[[nodiscard]] std::string CoverHtml(const std::vector<cover::DraftCoverage>& drafts, const source::SourceFiles& files);

/// `threshold`, as JSON and text have it.
[[nodiscard]] const char* KindName(cover::Kind kind);

/// `never at, above`; empty where all was seen.
[[nodiscard]] std::string MissingText(const cover::Item& item);

}  // namespace proviso::report
