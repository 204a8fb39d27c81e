// docs_test.cpp: runs the examples of the pages of documentation. In a page,
//   ```proviso file=NAME.pvo   and   ```yaml file=NAME.yaml   (or csv, text) write that file,
//   ```console                 holds lines `$ proviso …`, each followed by exactly what it prints.
// Files gather over the page; a later block overwrites. The folder is an image of the repository, so that
// `rulesets/outbound/final_2024.pvo` is there. UPDATE_GOLDEN=1 writes what is printed into the page.
#include <gtest/gtest.h>

#include <cstddef>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/scratch.h"

namespace proviso::tests {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line + "\n");
  return lines;
}

std::string WithoutDurations(const std::string& text) {
  static const std::regex kDuration(R"(in \d+ ms\b)");
  return std::regex_replace(text, kDuration, "in N ms");
}

/// One page, read from its first line to its last; `rewritten` is the page with what the commands print now.
class Page {
 public:
  explicit Page(const std::string& text) : lines_(Lines(text)), scratch_("") {}

  std::string Run() {
    while (at_ < lines_.size()) {
      const std::string opening = Next();
      if (!opening.starts_with("```")) continue;
      std::smatch match;
      if (std::regex_match(opening, match, std::regex(R"(```\S+ file=(\S+)\n)"))) {
        scratch_.Write(match[1].str(), Block());
      } else if (opening == "```console\n") {
        RunConsole();
      } else {
        (void)Block();
      }
    }
    return rewritten_;
  }

  [[nodiscard]] int Commands() const { return commands_; }

 private:
  std::string Next() {
    rewritten_ += lines_[at_];
    return lines_[at_++];
  }

  /// The lines up to the closing fence, which is read too.
  std::string Block() {
    std::string text;
    while (at_ < lines_.size()) {
      const std::string line = Next();
      if (line == "```\n") break;
      text += line;
    }
    return text;
  }

  void RunConsole() {
    while (at_ < lines_.size() && lines_[at_] != "```\n") {
      ASSERT_TRUE(lines_[at_].starts_with("$ ")) << "a console block begins with a command: " << lines_[at_];
      const std::size_t number = at_ + 1;
      std::string command = Next().substr(2);
      while (command.ends_with("\\\n") && at_ < lines_.size()) command += Next();
      RunCommand(command, number);
    }
    if (at_ < lines_.size()) (void)Next();  // the closing fence
  }

  void RunCommand(const std::string& command, std::size_t number) {
    ++commands_;
    std::string expected;
    while (at_ < lines_.size() && lines_[at_] != "```\n" && !lines_[at_].starts_with("$ ")) expected += lines_[at_++];
    const CommandResult result = RunShell(command, scratch_.Folder());
    EXPECT_FALSE(result.timed_out) << command;
    const bool is_same = WithoutDurations(expected) == result.output;
    rewritten_ += is_same ? expected : result.output;
    if (!UpdatesGolden()) {
      EXPECT_TRUE(is_same) << "line " << number << ": " << command << LineDifference(expected, result.output);
    }
  }

  std::vector<std::string> lines_;
  Scratch scratch_;
  std::size_t at_ = 0;
  int commands_ = 0;
  std::string rewritten_;
};

void RunPage(const char* name) {
  const auto path = SourceFolder() / name;
  const std::string text = ReadText(path);
  ASSERT_FALSE(text.empty()) << name;
  Page page(text);
  const std::string rewritten = page.Run();
  EXPECT_GT(page.Commands(), 0) << "no command is shown in " << name;
  if (UpdatesGolden() && rewritten != text) WriteText(path, rewritten);
}

TEST(DocsTest, LanguageReferenceIsTrue) { RunPage("grammar/language.md"); }
/// The table of paragraphs at the end of a page is what `proviso trace` prints.
TEST(DocsTest, TableOfParagraphsIsCurrent) {
  const auto path = SourceFolder() / "rulesets/outbound/README.md";
  const std::string page = ReadText(path);
  const std::size_t begin = page.find("| paragraph |");
  const Scratch scratch("");
  const CommandResult result = RunShell(
      "proviso trace rulesets/outbound/final_2024.pvo --paragraphs rulesets/outbound/paragraphs.csv", scratch.Folder());
  ASSERT_EQ(result.status, 0) << result.output;
  if (UpdatesGolden()) {
    WriteText(path, page.substr(0, begin) + result.output);
    return;
  }
  ASSERT_NE(begin, std::string::npos) << "the page has no table of paragraphs";
  EXPECT_EQ(page.substr(begin), result.output) << LineDifference(page.substr(begin), result.output);
}

TEST(DocsTest, ReadmeIsTrue) { RunPage("README.md"); }

TEST(DocsTest, TutorialIsTrue) { RunPage("docs/tutorial.md"); }

/// Every word that the page of the commands speaks of is one that the command takes, and every command has a section.
TEST(DocsTest, PageOfTheCommandsIsTrue) {
  const std::string page = ReadText(SourceFolder() / "docs/commands.md");
  const Scratch scratch("");
  const auto help = [&](const std::string& command) {
    return RunShell("proviso " + command + " --help", scratch.Folder()).output;
  };
  static const std::regex kWord("--[a-z-]+");
  static const std::regex kHeading("## ([a-z, ]+)(:.*)?\n");
  static const std::regex kName("[a-z]+");
  std::set<std::string> described;
  std::string takes;  // by the commands of the section
  std::size_t words = 0;
  for (const std::string& line : Lines(page)) {
    std::smatch heading;
    if (std::regex_match(line, heading, kHeading)) {
      takes.clear();
      const std::string names = heading[1];
      for (std::sregex_iterator name(names.begin(), names.end(), kName), end; name != end; ++name) {
        described.insert(name->str());
        takes += help(name->str());
      }
      continue;
    }
    for (std::sregex_iterator word(line.begin(), line.end(), kWord), end; word != end && !described.empty(); ++word) {
      ++words;
      EXPECT_NE(takes.find(word->str()), std::string::npos) << word->str() << " in " << line;
    }
  }
  EXPECT_GT(words, 30U);
  std::set<std::string> commands;
  const std::string all = help("");
  static const std::regex kCommand("\n  ([a-z]+) ");
  for (std::sregex_iterator command(all.begin(), all.end(), kCommand), end; command != end; ++command) {
    commands.insert((*command)[1]);
  }
  EXPECT_EQ(described, commands);
}

}  // namespace
}  // namespace proviso::tests
