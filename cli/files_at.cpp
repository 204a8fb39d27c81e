#include "cli/files_at.h"

#include <fmt/core.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "cli/git.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"

namespace proviso::cli {
namespace {

namespace fs = std::filesystem;

/// What `git ls-tree -r -z` says of the files: `mode type object<tab>name`.
struct Listed {
  std::vector<std::string> names;
  std::string objects;  // one a line
};

Listed ListedIn(llvm::StringRef text) {
  Listed listed;
  llvm::SmallVector<llvm::StringRef> entries;
  text.split(entries, '\0', -1, /*KeepEmpty=*/false);
  for (const llvm::StringRef entry : entries) {
    const auto [head, name] = entry.split('\t');
    if (!name.ends_with(".pvo")) continue;
    listed.names.push_back(name.str());
    listed.objects += head.rsplit(' ').second.str() + "\n";
  }
  return listed;
}

}  // namespace

std::unique_ptr<FilesAt> FilesAt::Make(const std::string& revision, const std::string& path,
                                       const std::string& asked_by, Terminal& terminal) {
  std::error_code ignored;
  const fs::path file = fs::weakly_canonical(path, ignored);
  const std::optional<Git> git = Git::In(file.parent_path().string(), asked_by, terminal);
  const std::optional<std::string> tree =
      git ? git->Run({"ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision}) : std::nullopt;
  if (!tree) {
    terminal.Error(fmt::format("error: git has no `{}` of {}\n", revision, report::AsUtf8(path)));
    return nullptr;
  }
  const Listed listed = ListedIn(*tree);
  const std::string name = file.lexically_relative(fs::weakly_canonical(git->Top(), ignored)).generic_string();
  if (!llvm::is_contained(listed.names, name)) {
    terminal.Error(fmt::format("error: {} is not in commit `{}`\n", report::AsUtf8(path), revision));
    return nullptr;
  }
  llvm::SmallString<128> folder;
  const std::optional<std::string> contents = git->Run({"cat-file", "--batch"}, listed.objects);
  if (!contents || llvm::sys::fs::createUniqueDirectory("proviso-base", folder)) {
    terminal.Error("error: there is no place for the files of the commit\n");
    return nullptr;
  }
  std::unique_ptr<FilesAt> files(new FilesAt(folder.str().str()));
  if (!files->Write(*contents, listed.names)) {
    terminal.Error("error: the files of the commit cannot be written\n");
    return nullptr;
  }
  files->path_ = (fs::path(files->folder_) / name).string();
  return files;
}

FilesAt::~FilesAt() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

bool FilesAt::Write(const std::string& contents, const std::vector<std::string>& names) const {
  llvm::StringRef rest(contents);
  for (const std::string& name : names) {
    const auto [head, behind] = rest.split('\n');  // `object blob size`
    std::size_t size = 0;
    if (head.rsplit(' ').second.getAsInteger(10, size) || behind.size() < size) return false;
    const fs::path path = fs::path(folder_) / name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    std::ofstream file(path, std::ios::binary);
    file << behind.substr(0, size).str();
    if (!file.flush()) return false;
    rest = behind.substr(size + 1);
  }
  return true;
}

}  // namespace proviso::cli
