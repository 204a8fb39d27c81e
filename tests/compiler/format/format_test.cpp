#include "compiler/format/format.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "compiler/diagnostics/render.h"
#include "compiler/format/doc.h"
#include "compiler/format/ink.h"
#include "compiler/source/source_files.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/parse.h"
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
  Parsed parsed = {syntax::Parse(files, file, sink), {}};
  parsed.errors = diagnostics::RenderText(sink.Sorted(), files);
  return parsed;
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

std::vector<std::string> CommentsOf(const syntax::SyntaxTree& tree) {
  std::vector<std::string> comments;
  for (const syntax::Comment& comment : tree.comments) comments.push_back(comment.text);
  return comments;
}

/// Lines that are too long though they have a blank where they could end.
std::vector<std::string> LinesTooLong(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    const std::string code = line.substr(0, line.find("  # "));
    const std::size_t indent = std::min(code.find_first_not_of(' '), code.size());
    const bool has_break = code.find(' ', indent) != std::string::npos;
    if (ColumnWidth(code) > kLineWidth && has_break && code[indent] != '#') lines.push_back(line);
  }
  return lines;
}

/// Everything that is promised of the formatter, for one text.
void ExpectFormatted(const std::string& text) {
  const Parsed before = ParseText(text);
  ASSERT_TRUE(before.tree) << before.errors << text;
  const std::string formatted = Format(*before.tree, text);
  const Parsed after = ParseText(formatted);
  ASSERT_TRUE(after.tree) << after.errors << formatted;
  EXPECT_EQ(syntax::DumpTree(*after.tree), syntax::DumpTree(*before.tree));
  EXPECT_EQ(CommentsOf(*after.tree), CommentsOf(*before.tree)) << formatted;
  EXPECT_EQ(Format(*after.tree, formatted), formatted);
  EXPECT_TRUE(formatted.find(" \n") == std::string::npos) << formatted;
  EXPECT_TRUE(formatted.find("\n\n\n") == std::string::npos) << formatted;
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
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE(seed);
    ExpectFormatted(tests::RandomDraft(seed).Text());
    if (HasFailure()) return;
  }
}

TEST(FormatTest, ManyCommentsKeepTheirOrder) {
  tests::RandomDraftOptions options;
  options.comment_percent = 25;
  options.empty_line_percent = 10;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    ExpectFormatted(tests::RandomDraft(seed, options).Text());
    if (HasFailure()) return;
  }
}

TEST(FormatTest, LayoutDoesNotDependOnTheInputsLineEnds) {
  tests::RandomDraftOptions options;
  options.comment_percent = options.empty_line_percent = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE(seed);
    std::string text = tests::RandomDraft(seed, options).Text();
    const std::string formatted = FormatText(text);
    std::ranges::replace(text, '\n', ' ');
    EXPECT_EQ(FormatText(text), formatted);
    EXPECT_EQ(LinesTooLong(formatted), std::vector<std::string>());
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace proviso::format
