#include "compiler/syntax/parse.h"

#include <gtest/gtest.h>

#include "tests/compiler/syntax/parsed_text.h"

namespace proviso::syntax {
namespace {

/// The expression of `term x = TEXT`, with all the brackets that precedence implies.
class Bracketed {
 public:
  explicit Bracketed(const std::string& text) : parsed_("draft d\nterm x = " + text + "\n") {}

  [[nodiscard]] std::string Text() const {
    if (!parsed_.tree) return parsed_.Errors().front();
    return Show(parsed_.Get<TermDeclaration>().value);
  }

 private:
  [[nodiscard]] std::string Show(ExprId id) const {
    const Expr& expr = (*parsed_.tree)[id];
    if (const auto* binary = std::get_if<Binary>(&expr.kind))
      return "(" + Show(binary->left) + " " + parsed_.Text(binary->op_span) + " " + Show(binary->right) + ")";
    if (const auto* negated = std::get_if<Not>(&expr.kind)) return "(not " + Show(negated->operand) + ")";
    if (const auto* negated = std::get_if<Negate>(&expr.kind)) return "(-" + Show(negated->operand) + ")";
    if (const auto* between = std::get_if<Between>(&expr.kind))
      return "(" + Show(between->value) + " between " + Show(between->low) + " and " + Show(between->high) + ")";
    if (const auto* in = std::get_if<InSet>(&expr.kind)) return "(" + Show(in->value) + " in " + Show(in->set) + ")";
    if (const auto* supposing = std::get_if<Supposing>(&expr.kind))
      return "(" + Show(supposing->expression) + " supposing …)";
    if (const auto* some = std::get_if<Quantified>(&expr.kind)) return "(some … " + Show(some->condition) + ")";
    if (const auto* choice = std::get_if<Conditional>(&expr.kind))
      return "(if " + Show(choice->condition) + " then " + Show(choice->then_value) + " else " +
             Show(choice->else_value) + ")";
    return parsed_.Text(expr.span);
  }

  ParsedText parsed_;
};

struct PrecedenceCase {
  std::string text;
  std::string bracketed;
};
class PrecedenceTest : public testing::TestWithParam<PrecedenceCase> {};

TEST_P(PrecedenceTest, BindsAsTheTableSays) { EXPECT_EQ(Bracketed(GetParam().text).Text(), GetParam().bracketed); }

INSTANTIATE_TEST_SUITE_P(
    Operators, PrecedenceTest,
    testing::Values(
        PrecedenceCase{"a or b and c", "(a or (b and c))"}, PrecedenceCase{"a and b or c", "((a and b) or c)"},
        PrecedenceCase{"a implies b implies c", "(a implies (b implies c))"},
        PrecedenceCase{"a implies b unless c or d", "(a implies (b unless (c or d)))"},
        PrecedenceCase{"a or b or c", "((a or b) or c)"}, PrecedenceCase{"not a and b", "((not a) and b)"},
        PrecedenceCase{"not a = b", "(not (a = b))"}, PrecedenceCase{"not not a", "(not (not a))"},
        PrecedenceCase{"a = not b or c", "((a = (not b)) or c)"},
        PrecedenceCase{"a = not b = c", "(a = (not (b = c)))"}, PrecedenceCase{"a is not b", "(a is not b)"},
        PrecedenceCase{"a is not not b", "(a is not (not b))"}, PrecedenceCase{"a + b * c - d", "((a + (b * c)) - d)"},
        PrecedenceCase{"a - b - c", "((a - b) - c)"}, PrecedenceCase{"-a * b", "((-a) * b)"},
        PrecedenceCase{"a - -b", "(a - (-b))"}, PrecedenceCase{"a + b at least c * d", "((a + b) at least (c * d))"},
        PrecedenceCase{"a = b supposing { f = 1 } and c", "(((a = b) supposing …) and c)"},
        PrecedenceCase{"not a supposing { f = 1 }", "(not (a supposing …))"}));

INSTANTIATE_TEST_SUITE_P(RangesAndSets, PrecedenceTest,
                         testing::Values(PrecedenceCase{"a between 1 and 5 and b", "((a between 1 and 5) and b)"},
                                         PrecedenceCase{"a between 1 + 1 and 5 * 2 or b",
                                                        "((a between (1 + 1) and (5 * 2)) or b)"},
                                         PrecedenceCase{"a between -1 and -b", "(a between (-1) and (-b))"},
                                         PrecedenceCase{"not a between 1 and 5", "(not (a between 1 and 5))"},
                                         PrecedenceCase{"a + b in s and c", "(((a + b) in s) and c)"},
                                         PrecedenceCase{"a or b in { c } or d", "((a or (b in { c })) or d)"}));

INSTANTIATE_TEST_SUITE_P(
    RightEnds, PrecedenceTest,
    testing::Values(PrecedenceCase{"a and some s in l satisfies b or c", "(a and (some … (b or c)))"},
                    PrecedenceCase{"not some s in l satisfies b", "(not (some … b))"},
                    PrecedenceCase{"1 + if a then b else c + 2", "(1 + (if a then b else (c + 2)))"},
                    PrecedenceCase{"if a then b else if c then d else e", "(if a then b else (if c then d else e))"},
                    PrecedenceCase{"if a then some s in l satisfies b else c", "(if a then (some … b) else c)"}));

TEST(ParseTest, SpansAreBytesBehindLettersOfSeveralBytes) {
  const ParsedText parsed("draft d \"größer als §1\"\nterm x §850.1 = länge\n");
  EXPECT_FALSE(parsed.tree);
  const ParsedText good("draft d \"größer als §1\"\nterm x §850.1 = a and b\n");
  ASSERT_TRUE(good.tree);
  EXPECT_EQ(good.tree->title->text, "größer als §1");
  const auto& term = good.Get<TermDeclaration>();
  EXPECT_EQ(good.Text((*good.tree)[term.value].span), "a and b");
  EXPECT_EQ(good.Text(term.supports.cites.at(0).span), "§850.1");
  EXPECT_EQ(good.Text(good.tree->declarations.at(0).span), "term x §850.1 = a and b");
}

TEST(ParseTest, CommentsKeepTheirPlace) {
  const ParsedText parsed("# first  \ndraft d # beside\n  # own\nterm x = \"#\" # last");
  EXPECT_FALSE(parsed.tree);  // a text is no value
  const ParsedText good("# first  \ndraft d # beside\r\n  # own\nterm x = 1 # last");
  ASSERT_TRUE(good.tree);
  const std::vector<Comment>& comments = good.tree->comments;
  ASSERT_EQ(comments.size(), 4u);
  EXPECT_EQ(comments[0].text, "# first");
  EXPECT_TRUE(comments[0].own_line);
  EXPECT_EQ(comments[1].text, "# beside");
  EXPECT_FALSE(comments[1].own_line);
  EXPECT_TRUE(comments[2].own_line);
  EXPECT_EQ(good.Text(comments[3].span), "# last");
}

TEST(ParseTest, WordsOfDeclarationsMayBeNames) {
  const ParsedText parsed(
      "draft source over strict\n"
      "term first = settle and source.strict or not option\n"
      "term max = min + count\n"
      "term of rule to : list of term = case.amend\n"
      "add term, unit to option\n"
      "repeal option\n"
      "term always = never decides\n");
  ASSERT_TRUE(parsed.tree) << parsed.Errors().front();
  EXPECT_EQ(parsed.tree->declarations.size(), 6u);
}

TEST(ParseTest, WordBeforeBracketIsTheCalculationOrAParameter) {
  const ParsedText parsed("draft d\nterm x = max(a, b) + share(voting) + max + h.share(Share.voting)\n");
  ASSERT_TRUE(parsed.tree);
  std::size_t calls = 0;
  for (const Expr& expr : parsed.tree->exprs) calls += std::holds_alternative<Call>(expr.kind) ? 1 : 0;
  EXPECT_EQ(calls, 1u);
}

TEST(ParseTest, FactsNeedNoMarkBetweenThem) {
  const ParsedText parsed(
      "vocabulary v\n"
      "entity E {\n"
      "  size : integer\n  weight, height : real kg assumed 5\n  share(Share) : percent assumed 0% §1 \"share\"\n"
      "  first : date or none\n  assumed : boolean assumed low\n  set : set of Use assumed { }\n}\n");
  ASSERT_TRUE(parsed.tree) << parsed.Errors().front();
  const auto& entity = parsed.Get<EntityDeclaration>();
  ASSERT_EQ(entity.facts.size(), 6u);
  EXPECT_TRUE(entity.facts[0].type.name.text.empty());
  EXPECT_EQ(entity.facts[1].type.name.text, "kg");
  EXPECT_TRUE(entity.facts[3].type.or_none);
  EXPECT_EQ(entity.facts[4].names.at(0).name.text, "assumed");
}

TEST(ParseTest, CitationEndsWhereItsBracketsDo) {
  const ParsedText parsed(
      "draft d\ndecision t : T {\n  rule r §850.224(k)(1)-> p when any of { §(d)(k) (k or m), }\n}\n");
  ASSERT_TRUE(parsed.tree) << parsed.Errors().front();
  const auto& rule = std::get<RuleText>(parsed.Get<DecisionDeclaration>().items.at(0));
  EXPECT_EQ(rule.supports.cites.at(0).text, "§850.224(k)(1)");
  const auto& list = std::get<ConditionList>((*parsed.tree)[rule.condition].kind);
  EXPECT_EQ(list.items.at(0).cites.at(0).text, "§(d)(k)");
}

TEST(ParseTest, LiteralsKeepWhatWasWritten) {
  const ParsedText parsed(
      "draft d\nterm x = { 41_600, 10^25 flop, 1.5e-3, 50%, $2,000,000, $500,$600, 1 month (clipped) }\n");
  ASSERT_TRUE(parsed.tree) << parsed.Errors().front();
  const auto& set = std::get<SetLiteral>((*parsed.tree)[parsed.Get<TermDeclaration>().value].kind);
  ASSERT_EQ(set.members.size(), 8u);
  const auto kind = [&](std::size_t i) { return (*parsed.tree)[set.members[i]].kind; };
  EXPECT_EQ(std::get<NumberLiteral>(kind(0)).number, "41_600");
  EXPECT_EQ(std::get<NumberLiteral>(kind(1)).unit.text, "flop");
  EXPECT_EQ(std::get<PercentLiteral>(kind(3)).number, "50");
  EXPECT_EQ(std::get<MoneyLiteral>(kind(4)).number, "2000000");
  EXPECT_EQ(std::get<MoneyLiteral>(kind(5)).number, "500");
  EXPECT_EQ(std::get<DurationLiteral>(kind(7)).rule, MonthRule::kClipped);
}

TEST(ParseTest, TextEscapesAreResolved) {
  const ParsedText parsed(R"(draft d "a \"b\" \\ c")");
  ASSERT_TRUE(parsed.tree);
  EXPECT_EQ(parsed.tree->title->text, R"(a "b" \ c)");
}

TEST(ParseTest, AGlanceFindsTheUsesThatAParseFinds) {
  const std::string text = "# first\ruse \"a.pvo\"  # second\n\n use\n\"b/c.pvo\" use \"§.pvo\"\ndraft d amends c\n";
  const ParsedText parsed(text);
  ASSERT_TRUE(parsed.tree);
  std::vector<std::string> uses;
  for (const UseText& use : parsed.tree->uses) uses.push_back(use.path.text);
  EXPECT_EQ(uses, std::vector<std::string>({"a.pvo", "b/c.pvo", "§.pvo"}));
  EXPECT_EQ(GlanceAtUses(text), uses);
}

TEST(ParseTest, AGlanceEndsAtWhatItCannotRead) {
  EXPECT_EQ(GlanceAtUses(R"(use "a" use "b\"c" use "d")"), std::vector<std::string>({"a"}));
  EXPECT_EQ(GlanceAtUses("use \"a\nuse \"b\""), std::vector<std::string>());
  EXPECT_EQ(GlanceAtUses("use \"a"), std::vector<std::string>());
  EXPECT_EQ(GlanceAtUses("use"), std::vector<std::string>());
  EXPECT_EQ(GlanceAtUses("# use \"a\""), std::vector<std::string>());
  EXPECT_EQ(GlanceAtUses(""), std::vector<std::string>());
}

}  // namespace
}  // namespace proviso::syntax
