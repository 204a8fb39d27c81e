#include "harness/scenario/find_suites.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/scratch.h"

namespace proviso::scenario {
namespace {

constexpr const char* kSuite = "vocabulary: v\nscenarios: []\n";

class FindSuitesTest : public testing::Test {
 protected:
  FindSuitesTest() : scratch_("") { std::filesystem::create_directory(Folder()); }

  [[nodiscard]] std::string Folder() const { return (scratch_.Folder() / "suites").string(); }
  void Write(const std::string& name, const std::string& text) const { scratch_.Write("suites/" + name, text); }

 private:
  tests::Scratch scratch_;
};

TEST_F(FindSuitesTest, FindsSuitesBelowInTheOrderOfPaths) {
  Write("b.yaml", kSuite);
  Write("a/z.yaml", "vocabulary: v\ntable: rows.csv\n");
  const std::vector<std::string> expected = {Folder() + "/a/z.yaml", Folder() + "/b.yaml"};
  EXPECT_EQ(FindSuites(Folder()), expected);
}

TEST_F(FindSuitesTest, OtherYamlIsNoSuite) {
  Write("case.yaml", "us_person: yes\n");
  Write("vocabulary_only.yaml", "vocabulary: v\n");
  Write("not_at_the_beginning.yaml", "  vocabulary: v\n  scenarios: []\n");
  EXPECT_TRUE(FindSuites(Folder()).empty());
}

TEST_F(FindSuitesTest, OtherFilesAreNoSuites) {
  Write("suite.yml.txt", kSuite);
  EXPECT_TRUE(FindSuites(Folder()).empty());
}

TEST_F(FindSuitesTest, AMissingFolderHasNone) { EXPECT_TRUE(FindSuites(Folder() + "/missing").empty()); }

}  // namespace
}  // namespace proviso::scenario
