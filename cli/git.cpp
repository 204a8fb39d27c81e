#include "cli/git.h"

#include <fmt/core.h>

#include <fstream>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

namespace proviso::cli {
namespace {

/// A file that is gone with this; its path is empty where it could not be made.
struct ScratchFile {
  ScratchFile() {
    if (llvm::sys::fs::createTemporaryFile("proviso-git", "txt", path)) path.clear();
    remover.setFile(path);
  }
  llvm::SmallString<128> path;
  llvm::FileRemover remover;
};

}  // namespace

std::optional<Git> Git::In(const std::string& folder, const std::string& asked_by, Terminal& terminal) {
  const llvm::ErrorOr<std::string> program = llvm::sys::findProgramByName("git");
  if (!program) {
    terminal.Error(fmt::format("error: `{}` asks git, which is not installed\n", asked_by));
    return std::nullopt;
  }
  Git git(*program, terminal);
  std::vector<llvm::StringRef> words = {"rev-parse", "--show-toplevel"};
  if (!folder.empty()) words.insert(words.begin(), {"-C", folder});
  const std::optional<std::string> line = git.Run(words);
  if (!line) return std::nullopt;
  git.top_ = llvm::StringRef(*line).rtrim('\n').str();
  return git;
}

std::optional<std::string> Git::Run(const std::vector<llvm::StringRef>& words, const std::string& input) const {
  const ScratchFile read;
  const ScratchFile written;
  if (read.path.empty() || written.path.empty()) {
    terminal_->Error("error: there is no place for a temporary file\n");
    return std::nullopt;
  }
  std::ofstream(read.path.str().str(), std::ios::binary) << input;
  std::vector<llvm::StringRef> all = {"git"};
  if (!top_.empty()) all.insert(all.end(), {"-C", top_});
  all.insert(all.end(), words.begin(), words.end());
  const std::optional<llvm::StringRef> redirects[] = {read.path.str(), written.path.str(), std::nullopt};
  const int status = llvm::sys::ExecuteAndWait(program_, all, std::nullopt, redirects);
  const auto buffer = llvm::MemoryBuffer::getFile(written.path);
  if (status != 0 || !buffer) return std::nullopt;
  return (*buffer)->getBuffer().str();
}

}  // namespace proviso::cli
