#include "compiler/load/parsed_files.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace proviso::load {
namespace {

TEST(ParsedFilesTest, FilesStandInTheOrderInWhichTheyAreAskedFor) {
  const tests::Scratch scratch("");
  const auto path = [&](const char* name) { return (scratch.Folder() / name).string(); };
  scratch.Write("words.pvo", "vocabulary words\n");
  scratch.Write("one.pvo", "use \"words.pvo\"\ndraft one over words\n");
  scratch.Write("two.pvo", "use \"words.pvo\"\nuse \"one.pvo\"\nuse \"none.pvo\"\ndraft two amends one\nterm = 4\n");
  source::SourceFiles files;
  ParsedFiles parsed(files);
  const ParsedFile two = parsed.Take(path("two.pvo"));
  EXPECT_FALSE(two.tree);
  EXPECT_EQ(two.syntax_errors.ErrorCount(), 1U);
  EXPECT_EQ(files.size(), 3U);  // what it uses has been read with it
  const ParsedFile words = parsed.Take(path("words.pvo"));
  const ParsedFile one = parsed.Take(path("./one.pvo"));
  ASSERT_TRUE(words.tree);
  ASSERT_TRUE(one.tree);
  EXPECT_EQ(one.tree->name.text, "one");
  EXPECT_EQ(std::vector({two.id.Index(), words.id.Index(), one.id.Index()}), std::vector<std::uint32_t>({0, 1, 2}));
  EXPECT_EQ(files.size(), 3U);  // each once, whoever uses it
  EXPECT_TRUE(parsed.Take(path("none.pvo")).failure);
}

}  // namespace
}  // namespace proviso::load
