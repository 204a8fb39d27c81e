// case_json.h: a case for programs, as a suite states it.
#pragma once

#include "llvm/Support/JSON.h"
#include "runtime/base/case.h"

namespace proviso::report {

/// The attribute `case`: an object from fact paths to values, every known fact of the case.
void WriteCase(llvm::json::OStream& json, const Vocabulary& words, const Case& facts);

}  // namespace proviso::report
