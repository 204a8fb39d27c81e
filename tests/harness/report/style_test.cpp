#include "harness/report/style.h"

#include <gtest/gtest.h>

namespace proviso::report {
namespace {

TEST(StyleTest, WithoutColourThereAreNoEscapes) { EXPECT_EQ(Style{false}.Paint(Ink::kBad, "wrong"), "wrong"); }

TEST(StyleTest, ColourEndsAfterTheText) { EXPECT_EQ(Style{true}.Paint(Ink::kBad, "wrong"), "\x1b[31mwrong\x1b[0m"); }

TEST(StyleTest, NothingIsNotPainted) { EXPECT_EQ(Style{true}.Paint(Ink::kBad, ""), ""); }

TEST(PaddedTest, CountsColumnsNotBytes) {
  EXPECT_EQ(Padded("§1", 4), "§1  ");
  EXPECT_EQ(PaddedLeft("§1", 4), "  §1");
}

TEST(PaddedTest, LongTextIsNotCut) { EXPECT_EQ(Padded("prohibited", 4), "prohibited"); }

TEST(CountedTest, OnlyOneIsSingular) {
  EXPECT_EQ(Counted(0, "error"), "0 errors");
  EXPECT_EQ(Counted(1, "error"), "1 error");
  EXPECT_EQ(Counted(2, "error"), "2 errors");
}

TEST(CountTextTest, ManyDigitsArePutShort) {
  EXPECT_EQ(CountText(Exact::PowerOfTen(35)), "1" + std::string(35, '0'));
  EXPECT_EQ(CountText(*Exact::Parse("1263" + std::string(33, '9'))), "about 1.263 × 10^36");
}

TEST(JoinedTest, LastWordStandsBeforeTheLast) {
  EXPECT_EQ(Joined({}, "or"), "");
  EXPECT_EQ(Joined({"a"}, "or"), "a");
  EXPECT_EQ(Joined({"a", "b"}, "or"), "a or b");
  EXPECT_EQ(Joined({"a", "b", "c"}, "and"), "a, b and c");
}

TEST(IndentedTest, EmptyLinesStayEmpty) {
  EXPECT_EQ(Indented("a\n\nb", 2), "  a\n\n  b");
  EXPECT_EQ(Indented("a\n", 2), "  a\n");
  EXPECT_EQ(Indented("", 2), "");
}

TEST(AsUtf8Test, OtherBytesAreReplaced) {
  EXPECT_EQ(AsUtf8("§ pfad"), "§ pfad");
  EXPECT_EQ(AsUtf8("a\xff"), "a\xEF\xBF\xBD");
}

}  // namespace
}  // namespace proviso::report
