// generate_report.h: what was made for a criterion, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source_files.h"
#include "harness/generate/edges.h"
#include "harness/generate/generate.h"
#include "harness/generate/options.h"
#include "harness/report/style.h"

namespace proviso::report {

/// How many cases there are, what they add to the coverage, and what is still missing.
[[nodiscard]] std::string GenerateText(const generate::Generated& generated, const source::SourceFiles& files,
                                       const Style& style);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string GenerateJson(const generate::Generated& generated, const source::SourceFiles& files,
                                       const std::string& diagnostics);

/// With names that say which edge, and a few words of it: `permit, visitors: from 501`.
[[nodiscard]] std::vector<generate::NewCase> CasesOf(const generate::EdgesGenerated& generated);
[[nodiscard]] std::string EdgesGeneratedText(const generate::EdgesGenerated& generated, const Style& style);
[[nodiscard]] std::string EdgesGeneratedJson(const generate::EdgesGenerated& generated,
                                             const source::SourceFiles& files, const std::string& diagnostics);

[[nodiscard]] std::vector<generate::NewCase> CasesOf(const load::LoadedDraft& draft,
                                                     const generate::OptionsGenerated& generated);
/// By decision how many pairs of option sets are told apart, and which are proved to be the same in every case.
[[nodiscard]] std::string OptionsGeneratedText(const load::LoadedDraft& draft,
                                               const generate::OptionsGenerated& generated, const Style& style);
[[nodiscard]] std::string OptionsGeneratedJson(const load::LoadedDraft& draft,
                                               const generate::OptionsGenerated& generated,
                                               const std::string& diagnostics);

}  // namespace proviso::report
