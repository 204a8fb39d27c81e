// workspace.h: files and what they use → checked drafts, each file read and checked once.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/reference/option_sets.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::load {

/// A checked draft and all its valid option sets.
struct LoadedDraft {
  std::shared_ptr<const check::CheckedDraft> draft;
  std::vector<check::OptionSet> option_sets;
  const LoadedDraft* amends = nullptr;  // the draft this one amends, if any
};

/// The drafts and vocabularies of one run. All problems go to `Diagnostics()`; what could not be loaded is nothing.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  /// The syntax tree of one file, nothing where it has errors. Read once.
  const syntax::SyntaxTree* Tree(const std::string& path);

  /// The draft in the file, with the drafts it amends and its vocabulary. A vocabulary file here is an error
  /// only for `Draft`: `Check` accepts both. `named_at`: where a suite names the file, for complaints about it.
  const LoadedDraft* Draft(const std::string& path, const Span& named_at = {});

  /// The draft in the file with one property more, said as a drafter would (`never (a and b)`); nothing where that is
  /// wrong. `path` has been loaded without errors.
  const LoadedDraft* DraftWithProperty(const std::string& path, const std::string& property);

  /// One of this workspace's drafts without some of its amendments, those of the drafts that it amends included, and
  /// without properties, named option sets, waivers and transforms; null where it does not compile so, which is not
  /// reported.
  std::shared_ptr<const check::CheckedDraft> DraftWithout(const LoadedDraft& draft,
                                                          const std::set<syntax::AmendmentId>& left_out);

  /// What the second draft says, as an amendment of the first (amend::Align). Both have been loaded without errors.
  /// Null where that does not compile, which is not reported.
  const LoadedDraft* DraftAligned(const std::string& first, const std::string& second);

  /// The draft of that name among those that the file uses, to be compared with. `path` has been loaded without errors.
  const LoadedDraft* UsedDraft(const std::string& path, const std::string& name);

  /// The vocabulary in the file, or that of the draft in it.
  std::shared_ptr<const Vocabulary> VocabularyOf(const std::string& path);

  /// Checks a file of either kind; whether it is without errors.
  bool Check(const std::string& path);

  /// The file and all it uses, through files in between, as far as they can be read.
  std::vector<std::string> FilesOf(const std::string& path);

  /// Reads a file that is no draft (a suite, a table) anew; one that cannot be used is reported.
  std::optional<FileId> Text(const std::string& path, const Span& named_at = {});

  /// From now on `Text` finds this at `path`, whatever is there: what a file would be, before it is written.
  void Overlay(const std::string& path, std::string text);

  /// Reports here that a file named on the command line or in a suite could not be used.
  diagnostics::DiagnosticSink& Sink();
  source::SourceFiles& Files();

  /// Whether some file could not be read at all (exit status 2 rather than 1).
  [[nodiscard]] bool HasUnusableFile() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace proviso::load
