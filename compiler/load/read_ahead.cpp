#include "compiler/load/read_ahead.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <numeric>
#include <thread>

#include "compiler/syntax/parse.h"

namespace proviso::load {
namespace {

/// What the text uses, without parsing it: nothing else stands before it but comments.
std::vector<std::string> UsedIn(llvm::StringRef text) {
  std::vector<std::string> used;
  while (true) {
    text = text.ltrim();
    if (text.consume_front("#")) {
      text = text.drop_until([](char sign) { return sign == '\n'; });
    } else if (text.consume_front("use") && (text = text.ltrim()).consume_front("\"")) {
      const auto [path, rest] = text.split('"');
      used.push_back(path.str());
      text = rest;
    } else {
      return used;
    }
  }
}

using IsKnown = llvm::function_ref<bool(const std::string&)>;

void ReadWithUses(source::SourceFiles& files, const std::string& path, IsKnown is_known, std::vector<ParsedFile>& all) {
  if (is_known(path) || llvm::any_of(all, [&](const ParsedFile& file) { return file.path == path; })) return;
  ParsedFile& file = all.emplace_back();
  file.path = path;
  file.failure = files.Read(path, file.id);
  if (file.failure) return;
  for (const std::string& used : UsedIn(files[file.id].text)) ReadWithUses(files, PathFrom(path, used), is_known, all);
}

}  // namespace

std::string PathFrom(const std::string& from, const std::string& used) {
  return (std::filesystem::path(from).parent_path() / used).lexically_normal().string();
}

std::vector<ParsedFile> ReadAhead(source::SourceFiles& files, const std::string& path, IsKnown is_known) {
  std::vector<ParsedFile> all;
  ReadWithUses(files, path, is_known, all);
  std::vector<ParsedFile*> to_parse;
  for (ParsedFile& file : all) {
    if (!file.failure) to_parse.push_back(&file);
  }
  // The longest first, so that no processor is left with it at the end.
  llvm::stable_sort(to_parse, [&](const ParsedFile* one, const ParsedFile* other) {
    return files[one->id].text.size() > files[other->id].text.size();
  });
  std::atomic<std::size_t> next = 0;
  const auto parse = [&] {
    for (std::size_t i = next++; i < to_parse.size(); i = next++)
      to_parse[i]->tree = syntax::Parse(files, to_parse[i]->id, to_parse[i]->said);
  };
  const std::size_t others = std::min<std::size_t>(to_parse.size(), std::thread::hardware_concurrency());
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < others; ++i) threads.emplace_back(parse);
  parse();
  threads.clear();
  return all;
}

}  // namespace proviso::load
