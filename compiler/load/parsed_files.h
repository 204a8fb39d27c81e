// parsed_files.h: drafts and vocabularies, read and parsed, each once.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::load {

/// The same for all paths to a file.
[[nodiscard]] std::string KeyOf(const std::string& path);

/// Where the file is that another one uses.
[[nodiscard]] std::string UsedPath(const std::string& user, const std::string& use);

struct ParsedFile {
  FileId id;
  std::optional<source::ReadFailure> failure;
  std::optional<syntax::SyntaxTree> tree;  // nothing where the file could not be read or has syntax errors
  diagnostics::DiagnosticSink syntax_errors;
};

/// Files that may be asked for soon are parsed with the one that is asked for, by all processors.
class ParsedFiles {
 public:
  /// `files` must outlive this; all that is read is added to it.
  explicit ParsedFiles(source::SourceFiles& files) : files_(files) {}

  /// The file at `path`, which is handed out once.
  [[nodiscard]] ParsedFile Take(const std::string& path);

 private:
  void ReadWithUses(const std::string& path, std::vector<ParsedFile*>& read);
  void Parse(std::vector<ParsedFile*> read) const;

  source::SourceFiles& files_;
  std::map<std::string, ParsedFile> parsed_;  // by key
};

}  // namespace proviso::load
