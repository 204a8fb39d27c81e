// files_at.h: drafts and vocabularies as they were in a commit.
#pragma once

#include <memory>
#include <string>

#include "cli/terminal.h"

namespace proviso::cli {

/// The *.pvo files of one commit, in a folder of their own that is gone with this.
class FilesAt {
 public:
  /// Of the work tree that has the file `path`, at `revision`. Null, said why, where git has no such commit, or the
  /// file is not in it. `asked_by`: the command's option.
  [[nodiscard]] static std::unique_ptr<FilesAt> Make(const std::string& revision, const std::string& path,
                                                     const std::string& asked_by, Terminal& terminal);
  ~FilesAt();
  FilesAt(const FilesAt&) = delete;
  FilesAt& operator=(const FilesAt&) = delete;

  /// Where the file is now.
  [[nodiscard]] const std::string& Path() const { return path_; }

 private:
  explicit FilesAt(std::string folder) : folder_(std::move(folder)) {}
  /// Writes what `git cat-file --batch` put out of these files.
  [[nodiscard]] bool Write(const std::string& contents, const std::vector<std::string>& names) const;

  std::string folder_;
  std::string path_;
};

}  // namespace proviso::cli
