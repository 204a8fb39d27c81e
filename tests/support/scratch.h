// scratch.h: a place where a test's commands run without touching the repository.
#pragma once

#include <filesystem>
#include <string>

namespace proviso::tests {

/// The repository.
[[nodiscard]] std::filesystem::path SourceFolder();

/// A temporary image of the repository: `folder` and what is in it are copies, all else is linked, so that paths out of
/// it (`../../../rulesets`) lead where they lead in the repository. Gone with the object.
class Scratch {
 public:
  /// `folder` is relative to the repository; empty: the root, whose entries are then all linked.
  explicit Scratch(const std::filesystem::path& folder);
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// Where `folder` is in the image.
  [[nodiscard]] const std::filesystem::path& Folder() const { return folder_; }

  /// Writes a file of this folder, in place of a link to one of the repository's.
  void Write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path root_;
  std::filesystem::path folder_;
};

struct CommandResult {
  std::string output;  // standard output and standard error, as they came; durations replaced by `N ms`
  int status = 0;      // of the shell; 128 and more: ended by a signal
  bool timed_out = false;
};

/// Runs shell lines in `folder`. `proviso` and a few plain tools are on the PATH, and nothing else; there is no
/// terminal and no colour. More than five seconds (twenty under the sanitizers) ends the command and all it started.
[[nodiscard]] CommandResult RunShell(const std::string& lines, const std::filesystem::path& folder);

/// The text of a file; empty where there is none.
[[nodiscard]] std::string ReadText(const std::filesystem::path& path);
void WriteText(const std::filesystem::path& path, const std::string& text);

/// Whether expectations are to be rewritten (`UPDATE_GOLDEN=1`).
[[nodiscard]] bool UpdatesGolden();

/// The lines in which two texts differ, the same ones before and after left out.
[[nodiscard]] std::string LineDifference(const std::string& expected, const std::string& got);

}  // namespace proviso::tests
