// parse_fuzz.cpp: any bytes at all → the parser. It must end, and give a tree exactly where it reports nothing. A
// glance at the text finds the first of the uses that the tree has, or all.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  proviso::source::SourceFiles files;
  const proviso::FileId file = files.Add("fuzzed.pvo", std::string(reinterpret_cast<const char*>(data), size));
  proviso::diagnostics::DiagnosticSink sink;
  const auto tree = proviso::syntax::Parse(files, file, sink);
  if (tree.has_value() == sink.HasErrors()) std::abort();
  const std::vector<std::string> glance = proviso::syntax::GlanceAtUses(files[file].text);
  for (std::size_t i = 0; tree && i < glance.size(); ++i)
    if (i >= tree->uses.size() || glance[i] != tree->uses[i].path.text) std::abort();
  for (const proviso::diagnostics::Diagnostic& diagnostic : sink.Sorted())
    if (diagnostic.span.begin > diagnostic.span.end || diagnostic.span.end > size) std::abort();
  return 0;
}
