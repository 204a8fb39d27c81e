// parse_fuzz.cpp: any bytes at all → the parser. It must end, and give a tree exactly where it reports nothing.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  proviso::source::SourceFiles files;
  const proviso::FileId file = files.Add("fuzzed.pvo", std::string(reinterpret_cast<const char*>(data), size));
  proviso::diagnostics::DiagnosticSink sink;
  const bool has_tree = proviso::syntax::Parse(files, file, sink).has_value();
  if (has_tree == sink.HasErrors()) std::abort();
  for (const proviso::diagnostics::Diagnostic& diagnostic : sink.Sorted())
    if (diagnostic.span.begin > diagnostic.span.end || diagnostic.span.end > size) std::abort();
  return 0;
}
