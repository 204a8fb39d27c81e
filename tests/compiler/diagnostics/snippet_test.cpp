#include "compiler/diagnostics/snippet.h"

#include <gtest/gtest.h>

namespace proviso::diagnostics {
namespace {

TEST(SnippetTest, CaretsStandUnderTheSpan) {
  const Snippet snippet = MakeSnippet("when a > b", 5, 6);
  EXPECT_EQ(snippet.line, "when a > b");
  EXPECT_EQ(snippet.underline, "     ^");
}

TEST(SnippetTest, AnEmptySpanHasOneCaret) {
  EXPECT_EQ(MakeSnippet("abc", 3, 3).underline, "   ^");
  EXPECT_EQ(MakeSnippet("abc", 1, 1).underline, " ^");
  EXPECT_EQ(MakeSnippet("", 0, 0).underline, "^");
}

TEST(SnippetTest, ASpanBeyondTheLineEndsWithIt) { EXPECT_EQ(MakeSnippet("abc", 1, 99).underline, " ^^"); }

TEST(SnippetTest, TabsAndWideCharactersAlign) {
  const Snippet tab = MakeSnippet("\tab", 1, 3);
  EXPECT_EQ(tab.line, "    ab");
  EXPECT_EQ(tab.underline, "    ^^");
  EXPECT_EQ(MakeSnippet("§é x", 5, 6).underline, "   ^");
  EXPECT_EQ(MakeSnippet("中 x", 4, 5).underline, "   ^");
}

TEST(SnippetTest, ControlCharactersAreReplaced) { EXPECT_EQ(MakeSnippet("a\x1b[31mb", 0, 1).line, "a\uFFFD[31mb"); }

TEST(SnippetTest, LongLinesAreCutAroundTheSpan) {
  const std::string line = std::string(5000, 'a') + "bcd" + std::string(5000, 'e');
  const Snippet snippet = MakeSnippet(line, 5000, 5003);
  EXPECT_EQ(snippet.line, "…" + std::string(70, 'a') + "bcd" + std::string(87, 'e') + "…");
  EXPECT_EQ(snippet.underline, std::string(71, ' ') + "^^^");
  const Snippet at_start = MakeSnippet(line, 0, 10000);
  EXPECT_EQ(at_start.line, std::string(160, 'a') + "…");
  EXPECT_EQ(at_start.underline, std::string(160, '^'));
}

TEST(SnippetTest, A160CharacterLineIsNotCut) {
  const std::string line(160, 'a');
  EXPECT_EQ(MakeSnippet(line, 159, 160).line, line);
}

TEST(PrintableTest, TextIsOneLineAndCut) {
  EXPECT_EQ(Printable("a\nb\tc", 10), "a b c");
  EXPECT_EQ(Printable("ééééé", 3), "ééé…");
  EXPECT_EQ(Printable("\xFFz", 10), "\uFFFDz");
}

}  // namespace
}  // namespace proviso::diagnostics
