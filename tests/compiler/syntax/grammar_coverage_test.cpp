// Fails when the grammar has an alternative that no file of the language in the repository takes.
#include "compiler/syntax/grammar_coverage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <sstream>

#include "tests/support/scratch.h"

namespace proviso::syntax {
namespace {

namespace fs = std::filesystem;

std::string ReadWhole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The drafts and vocabularies that a page of documentation shows.
std::vector<std::string> Examples(const std::string& page) {
  static const std::regex kBlock("```proviso[^\n]*\n");
  std::vector<std::string> examples;
  for (std::sregex_iterator at(page.begin(), page.end(), kBlock); at != std::sregex_iterator(); ++at) {
    const auto begin = static_cast<std::size_t>(at->position() + at->length());
    examples.push_back(page.substr(begin, page.find("\n```", begin) - begin));
  }
  return examples;
}

std::set<std::string> ReachedByRepository() {
  std::set<std::string> reached;
  for (const char* folder : {"tests/golden", "rulesets", "grammar"})
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(tests::SourceFolder() / folder)) {
      const fs::path extension = entry.path().extension();
      if (extension == ".pvo") reached.merge(ReachedAlternatives(ReadWhole(entry.path())));
      if (extension != ".md") continue;
      for (const std::string& example : Examples(ReadWhole(entry.path()))) reached.merge(ReachedAlternatives(example));
    }
  return reached;
}

TEST(GrammarCoverageTest, EveryAlternativeIsReachedBySomeFile) {
  const std::set<std::string> all = AllAlternatives();
  const std::set<std::string> reached = ReachedByRepository();
  std::ostringstream missing;
  std::set_difference(all.begin(), all.end(), reached.begin(), reached.end(),
                      std::ostream_iterator<std::string>(missing, "\n"));
  EXPECT_EQ(missing.str(), "");
}

TEST(GrammarCoverageTest, ReachedAlternativesAreSomeOfAll) {
  const std::set<std::string> all = AllAlternatives();
  const std::set<std::string> reached = ReachedAlternatives("draft d\nterm x = not a or b\n");
  EXPECT_FALSE(reached.empty());
  EXPECT_TRUE(std::includes(all.begin(), all.end(), reached.begin(), reached.end()));
}

TEST(GrammarCoverageTest, AnAlternativeNotTakenIsNotReached) {
  const std::set<std::string> without = ReachedAlternatives("draft d\nterm x = a\n");
  const std::set<std::string> with = ReachedAlternatives("draft d\nterm x = if a then b else c\n");
  const auto takes_if = [](const std::set<std::string>& reached) {
    return std::any_of(reached.begin(), reached.end(),
                       [](const std::string& name) { return name.starts_with("prefix: "); });
  };
  EXPECT_FALSE(takes_if(without));
  EXPECT_TRUE(takes_if(with));
}

TEST(GrammarCoverageTest, ARefusedTextReachesNothing) {
  EXPECT_TRUE(ReachedAlternatives("draft d\nterm x = " + std::string(101, '(')).empty());
}

}  // namespace
}  // namespace proviso::syntax
