#include "compiler/load/read_ahead.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace proviso::load {
namespace {

std::vector<std::string> NamesOf(const std::vector<ParsedFile>& files) {
  std::vector<std::string> names;
  for (const ParsedFile& file : files) names.push_back(file.path.substr(file.path.rfind('/') + 1));
  return names;
}

bool KnowsNone(const std::string& /*path*/) { return false; }

TEST(ReadAheadTest, FilesAreReadInTheOrderInWhichTheyAreUsedAndOnce) {
  const tests::Scratch scratch("tests/golden/files/fail_unreadable");
  scratch.Write("c.pvo", "vocabulary c");
  scratch.Write("b.pvo", "# first\nuse \"c.pvo\"\nvocabulary b");
  scratch.Write("a.pvo", "use \"b.pvo\" # and\n\n  use \"c.pvo\"\ndraft a over b");
  source::SourceFiles files;
  const std::vector<ParsedFile> read = ReadAhead(files, (scratch.Folder() / "a.pvo").string(), KnowsNone);
  EXPECT_EQ(NamesOf(read), (std::vector<std::string>{"a.pvo", "b.pvo", "c.pvo"}));
  for (const ParsedFile& file : read) {
    EXPECT_TRUE(file.tree) << file.path;
    EXPECT_EQ(files[file.id].path, file.path);
  }
}

TEST(ReadAheadTest, EachFileHasItsOwnComplaints) {
  const tests::Scratch scratch("tests/golden/files/fail_unreadable");
  scratch.Write("b.pvo", "vocabulary b\nenum E {");
  scratch.Write("a.pvo", "use \"b.pvo\"\nuse \"gone.pvo\"\ndraft a over b");
  source::SourceFiles files;
  const std::vector<ParsedFile> read = ReadAhead(files, (scratch.Folder() / "a.pvo").string(), KnowsNone);
  ASSERT_EQ(NamesOf(read), (std::vector<std::string>{"a.pvo", "b.pvo", "gone.pvo"}));
  EXPECT_FALSE(read[0].said.HasErrors());
  EXPECT_TRUE(read[1].said.HasErrors());
  EXPECT_FALSE(read[1].tree);
  EXPECT_FALSE(read[2].said.HasErrors());
  ASSERT_TRUE(read[2].failure);
  EXPECT_EQ(read[2].failure->kind, source::ReadFailure::Kind::kUnreadable);
}

TEST(ReadAheadTest, WhatIsKnownIsNotReadAgain) {
  const tests::Scratch scratch("tests/golden/files/fail_unreadable");
  scratch.Write("b.pvo", "vocabulary b");
  scratch.Write("a.pvo", "use \"b.pvo\"\ndraft a over b");
  source::SourceFiles files;
  const auto is_known = [&](const std::string& path) { return path == (scratch.Folder() / "b.pvo").string(); };
  EXPECT_EQ(NamesOf(ReadAhead(files, (scratch.Folder() / "a.pvo").string(), is_known)),
            (std::vector<std::string>{"a.pvo"}));
}

TEST(ReadAheadTest, FilesThatUseEachOtherAreReadOnceEach) {
  const tests::Scratch scratch("tests/golden/files/fail_unreadable");
  scratch.Write("a.pvo", "use \"b.pvo\"\nvocabulary a");
  scratch.Write("b.pvo", "use \"a.pvo\"\nvocabulary b");
  source::SourceFiles files;
  EXPECT_EQ(NamesOf(ReadAhead(files, (scratch.Folder() / "a.pvo").string(), KnowsNone)),
            (std::vector<std::string>{"a.pvo", "b.pvo"}));
}

}  // namespace
}  // namespace proviso::load
