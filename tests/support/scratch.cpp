#include "tests/support/scratch.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

namespace proviso::tests {
namespace {

namespace fs = std::filesystem;

fs::path MakeTemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "proviso-test-XXXXXX").string();
  return mkdtemp(name.data());
}

/// Links every entry of `source` but `except` into `image`.
void LinkEntries(const fs::path& source, const fs::path& image, const fs::path& except) {
  for (const fs::directory_entry& entry : fs::directory_iterator(source)) {
    if (entry.path().filename() != except) fs::create_symlink(entry.path(), image / entry.path().filename());
  }
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace

fs::path SourceFolder() { return PROVISO_SOURCE_DIR; }

Scratch::Scratch(const fs::path& folder) : root_(MakeTemporaryFolder()), folder_(root_) {
  fs::path source = SourceFolder();
  for (const fs::path& step : folder) {
    LinkEntries(source, folder_, step);
    source /= step;
    folder_ /= step;
    fs::create_directory(folder_);
  }
  if (folder.empty()) {
    LinkEntries(source, folder_, "");
  } else {
    fs::copy(source, folder_, fs::copy_options::recursive);
  }
}

Scratch::~Scratch() {
  std::error_code ignored;  // a case may have made its own files unremovable; the system clears them
  fs::remove_all(root_, ignored);
}

void Scratch::Write(const std::string& name, const std::string& text) const {
  const fs::path path = folder_ / name;
  if (fs::is_symlink(path)) fs::remove(path);
  fs::create_directories(path.parent_path());
  WriteText(path, text);
}

std::string ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void WriteText(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

bool UpdatesGolden() {
  const char* const update = std::getenv("UPDATE_GOLDEN");
  return update != nullptr && std::string(update) == "1";
}

std::string LineDifference(const std::string& expected, const std::string& got) {
  const std::vector<std::string> wanted = Lines(expected);
  const std::vector<std::string> had = Lines(got);
  std::size_t same = 0;
  while (same < wanted.size() && same < had.size() && wanted[same] == had[same]) ++same;
  std::size_t tail = 0;
  while (tail < wanted.size() - same && tail < had.size() - same &&
         wanted[wanted.size() - 1 - tail] == had[had.size() - 1 - tail]) {
    ++tail;
  }
  std::string text = "from line " + std::to_string(same + 1) + " (- expected, + got):\n";
  for (std::size_t i = same; i < wanted.size() - tail; ++i) text += "- " + wanted[i] + "\n";
  for (std::size_t i = same; i < had.size() - tail; ++i) text += "+ " + had[i] + "\n";
  return text;
}

}  // namespace proviso::tests
