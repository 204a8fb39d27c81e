// Errors that golden cases cannot show well: limits, odd bytes, and that no error is the consequence of another.
#include <gtest/gtest.h>

#include "tests/compiler/syntax/parsed_text.h"

namespace proviso::syntax {
namespace {

using Errors = std::vector<std::string>;

std::string Repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

Errors ErrorsOfTerm(const std::string& expression) { return ParsedText("draft d\nterm x = " + expression).Errors(); }

TEST(SyntaxErrorsTest, EveryLimitIsInclusive) {
  const auto brackets = [](int depth) { return Repeated("(", depth) + "a" + Repeated(")", depth); };
  EXPECT_EQ(ErrorsOfTerm(brackets(100)), Errors());
  EXPECT_EQ(ErrorsOfTerm(brackets(101)), Errors{"2:110 brackets nest deeper than 100 levels"});
  EXPECT_EQ(ErrorsOfTerm("a" + Repeated(" or a", 499)), Errors());
  EXPECT_EQ(ErrorsOfTerm("a" + Repeated(" or a", 500)), Errors{"2:10 conditions nest deeper than 500 levels"});
  EXPECT_EQ(ErrorsOfTerm(Repeated("some s in l satisfies ", 499) + "a"), Errors());
}

TEST(SyntaxErrorsTest, DeepConditionsOfEveryKindAreRefusedOnce) {
  for (const char* part :
       {"a or ", "a implies ", "not ", "-", "some s in l satisfies ", "if a then b else ", "a - ", "if ", "a = not "}) {
    const Errors errors = ErrorsOfTerm(Repeated(part, 100'000) + "a");
    ASSERT_EQ(errors.size(), 1u) << part;
    EXPECT_NE(errors.front().find("conditions nest deeper than 500 levels"), std::string::npos) << part;
  }
}

TEST(SyntaxErrorsTest, LongListsAreNotDeep) {
  EXPECT_EQ(ErrorsOfTerm("any of { " + Repeated("§(a) a, ", 20'000) + "}"), Errors());
  EXPECT_EQ(ErrorsOfTerm("a in { " + Repeated("b, ", 20'000) + "}"), Errors());
}

TEST(SyntaxErrorsTest, TooManyWordsAreRefusedBeforeParsing) {
  const Errors errors = ErrorsOfTerm(Repeated("- ", static_cast<int>(kMaxWords)));
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_NE(errors.front().find("more than 3000000 words and signs"), std::string::npos);
}

TEST(SyntaxErrorsTest, ATextThatIsNotUtf8IsNotRead) {
  EXPECT_EQ(ParsedText("draft d\xFF").Errors(), Errors{"1:8 this is not UTF-8 text"});
}

TEST(SyntaxErrorsTest, AMistakenWordHasNoSecondError) {
  EXPECT_EQ(ErrorsOfTerm("5 § 850.2 and b").size(), 1u);
  EXPECT_EQ(ErrorsOfTerm("a ^ b").size(), 1u);
  EXPECT_EQ(ErrorsOfTerm("[a]").size(), 2u);  // both signs
  EXPECT_EQ(ErrorsOfTerm("«a»").size(), 2u);
  EXPECT_EQ(ParsedText("draft d\nterm x \"a = b\nterm y = 1").Errors().size(), 1u);
}

TEST(SyntaxErrorsTest, ParsingGoesOnAtTheNextRule) {
  const ParsedText parsed(
      "draft d\n"
      "decision t : T {\n"
      "  rule a -> p when any of { x, (y }\n"
      "  rule b -> p x\n"
      "  rule c -> p when x\n"
      "  rule e when x\n"
      "}\n"
      "term z = 1 +\n");
  EXPECT_EQ(parsed.Errors(),
            (Errors{"3:35 expected `)` to close the bracket", "4:15 expected `when` before the condition of rule `b`",
                    "6:8 rule `e` has no outcome", "8:13 expected a condition or value after `+`"}));
}

TEST(SyntaxErrorsTest, ADeclarationAtTheMarginEndsWhatIsOpen) {
  const ParsedText parsed(
      "draft d\n"
      "decision t : T {\n"
      "  rule a -> p when (x\n"
      "decision u : T {\n"
      "  rule a -> p when x x\n"
      "}\n");
  EXPECT_EQ(parsed.Errors(),
            (Errors{"4:1 expected `)` to close the bracket",
                    "5:22 expected a rule, an exception, `otherwise`, how rules win, or `}`, not `x`"}));
}

TEST(SyntaxErrorsTest, AnUnfinishedChangeDoesNotSwallowTheNext) {
  const ParsedText parsed("draft d\namend t {\n  replace §(a)\n  add §(b) x after\n  repeal §(c)\n  repeal x\n}\n");
  EXPECT_EQ(
      parsed.Errors(),
      (Errors{"3:11 something is missing after `§(a)`", "5:3 expected a citation such as `§850.224(k)` after `after`",
              "6:10 expected a citation such as `§850.224(k)`, `rule` or `exception` after `repeal`"}));
}

}  // namespace
}  // namespace proviso::syntax
