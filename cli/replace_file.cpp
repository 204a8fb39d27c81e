#include "cli/replace_file.h"

#include <optional>

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace proviso::cli {
namespace {

std::error_code Write(const llvm::sys::fs::TempFile& file, const std::string& text,
                      std::optional<llvm::sys::fs::perms> permissions) {
  llvm::raw_fd_ostream stream(file.FD, /*shouldClose=*/false);
  stream << text;
  stream.flush();
  std::error_code error = stream.error();
  stream.clear_error();
  if (!error && permissions) error = llvm::sys::fs::setPermissions(file.FD, *permissions);
  return error;
}

}  // namespace

std::string ReplaceFile(const std::string& path, const std::string& text) {
  llvm::SmallString<256> target(path);
  std::optional<llvm::sys::fs::perms> permissions;
  if (llvm::sys::fs::exists(path)) {
    if (const std::error_code error = llvm::sys::fs::real_path(path, target)) return error.message();
    if (const std::error_code error = llvm::sys::fs::access(target, llvm::sys::fs::AccessMode::Write)) {
      return error.message();
    }
    const llvm::ErrorOr<llvm::sys::fs::perms> found = llvm::sys::fs::getPermissions(target);
    if (!found) return found.getError().message();
    permissions = *found;
  }
  llvm::Expected<llvm::sys::fs::TempFile> file = llvm::sys::fs::TempFile::create(target + ".%%%%%%");
  if (!file) return llvm::toString(file.takeError());
  if (const std::error_code error = Write(*file, text, permissions)) {
    llvm::consumeError(file->discard());
    return error.message();
  }
  llvm::Error problem = file->keep(target);
  return problem ? llvm::toString(std::move(problem)) : "";
}

}  // namespace proviso::cli
