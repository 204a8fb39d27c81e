#include "compiler/syntax/look_ahead.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "ProvisoParser.h"
#include "compiler/syntax/source_tokens.h"
#include "tests/support/scratch.h"

namespace proviso::syntax {
namespace {

namespace fs = std::filesystem;

struct Counts {
  int made = 0;  // by the look ahead; none in a text with errors
  int other_than_antlr = 0;
};

/// Chooses as ANTLR does, and compares.
class Compared final : public antlr4::atn::ParserATNSimulator {
 public:
  Compared(antlr4::Parser* owner, ParserATNSimulator& simulator, Counts& counts)
      : ParserATNSimulator(owner, simulator.atn, simulator.decisionToDFA, simulator.getSharedContextCache()),
        counts_(counts) {}

  std::size_t adaptivePredict(antlr4::TokenStream* input, std::size_t decision,
                              antlr4::ParserRuleContext* context) override {
    const std::optional<std::size_t> choice = LookAhead::Choice(context->getRuleIndex(), *input);
    const std::size_t expected = ParserATNSimulator::adaptivePredict(input, decision, context);
    if (choice) ++counts_.made;
    if (choice && *choice != expected) ++counts_.other_than_antlr;
    return expected;
  }

 private:
  Counts& counts_;
};

Counts Compare(const std::string& text) {
  Counts counts;
  SourceTokens tokens(text, FileId(0));
  grammar::ProvisoParser parser(&tokens.Stream());
  parser.removeErrorListeners();
  auto compared =
      std::make_unique<Compared>(&parser, *parser.getInterpreter<antlr4::atn::ParserATNSimulator>(), counts);
  parser.setInterpreter(compared.release());
  parser.file();
  return parser.getNumberOfSyntaxErrors() == 0 ? counts : Counts{};
}

std::string ReadWhole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(LookAheadTest, ChoosesAsAntlrDoesInDraftsOfEveryConstruct) {
  int made = 0;
  for (const char* folder : {"tests/golden/constructs", "rulesets"})
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(tests::SourceFolder() / folder)) {
      if (entry.path().extension() != ".pvo") continue;
      const Counts counts = Compare(ReadWhole(entry.path()));
      EXPECT_EQ(counts.other_than_antlr, 0) << entry.path();
      made += counts.made;
    }
  EXPECT_GT(made, 1000);
}

/// Where a word may be a name, two tokens are not always enough.
TEST(LookAheadTest, WordsThatAreNamesAreReadAsAntlrReadsThem) {
  for (const char* text : {
           "vocabulary v\nentity E { a: integer cites: integer \"x\" b: integer units c: set of E d: set }\n",
           "vocabulary v\nentity E { assumed: boolean a: boolean assumed yes assumed: date }\n",
           "vocabulary v\nenum e { a §1, §2, cites, b cites \"X\", cites \"Y\", c §1, d, }\n",
           "draft d amends c\nadd term to s\nadd term t = yes\nadd term.x, y to s\nadd term to = yes\n",
           "draft d\nproperty p: always never falls as x rises\nproperty q: always(a, b).c at least as strict as d\n",
           "draft d\nproperty p: never (a) or b\nproperty q: never at least 2 of { a, b }\nproperty r: always (a or "
           "b)\n",
           "draft d\nterm x = a is at least 2 of { b, c }\nterm y = a is not b\nterm z = a is not at most 5\n",
           "draft d\nterm x = max or max(a, b)\nterm y = none of { a, } or b is none\nterm z = sum.a = sum(a for b in "
           "c)\n",
           "draft d\nconstraint because: a\nconstraint a is b\nconstraint option because \"x\"\n",
       }) {
    const Counts counts = Compare(text);
    EXPECT_GT(counts.made, 0) << text;
    EXPECT_EQ(counts.other_than_antlr, 0) << text;
  }
}

}  // namespace
}  // namespace proviso::syntax
