#include "compiler/load/parsed_files.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#include "compiler/syntax/parse.h"
#include "runtime/base/in_parallel.h"

namespace proviso::load {

namespace fs = std::filesystem;

std::string KeyOf(const std::string& path) {
  std::error_code error;
  const fs::path canonical = fs::weakly_canonical(path, error);
  return error ? path : canonical.string();
}

std::string UsedPath(const std::string& user, const std::string& use) {
  return (fs::path(user).parent_path() / use).lexically_normal().string();
}

ParsedFile ParsedFiles::Take(const std::string& path) {
  std::vector<ParsedFile*> read;
  ReadWithUses(path, read);
  Parse(std::move(read));
  return std::exchange(parsed_.at(KeyOf(path)), {});
}

/// Adds the file, and those that it seems to use, in the order in which they are going to be asked for.
void ParsedFiles::ReadWithUses(const std::string& path, std::vector<ParsedFile*>& read) {
  const auto [place, is_new] = parsed_.try_emplace(KeyOf(path));
  if (!is_new) return;
  ParsedFile& file = place->second;
  file.failure = files_.Read(path, file.id);
  if (file.failure) return;
  read.push_back(&file);
  for (const std::string& use : syntax::GlanceAtUses(files_[file.id].text)) ReadWithUses(UsedPath(path, use), read);
}

void ParsedFiles::Parse(std::vector<ParsedFile*> read) const {
  if (read.empty()) return;
  const auto size = [&](const ParsedFile* file) { return files_[file->id].text.size(); };
  std::ranges::stable_sort(read, std::greater(), size);  // the longest first, so that all end together
  InParallel(read.size(),
             [&](std::size_t i) { read[i]->tree = syntax::Parse(files_, read[i]->id, read[i]->syntax_errors); });
}

}  // namespace proviso::load
