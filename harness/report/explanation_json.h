// explanation_json.h: an explanation for programs.
#pragma once

#include "compiler/reference/evaluate.h"
#include "compiler/source/source_files.h"
#include "harness/report/json.h"

namespace proviso::report {

/// An object of `kind`, `text`, `answer`, `remark`, `cites`, its place, and `parts` of the same form.
void WriteExplanation(llvm::json::OStream& json, const reference::Explanation& explanation,
                      const source::SourceFiles& files);

}  // namespace proviso::report
