#include "runtime/base/nearest.h"

#include <gtest/gtest.h>

namespace proviso {
namespace {

TEST(NearestTest, OneLetterOffIsFound) {
  EXPECT_EQ(Nearest("cybersecurty", {"military", "cybersecurity", "robotics"}), "cybersecurity");
  EXPECT_EQ(Nearest("Military", {"robotics", "military"}), "military");
  EXPECT_EQ(Nearest("usb", {"usd"}), "usd");
}

TEST(NearestTest, TwoSwappedLettersCountAsOne) {
  EXPECT_EQ(Nearest("ambre", {"amber"}), "amber");
  EXPECT_EQ(Nearest("fule", {"fuel"}), "fuel");
  EXPECT_EQ(Nearest("fleu", {"fuel"}), "");
}

TEST(NearestTest, FarNamesAreNotProposed) {
  EXPECT_EQ(Nearest("banana", {"military", "robotics"}), "");
  EXPECT_EQ(Nearest("ab", {"xy"}), "");
  EXPECT_EQ(Nearest("anything", {}), "");
  EXPECT_EQ(Nearest(std::string(1'000'000, 'a'), {std::string(1'000'000, 'a')}), "");
}

TEST(NearestTest, TiesGoToTheFirst) { EXPECT_EQ(Nearest("cat", {"bat", "hat"}), "bat"); }

TEST(QuotedTest, LongAndManyLinedTextsAreCutToOneShortLine) {
  EXPECT_EQ(Quoted("flop"), "`flop`");
  EXPECT_EQ(Quoted("a\nb\tc"), "`a b c`");
  EXPECT_EQ(Quoted(std::string(81, 'a')), "`" + std::string(80, 'a') + "…`");
  EXPECT_EQ(Quoted(std::string(80, 'a')), "`" + std::string(80, 'a') + "`");
}

TEST(QuotedTest, CutsBetweenCharacters) {
  std::string sections;
  std::string eighty;
  for (int i = 0; i < 100; ++i) sections += "§";
  for (int i = 0; i < 80; ++i) eighty += "§";
  EXPECT_EQ(Quoted(sections), "`" + eighty + "…`");
}

}  // namespace
}  // namespace proviso
