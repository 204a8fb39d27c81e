#include "cli/changed.h"

#include <fmt/core.h>

#include <filesystem>
#include <vector>

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

namespace proviso::cli {
namespace {

/// What git writes on standard output; nothing where it fails, having said why on standard error.
std::optional<std::string> Git(const std::string& program, std::vector<llvm::StringRef> words, Terminal& terminal) {
  llvm::SmallString<128> output;
  if (llvm::sys::fs::createTemporaryFile("proviso-git", "txt", output)) {
    terminal.Error("error: there is no place for a temporary file\n");
    return std::nullopt;
  }
  const llvm::FileRemover remover(output);
  words.insert(words.begin(), "git");
  const std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(), output.str(), std::nullopt};
  const int status = llvm::sys::ExecuteAndWait(program, words, std::nullopt, redirects);
  const auto buffer = llvm::MemoryBuffer::getFile(output);
  if (status != 0 || !buffer) return std::nullopt;
  return (*buffer)->getBuffer().str();
}

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
  const llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName("git");
  if (!program) {
    terminal.Error("error: `--changed` asks git, which is not installed\n");
    return std::nullopt;
  }
  const std::optional<std::string> line = Git(*program, {"rev-parse", "--show-toplevel"}, terminal);
  const std::string top = line ? llvm::StringRef(*line).rtrim('\n').str() : "";
  const auto differ =
      line ? Git(*program, {"-C", top, "diff", "--name-only", "-z", "--no-renames", "--end-of-options", revision, "--"},
                 terminal)
           : std::nullopt;
  const auto added =
      differ ? Git(*program, {"-C", top, "ls-files", "--others", "--exclude-standard", "-z"}, terminal) : std::nullopt;
  if (!added) {
    terminal.Error(fmt::format("error: git cannot say what has changed since `{}`\n", revision));
    return std::nullopt;
  }
  std::set<std::string> paths;
  AddPaths(paths, top, *differ);
  AddPaths(paths, top, *added);
  return paths;
}

}  // namespace proviso::cli
