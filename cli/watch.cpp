#include "cli/watch.h"

#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"

namespace proviso::cli {

void Watch::Add(const std::vector<std::string>& paths, std::chrono::system_clock::time_point since) {
  const auto begin = std::chrono::duration_cast<std::chrono::nanoseconds>(since.time_since_epoch()).count();
  for (const std::string& path : paths) {
    if (stamps_.contains(path)) continue;
    const Stamp stamp = StampOf(path);
    stamps_[path] = stamp.time > begin ? Stamp() : stamp;
  }
}

std::set<std::string> Watch::Saved() {
  std::set<std::string> saved;
  for (auto& [path, stamp] : stamps_) {
    const Stamp now = StampOf(path);
    if (now == stamp) continue;
    stamp = now;
    saved.insert(path);
  }
  return saved;
}

Watch::Stamp Watch::StampOf(const std::string& path) {
  llvm::sys::fs::file_status status;
  if (llvm::sys::fs::status(path, status)) return {};
  const auto time = status.getLastModificationTime().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::nanoseconds>(time).count(), status.getSize(),
          status.getUniqueID().getFile()};
}

}  // namespace proviso::cli
