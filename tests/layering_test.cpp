// layering_test.cpp: reads the includes: each folder may include itself and those before it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/scratch.h"

namespace proviso::tests {
namespace {

namespace fs = std::filesystem;

/// The folders in the order in which data flows. A new one gets its place here.
constexpr std::array<std::string_view, 31> kLayers = {"runtime/base",    "runtime/graph",      "runtime/evaluate",
                                                      "runtime/analyse", "compiler/source",    "compiler/diagnostics",
                                                      "compiler/syntax", "compiler/format",    "compiler/amend",
                                                      "compiler/check",  "compiler/reference", "compiler/lower",
                                                      "compiler/load",   "harness/scenario",   "harness/test",
                                                      "harness/bless",   "harness/cover",      "harness/history",
                                                      "harness/trace",   "harness/prove",      "harness/compare",
                                                      "harness/change",  "harness/loopholes",  "harness/findings",
                                                      "harness/sweep",   "harness/mutate",     "harness/generate",
                                                      "harness/report",  "harness/ask",        "cli",
                                                      "cli/draw"};

constexpr std::array kRoots = {"runtime", "compiler", "harness", "cli"};

/// The place of the folder of `path`; kLayers.size() where it has none.
std::size_t LayerOf(const std::string& path) {
  const auto layer = std::find(kLayers.begin(), kLayers.end(), fs::path(path).parent_path().string());
  return static_cast<std::size_t>(layer - kLayers.begin());
}

struct Include {
  std::string file;      // relative to the repository
  std::string included;  // as written, without quotes or angle brackets
};

std::vector<Include> AllIncludes() {
  static const std::regex kDirective(R"(^\s*#\s*include\s*["<]([^">]+)[">].*)");
  std::vector<Include> includes;
  for (const char* const root : kRoots) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(SourceFolder() / root)) {
      if (entry.path().extension() != ".h" && entry.path().extension() != ".cpp") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        std::smatch match;
        if (!std::regex_match(line, match, kDirective)) continue;
        includes.push_back({entry.path().lexically_relative(SourceFolder()).string(), match[1].str()});
      }
    }
  }
  return includes;
}

bool IsOurs(const std::string& included) {
  return std::any_of(kRoots.begin(), kRoots.end(),
                     [&](const char* root) { return included.starts_with(std::string(root) + "/"); });
}

TEST(LayeringTest, EveryFolderHasItsPlace) {
  for (const Include& include : AllIncludes()) EXPECT_LT(LayerOf(include.file), kLayers.size()) << include.file;
}

TEST(LayeringTest, FoldersIncludeOnlyThemselvesAndThoseBefore) {
  for (const Include& include : AllIncludes()) {
    if (!IsOurs(include.included) || include.included.ends_with(".def")) continue;
    EXPECT_LE(LayerOf(include.included), LayerOf(include.file)) << include.file << " includes " << include.included;
  }
}

TEST(LayeringTest, NothingIncludesTestsOrBenchmarks) {
  for (const Include& include : AllIncludes()) {
    EXPECT_FALSE(include.included.starts_with("tests/") || include.included.starts_with("bench/"))
        << include.file << " includes " << include.included;
  }
}

TEST(LayeringTest, OnlySyntaxKnowsAntlr) {
  for (const Include& include : AllIncludes()) {
    const bool is_antlr = include.included.find("antlr") != std::string::npos ||
                          include.included.starts_with("ProvisoLexer") || include.included.starts_with("ProvisoParser");
    EXPECT_TRUE(!is_antlr || include.file.starts_with("compiler/syntax/"))
        << include.file << " includes " << include.included;
  }
}

}  // namespace
}  // namespace proviso::tests
