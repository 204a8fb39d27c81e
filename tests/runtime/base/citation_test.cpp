#include "runtime/base/citation.h"

#include <gtest/gtest.h>

namespace proviso {
namespace {

TEST(CitationTest, EnclosesItselfAndWhatLiesBelow) {
  const Citation paragraph = {"§850.224(k)"};
  EXPECT_TRUE(paragraph.Encloses({"§850.224(k)"}));
  EXPECT_TRUE(paragraph.Encloses({"§850.224(k)(1)"}));
  EXPECT_FALSE(paragraph.Encloses({"§850.224"}));
  EXPECT_FALSE(paragraph.Encloses({"§850.224(kk)"}));
  EXPECT_TRUE(Citation{"§850"}.Encloses({"§850.224(k)"}));
}

TEST(CitationTest, SectionNumbersAreNotPrefixes) {
  EXPECT_FALSE(Citation{"§850.22"}.Encloses({"§850.224"}));
  EXPECT_FALSE(Citation{"89 FR 558"}.Encloses({"89 FR 55873"}));
  EXPECT_FALSE(Citation{""}.Encloses({"§850.224"}));
}

TEST(CitationTest, OnlyOneThatStartsWithABracketIsRelative) {
  EXPECT_TRUE(IsRelativeCitation("§(b)"));
  EXPECT_FALSE(IsRelativeCitation("§850.221(b)"));
  EXPECT_FALSE(IsRelativeCitation("(b)"));
  EXPECT_FALSE(IsRelativeCitation(""));
}

TEST(CitationTest, RelativeContinuesTheEnclosingOne) {
  EXPECT_EQ(ResolveCitation({"§850.221"}, "§(b)").text, "§850.221(b)");
  EXPECT_EQ(ResolveCitation(ResolveCitation({"§850.221"}, "§(1)"), "§(iii)").text, "§850.221(1)(iii)");
  EXPECT_EQ(ResolveCitation({"§850.221"}, "§850.224(k)").text, "§850.224(k)");
  EXPECT_EQ(ResolveCitation({"§850.221"}, "89 FR 55873").text, "89 FR 55873");
  EXPECT_EQ(ResolveCitation({}, "§(b)").text, "§(b)");
}

}  // namespace
}  // namespace proviso
