#include "cli/changed.h"

#include <fmt/core.h>

#include <filesystem>

#include "cli/git.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace proviso::cli {
namespace {

void AddPaths(std::set<std::string>& paths, const std::string& top, llvm::StringRef separated) {
  llvm::SmallVector<llvm::StringRef> names;
  separated.split(names, '\0', -1, /*KeepEmpty=*/false);
  for (const llvm::StringRef name : names) {
    std::error_code ignored;  // a path that cannot be resolved is none of a suite's
    paths.insert(std::filesystem::weakly_canonical(std::filesystem::path(top) / name.str(), ignored).string());
  }
}

}  // namespace

std::optional<std::set<std::string>> ChangedFiles(const std::string& revision, Terminal& terminal) {
  const std::optional<Git> git = Git::In("", "--changed", terminal);
  const auto differ =
      git ? git->Run({"diff", "--name-only", "-z", "--no-renames", "--end-of-options", revision, "--"}) : std::nullopt;
  const auto added = differ ? git->Run({"ls-files", "--others", "--exclude-standard", "-z"}) : std::nullopt;
  if (!added) {
    terminal.Error(fmt::format("error: git cannot say what has changed since `{}`\n", revision));
    return std::nullopt;
  }
  std::set<std::string> paths;
  AddPaths(paths, git->Top(), *differ);
  AddPaths(paths, git->Top(), *added);
  return paths;
}

}  // namespace proviso::cli
