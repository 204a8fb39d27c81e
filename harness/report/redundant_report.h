// redundant_report.h: what suites could do without, for people and for programs (JSON shape: README.md).
#pragma once

#include <string>

#include "compiler/source/source_files.h"
#include "harness/cover/redundant.h"
#include "harness/report/style.h"
#include "llvm/Support/JSON.h"

namespace proviso::report {

struct Redundancy {
  cover::Redundant redundant;
  cover::Unread unread;
  bool are_slips_noticed = false;  // without what is redundant too (`mutate`)
};

/// Which scenarios, with what was compared, and which facts, a line each; below another report.
[[nodiscard]] std::string RedundantText(const Redundancy& redundancy, const source::SourceFiles& files,
                                        const Style& style);

/// The attribute `redundant`.
void WriteRedundant(llvm::json::OStream& json, const Redundancy& redundancy, const source::SourceFiles& files);

}  // namespace proviso::report
