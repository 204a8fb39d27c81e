#include "compiler/format/format.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/diagnostics/render.h"
#include "compiler/format/doc.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/parse.h"
#include "harness/report/tree_nodes.h"
#include "tests/support/random_draft.h"
#include "tests/support/scratch.h"

namespace proviso::format {
namespace {

namespace fs = std::filesystem;

struct Parsed {
  std::optional<syntax::SyntaxTree> tree;
  std::string errors;
};

Parsed ParseText(const std::string& text) {
  source::SourceFiles files;
  diagnostics::DiagnosticSink sink;
  const FileId file = files.Add("draft.pvo", text);
  std::optional<syntax::SyntaxTree> tree = syntax::Parse(files, file, sink);
  return {.tree = std::move(tree), .errors = diagnostics::RenderText(sink.Sorted(), files)};
}

std::string FormatText(const std::string& text) {
  const Parsed parsed = ParseText(text);
  return parsed.tree ? Format(*parsed.tree, text) : parsed.errors;
}

/// The value of a term as one line.
std::string LineOf(const std::string& expression) {
  const Parsed parsed = ParseText("draft d\nterm t = " + expression + "\n");
  if (!parsed.tree) return parsed.errors;
  return ExprToText(*parsed.tree, std::get<syntax::TermDeclaration>(parsed.tree->declarations.front().kind).value);
}

/// The tree without places.
std::string Shape(const syntax::SyntaxTree& tree) {
  report::Node root = report::TreeNode(tree);
  std::vector<report::Node*> left = {&root};
  while (!left.empty()) {
    report::Node* const node = left.back();
    left.pop_back();
    node->span = {};
    for (report::Node& part : node->parts) left.push_back(&part);
  }
  return report::NodeText(root, source::SourceFiles());
}

std::vector<std::string> CommentsOf(const syntax::SyntaxTree& tree) {
  std::vector<std::string> comments;
  comments.reserve(tree.comments.size());
  for (const syntax::Comment& comment : tree.comments) comments.push_back(comment.text);
  return comments;
}

/// What only the source text knows of a draft: all its tokens, one after the other, but commas and `_`.
std::string Tokens(const std::string& text, const syntax::SyntaxTree& tree) {
  std::string tokens;
  auto comment = tree.comments.begin();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (comment != tree.comments.end() && comment->span.begin == i) i = (comment++)->span.end;
    if (i < text.size() && std::string_view(" \t\r\n,_").find(text[i]) == std::string_view::npos) tokens += text[i];
  }
  return tokens;
}

/// The width of the widest word on a line; a string is one word.
int WidestWord(const std::string& line) {
  int widest = 0;
  bool in_string = false;
  std::string word;
  for (const char c : line + ' ') {
    if (c == '"') in_string = !in_string;
    if (c != ' ' || in_string) {
      word += c;
    } else {
      widest = std::max(widest, ColumnWidth(word));
      word.clear();
    }
  }
  return widest;
}

/// Lines that are too long for no good reason: none of their words is so wide that indented deeply it cannot fit.
std::vector<std::string> LinesTooLong(const std::string& text) {
  constexpr int kWideWord = 30;
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const std::string code = line.substr(0, line.find("  # "));
    if (ColumnWidth(code) > kLineWidth && WidestWord(code) < kWideWord) lines.push_back(line);
  }
  return lines;
}

/// Everything that is promised of the formatter, for one text.
void ExpectFormatted(const std::string& text) {
  const Parsed before = ParseText(text);
  const std::string formatted = before.tree ? Format(*before.tree, text) : before.errors;
  const Parsed after = ParseText(formatted);
  ASSERT_TRUE(before.tree && after.tree) << before.errors << after.errors << formatted;
  if (!before.tree || !after.tree) return;
  EXPECT_EQ(Shape(*after.tree), Shape(*before.tree));
  EXPECT_EQ(Tokens(formatted, *after.tree), Tokens(text, *before.tree));
  EXPECT_EQ(CommentsOf(*after.tree), CommentsOf(*before.tree)) << formatted;
  EXPECT_EQ(Format(*after.tree, formatted), formatted);
  EXPECT_EQ(formatted.find(" \n"), std::string::npos) << formatted;
  EXPECT_EQ(formatted.find("\n\n\n"), std::string::npos) << formatted;
}

std::vector<fs::path> DraftsOfTheRepository() {
  std::vector<fs::path> paths;
  for (const char* folder : {"rulesets", "tests/golden", "grammar"}) {
    const fs::path root = tests::SourceFolder() / folder;
    if (!fs::exists(root)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".pvo") paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

// ---- Properties ------------------------------------------------------------------------------------------

TEST(FormatTest, EveryDraftOfTheRepositoryKeepsItsMeaning) {
  int formatted = 0;
  for (const fs::path& path : DraftsOfTheRepository()) {
    SCOPED_TRACE(path);
    const std::string text = tests::ReadText(path);
    if (!ParseText(text).tree) continue;
    ExpectFormatted(text);
    EXPECT_EQ(LinesTooLong(FormatText(text)), std::vector<std::string>());
    ++formatted;
  }
  EXPECT_GT(formatted, 3);
}

TEST(FormatTest, RandomDraftsKeepTheirMeaningAndTheirComments) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    ExpectFormatted(tests::RandomDraft(seed).Text());
    if (HasFailure()) return;
  }
}

TEST(FormatTest, ManyCommentsKeepTheirOrder) {
  tests::RandomDraftOptions options;
  options.comment_percent = 25;
  options.empty_line_percent = 10;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    ExpectFormatted(tests::RandomDraft(seed, options).Text());
    if (HasFailure()) return;
  }
}

TEST(FormatTest, LayoutDoesNotDependOnTheInputsLineEnds) {
  tests::RandomDraftOptions options;
  options.comment_percent = options.empty_line_percent = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    std::string text = tests::RandomDraft(seed, options).Text();
    const std::string formatted = FormatText(text);
    std::ranges::replace(text, '\n', ' ');
    EXPECT_EQ(FormatText(text), formatted);
    EXPECT_EQ(LinesTooLong(formatted), std::vector<std::string>());
    if (HasFailure()) return;
  }
}

// ---- Layout ----------------------------------------------------------------------------------------------

/// A draft of one declaration, formatted, without the draft's head.
std::string Declared(const std::string& declaration) {
  const std::string head = "draft d\n\n";
  const std::string formatted = FormatText(head + declaration + "\n");
  EXPECT_EQ(formatted.substr(0, head.size()), head) << formatted;
  return formatted.substr(std::min(head.size(), formatted.size()));
}

TEST(FormatTest, FactsAreAlignedAtTheColon) {
  EXPECT_EQ(Declared("entity A { n : real flop \"Operations\" mostly_biology : boolean assumed no \"Trained on it\"\n"
                     "uses : set of EndUse }"),
            "entity A {\n"
            "  n              : real flop            \"Operations\"\n"
            "  mostly_biology : boolean assumed no   \"Trained on it\"\n"
            "  uses           : set of EndUse\n"
            "}\n");
}

TEST(FormatTest, EmptyLineAndCommentEndARunOfAlignedFacts) {
  EXPECT_EQ(Declared("entity A {\n\n  a : date\n  bbb : date # last\n  # next\n  cc : date\n\n\n\n  d : date\n\n}"),
            "entity A {\n"
            "  a   : date\n"
            "  bbb : date  # last\n"
            "  # next\n"
            "  cc : date\n"
            "\n"
            "  d : date\n"
            "}\n");
}

TEST(FormatTest, FactsThatDoNotFitAlignedStandAsTheyAre) {
  EXPECT_EQ(Declared("entity A { a : date\n bcd : date §850.404(c) \"When was any interest, asset, property or right "
                     "first transferred to the fund?\" }"),
            "entity A {\n"
            "  a : date\n"
            "  bcd : date §850.404(c)\n"
            "    \"When was any interest, asset, property or right first transferred to the fund?\"\n"
            "}\n");
}

TEST(FormatTest, AlternativesAreAlignedOneALineWhereTheyDoNotFitOnOne) {
  EXPECT_EQ(Declared("option a { x = 1, yes_please = 2, }"), "option a { x = 1, yes_please = 2 }\n");
  EXPECT_EQ(Declared("option a { x \"passive\" = b, yy = c and d }"),
            "option a {\n"
            "  x \"passive\" = b,\n"
            "  yy          = c and d,\n"
            "}\n");
}

TEST(FormatTest, ListWithCitationsIsAlwaysBroken) {
  EXPECT_EQ(Declared("term t = any of { §(b) a, b }"),
            "term t =\n"
            "  any of {\n"
            "    §(b) a,\n"
            "    b,\n"
            "  }\n");
  EXPECT_EQ(Declared("term t =\n any of {\n a,\n b,\n }"), "term t = any of { a, b }\n");
}

TEST(FormatTest, RuleHasItsConditionOnALineOfItsOwn) {
  EXPECT_EQ(Declared("decision d : T { one applies rule r §1 -> a under o is x: when b exception e to r when c\n"
                     "otherwise none }"),
            "decision d : T {\n"
            "  one applies\n"
            "  rule r §1 -> a under o is x:\n"
            "    when b\n"
            "  exception e to r\n"
            "    when c\n"
            "  otherwise none\n"
            "}\n");
}

TEST(FormatTest, ConditionBreaksBeforeItsOutermostOperators) {
  EXPECT_EQ(Declared("decision d : T { rule r -> a when learned_on more than completed_on + 30 days and knowledge at "
                     "least reason_to_know and not target.covered_foreign_person }"),
            "decision d : T {\n"
            "  rule r -> a\n"
            "    when learned_on more than completed_on + 30 days\n"
            "         and knowledge at least reason_to_know\n"
            "         and not target.covered_foreign_person\n"
            "}\n");
}

TEST(FormatTest, LastOperandBreaksBeforeSatisfiesWhereTheRestFits) {
  EXPECT_EQ(Declared("decision d : T { rule r -> a when covered and some s in target.ai_systems satisfies "
                     "s.training_compute > notify_compute and not s described in §850.224(j) }"),
            "decision d : T {\n"
            "  rule r -> a\n"
            "    when covered and some s in target.ai_systems\n"
            "           satisfies s.training_compute > notify_compute and not s described in §850.224(j)\n"
            "}\n");
}

TEST(FormatTest, ConditionalBreaksBeforeElse) {
  EXPECT_EQ(Declared("term of Person held(k : Share) : ratio §850.221(c) = sum(h.share(k) * (if "
                     "h.holder.government_of in countries_of_concern then 100% else h.holder.held(k)) for h in "
                     "holders)"),
            "term of Person held(k : Share) : ratio §850.221(c) =\n"
            "  sum(h.share(k) * (if h.holder.government_of in countries_of_concern then 100%\n"
            "                    else h.holder.held(k))\n"
            "      for h in holders)\n");
}

TEST(FormatTest, WidthCountsCodePoints) {
  const std::string fits = "term t §1 \"" + std::string(78, 'x') + "\" = yes";
  EXPECT_EQ(ColumnWidth(fits), 96);
  std::string umlauts = "term t §1 \"";
  for (int i = 0; i < 82; ++i) umlauts += "ü";
  umlauts += "\" = yes";
  EXPECT_EQ(ColumnWidth(umlauts), 100);
  EXPECT_EQ(Declared(umlauts), umlauts + "\n");
}

TEST(FormatTest, CommentsStayWhereTheyStand) {
  EXPECT_EQ(Declared("# of t\n\n\n# more of t\nterm t = # why\n any of { # first\n a, # of a\n # of b\n b # last\n }\n"
                     "# at the end"),
            "# of t\n"
            "\n"
            "# more of t\n"
            "term t =  # why\n"
            "  any of {  # first\n"
            "    a,  # of a\n"
            "    # of b\n"
            "    b,  # last\n"
            "  }\n"
            "# at the end\n");
}

TEST(FormatTest, CommentInsideAConditionEndsItsLine) {
  EXPECT_EQ(Declared("term t = a and b # of b\n or c"),
            "term t =\n"
            "  a and b  # of b\n"
            "    or c\n");
}

TEST(FormatTest, CommentsInsideEmptyBracesStay) {
  EXPECT_EQ(Declared("entity A { }"), "entity A { }\n");
  EXPECT_EQ(Declared("entity A { # none\n # yet\n\n }"),
            "entity A {  # none\n"
            "  # yet\n"
            "}\n");
}

TEST(FormatTest, AmountsAreGroupedByCommas) {
  EXPECT_EQ(LineOf("a > $2000000"), "a > $2,000,000");
  EXPECT_EQ(LineOf("a > $1_500.50"), "a > $1,500.50");
  EXPECT_EQ(LineOf("a > $100"), "a > $100");
}

TEST(FormatTest, WordsAndSignsStayAsTheyAreWritten) {
  for (const char* line :
       {"a at least 5 and b >= 5 and c is yes or d = true", "not (a implies b) unless c is not none",
        "-x * (y - -2) / 3", "a between 1_000 and 2e3", "country in { china, macau } or uses includes any of military",
        "uses includes all of { a, b } and uses includes c", "any of { a, cites \"89 FR\" b, §(c) \"why\" c }",
        "at least 2 of { a, b, c }", "(covered supposing { knowledge = actual }) and s described in §850.224(j)",
        "every x in l where x.a satisfies some k in Share satisfies x.share(k) > 50%",
        "if a then 1 day else if b then 2 months (clipped) else 1 year (spilled)",
        "count(x in l where x.a) + sum(x.b for x in l) + max(a, b) + min(x.c for x in l where x.d)",
        "round(real(a), 2) > 10^25 flop", "frontier_ai decides", "case.closes_on + 30 days"}) {
    EXPECT_EQ(LineOf(line), line);
  }
}

TEST(FormatTest, OneLineLeavesOutLineEndsAndComments) {
  EXPECT_EQ(LineOf("all of {\n  a, # of a\n  b,\n}"), "all of { a, b }");
}

}  // namespace
}  // namespace proviso::format
