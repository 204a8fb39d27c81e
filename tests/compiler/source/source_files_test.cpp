#include "compiler/source/source_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <random>

namespace proviso::source {
namespace {

using Kind = ReadFailure::Kind;

class ReadTest : public testing::Test {
 protected:
  ReadTest() : folder_(testing::TempDir() + "proviso_source_files_" + std::to_string(getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~ReadTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string Write(const std::string& bytes) const {
    std::ofstream(folder_ + "/file", std::ios::binary) << bytes;
    return folder_ + "/file";
  }

  std::string folder_;
  SourceFiles files_;
  FileId id_;
};

TEST_F(ReadTest, AFileIsReadWhole) {
  const std::string path = Write("draft a\nover b\n");
  ASSERT_FALSE(files_.Read(path, id_));
  EXPECT_EQ(files_[id_].text, "draft a\nover b\n");
  EXPECT_EQ(files_[id_].path, path);
}

TEST_F(ReadTest, AnEmptyFileIsAnEmptyText) {
  ASSERT_FALSE(files_.Read(Write(""), id_));
  EXPECT_EQ(files_[id_].text, "");
  EXPECT_EQ(files_.Locate(id_, 0).line, 1u);
}

TEST_F(ReadTest, AByteOrderMarkIsSkipped) {
  ASSERT_FALSE(files_.Read(Write("\xEF\xBB\xBF"
                                 "draft"),
                           id_));
  EXPECT_EQ(files_[id_].text, "draft");
}

TEST_F(ReadTest, WhatCannotBeReadSaysWhy) {
  const auto missing = files_.Read(folder_ + "/missing", id_);
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->kind, Kind::kUnreadable);
  EXPECT_EQ(missing->detail, "No such file or directory");
  EXPECT_FALSE(id_.IsValid());
  const auto folder = files_.Read(folder_, id_);
  ASSERT_TRUE(folder);
  EXPECT_EQ(folder->detail, "Is a directory");
  EXPECT_EQ(files_.size(), 0u);
}

TEST_F(ReadTest, AFileOverTheLimitIsRefusedUnread) {
  const std::string path = Write("");
  std::filesystem::resize_file(path, kMaxFileBytes + 1);
  const auto failure = files_.Read(path, id_);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->kind, Kind::kTooLarge);
  EXPECT_EQ(failure->detail, "the limit is 32 MB");
}

TEST_F(ReadTest, AStreamOverTheLimitIsRefused) {
  const auto failure = files_.Read("/dev/zero", id_);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->kind, Kind::kTooLarge);
}

TEST_F(ReadTest, AZeroByteMakesAFileBinary) {
  const auto failure = files_.Read(Write(std::string("\x7F"
                                                     "ELF\0\xFF",
                                                     6)),
                                   id_);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->kind, Kind::kBinary);
  EXPECT_EQ(failure->offset, 4u);
  EXPECT_EQ(files_[id_].text, "");
  EXPECT_EQ(files_.Place({id_, failure->offset, failure->offset}), files_[id_].path + ":1:1");
}

TEST_F(ReadTest, InvalidUtf8IsShownAtItsPlace) {
  const auto failure = files_.Read(Write("ab\n§ \xFF!"), id_);
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->kind, Kind::kNotUtf8);
  EXPECT_EQ(failure->offset, 6u);
  EXPECT_EQ(failure->detail, "byte 0xFF");
  EXPECT_EQ(files_.Place({id_, failure->offset, failure->offset}), files_[id_].path + ":2:3");
}

TEST(SourceFilesTest, ColumnsCountCharacters) {
  SourceFiles files;
  const FileId id = files.Add("a.pvo", "§850 x\n\tあé z");
  EXPECT_EQ(files.Place({id, 0, 2}), "a.pvo:1:1");
  EXPECT_EQ(files.Place({id, 6, 7}), "a.pvo:1:6");
  EXPECT_EQ(files.Place({id, 9, 12}), "a.pvo:2:2");
  EXPECT_EQ(files.Place({id, 15, 16}), "a.pvo:2:5");
  EXPECT_EQ(files.Place({id, 999, 999}), "a.pvo:2:6");
  EXPECT_EQ(files.Place({}), "");
}

TEST(SourceFilesTest, ALineEndBelongsToItsLine) {
  SourceFiles files;
  const FileId id = files.Add("a", "ab\ncd");
  EXPECT_EQ(files.Place({id, 2, 3}), "a:1:3");
  EXPECT_EQ(files.Place({id, 3, 4}), "a:2:1");
}

TEST(SourceFilesTest, LinesComeWithoutTheirEnds) {
  SourceFiles files;
  const FileId id = files.Add("a", "one\r\ntwo\n\nfour");
  EXPECT_EQ(files.Line(id, 1), "one");
  EXPECT_EQ(files.Line(id, 2), "two");
  EXPECT_EQ(files.Line(id, 3), "");
  EXPECT_EQ(files.Line(id, 4), "four");
  EXPECT_EQ(files.Line(id, 0), "");
  EXPECT_EQ(files.Line(id, 5), "");
}

TEST(SourceFilesTest, TextOfASpanIsWhatItCovers) {
  SourceFiles files;
  const FileId id = files.Add("a", "draft x");
  EXPECT_EQ(files.Text({id, 0, 5}), "draft");
  EXPECT_EQ(files.Text({id, 6, 99}), "x");
  EXPECT_EQ(files.Text({id, 99, 3}), "");
  EXPECT_EQ(files.Text({}), "");
}

TEST(SourceFilesTest, EveryCharacterOfARandomTextIsLocated) {
  std::mt19937 random(1);
  for (const unsigned line_length : {3u, 5000u}) {
    std::vector<std::string> characters;
    std::string text;
    for (int i = 0; i < 10'000; ++i) {
      characters.push_back(random() % line_length == 0 ? "\n" : std::array{"a", "§", "あ", "😀"}[random() % 4]);
      text += characters.back();
    }
    SourceFiles files;
    const FileId id = files.Add("a", text);
    LineColumn expected;
    std::uint32_t offset = 0;
    for (const std::string& character : characters) {
      const LineColumn found = files.Locate(id, offset);
      ASSERT_EQ(found.line, expected.line);
      ASSERT_EQ(found.column, expected.column);
      offset += static_cast<std::uint32_t>(character.size());
      expected = character == "\n" ? LineColumn{expected.line + 1, 1} : LineColumn{expected.line, expected.column + 1};
    }
  }
}

TEST(FindInvalidUtf8Test, ValidTextsPass) {
  for (const char* text : {"", "plain", "§850.224 × あ 😀", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"}) {
    EXPECT_EQ(FindInvalidUtf8(text), std::nullopt) << text;
  }
}

TEST(FindInvalidUtf8Test, TheFirstBadByteIsNamed) {
  EXPECT_EQ(FindInvalidUtf8("ab\x80"), 2u);            // continuation alone
  EXPECT_EQ(FindInvalidUtf8("a\xC2"), 1u);             // cut short
  EXPECT_EQ(FindInvalidUtf8("a\xE2\x82 "), 1u);        // cut short before another
  EXPECT_EQ(FindInvalidUtf8("\xC0\xAF"), 0u);          // overlong
  EXPECT_EQ(FindInvalidUtf8("\xE0\x80\xAF"), 0u);      // overlong
  EXPECT_EQ(FindInvalidUtf8("x\xED\xA0\x80"), 1u);     // surrogate
  EXPECT_EQ(FindInvalidUtf8("\xF4\x90\x80\x80"), 0u);  // beyond U+10FFFF
  EXPECT_EQ(FindInvalidUtf8("\xFF"), 0u);
}

}  // namespace
}  // namespace proviso::source
