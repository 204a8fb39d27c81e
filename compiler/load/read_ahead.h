// read_ahead.h: a file and all that it uses, read and parsed on all processors at once: parsing is half of what a short
// command takes.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::load {

/// One file, read and parsed.
struct ParsedFile {
  std::string path;  // as it is used from
  FileId id;
  std::optional<source::ReadFailure> failure;
  std::optional<syntax::SyntaxTree> tree;  // nothing where the file could not be read or has syntax errors
  diagnostics::DiagnosticSink said;        // by the parser
};

/// The path as the file at `from` means it.
[[nodiscard]] std::string PathFrom(const std::string& from, const std::string& used);

/// The file and what its first lines say it uses, and theirs, each once, in the order in which they are used; without
/// those that are known.
[[nodiscard]] std::vector<ParsedFile> ReadAhead(source::SourceFiles& files, const std::string& path,
                                                llvm::function_ref<bool(const std::string& path)> is_known);

}  // namespace proviso::load
