#include "harness/scenario/yaml.h"

#include <gtest/gtest.h>

namespace proviso::scenario {
namespace {

class YamlTest : public testing::Test {
 protected:
  std::optional<YamlDocument> Read(const std::string& text) {
    file_ = files_.Add("suite.yaml", text);
    return ReadYaml(files_, file_, sink_);
  }
  std::string Complaint(const std::string& text) {
    EXPECT_FALSE(Read(text).has_value());
    const auto all = sink_.Sorted();
    return all.empty() ? "" : all.front().message + " at " + files_.Place(all.front().span);
  }

  source::SourceFiles files_;
  FileId file_;
  diagnostics::DiagnosticSink sink_;
};

TEST_F(YamlTest, ScalarsStayText) {
  const auto document = Read("a: no\nb: 1e25\nc: ~\nd: \"x\\ny\"\n");
  ASSERT_TRUE(document);
  const auto text = [&](std::string_view key) {
    return (*document)[document->Find(document->Root(), key)->value].text;
  };
  EXPECT_EQ(text("a"), "no");
  EXPECT_EQ(text("b"), "1e25");
  EXPECT_EQ(text("c"), "~");
  EXPECT_EQ(text("d"), "x\ny");
}

TEST_F(YamlTest, SpansCoverTheTextAsWritten) {
  const auto document = Read("é: [\"two words\", plain]\n");
  ASSERT_TRUE(document);
  const YamlEntry& entry = document->Root().entries.front();
  EXPECT_EQ(files_.Text(entry.key_span), "é");
  const YamlNode& list = (*document)[entry.value];
  EXPECT_EQ(files_.Text(list.span), "[\"two words\", plain]");
  EXPECT_EQ(files_.Text((*document)[list.items[0]].span), "\"two words\"");
  EXPECT_EQ(files_.Text((*document)[list.items[1]].span), "plain");
}

TEST_F(YamlTest, PlacesAreRightAfterAByteOrderMark) {
  const auto document = Read(
      "\xEF\xBB\xBF"
      "a: b\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(files_.Text(document->Root().entries.front().key_span), "a");
}

TEST_F(YamlTest, AliasesAreTheAnchoredNode) {
  const auto document = Read("a: &x { k: v }\nb: *x\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->Root().entries[0].value, document->Root().entries[1].value);
}

TEST_F(YamlTest, AnAliasInsideItsOwnAnchorIsRefused) {
  EXPECT_EQ(Complaint("a: &x [*x]\n"), "not YAML: no anchor `&x` stands above this alias at suite.yaml:1:8");
}

TEST_F(YamlTest, AliasesOfAliasesAreRefusedBeyondTheLimit) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string last = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + last;
    for (int j = 1; j < 10; ++j) text += ", " + last;
    text += "]\n";
  }
  EXPECT_EQ(Complaint(text).find("aliases repeat more than 100000 values"), 0U);
}

TEST_F(YamlTest, AliasesCannotNestBeyondTheDepthLimit) {
  std::string text = "a0: &a0 [x]\n";
  for (int i = 1; i < 100; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_EQ(Complaint(text).find("lists and mappings are nested deeper than 64 levels"), 0U);
}

TEST_F(YamlTest, DeepNestingIsRefusedAtOnce) {
  EXPECT_EQ(Complaint(std::string(1'000'000, '[')),
            "lists and mappings are nested deeper than 64 levels at suite.yaml:1:65");
}

TEST_F(YamlTest, ARepeatedKeyIsShownWithTheFirst) {
  EXPECT_EQ(Complaint("a: 1\nb: 2\na: 3\n"), "`a` stands twice in one mapping at suite.yaml:3:1");
  EXPECT_EQ(files_.Place(sink_.Sorted().front().notes.front().span), "suite.yaml:1:1");
}

TEST_F(YamlTest, AnAmountSplitAtItsCommasIsOneError) {
  EXPECT_EQ(Complaint("{ x: $2,000,000, y: 1 }\n"), "YAML splits `$2,000,000` at its commas at suite.yaml:1:6");
  EXPECT_EQ(sink_.ErrorCount(), 1U);
}

TEST_F(YamlTest, AnAmountSplitInAListIsAnError) {
  EXPECT_EQ(Complaint("[a, $2,500.50]\n"), "YAML splits `$2,500.50` at its commas at suite.yaml:1:5");
}

TEST_F(YamlTest, NumbersInAListAreNoSplitAmount) { EXPECT_TRUE(Read("[1,200,300]\n")); }

TEST_F(YamlTest, AnAmountOutsideBracketsNeedsNoQuotes) {
  const auto document = Read("x: $2,000,000\n");
  ASSERT_TRUE(document);
  EXPECT_EQ((*document)[document->Root().entries.front().value].text, "$2,000,000");
}

TEST_F(YamlTest, ATextWithoutValuesIsEmpty) {
  EXPECT_EQ(Complaint("# nothing\n"), "the file is empty at suite.yaml:1:1");
}

TEST_F(YamlTest, ReadsFromTheMiddleOfAText) {
  file_ = files_.Add("--fact", "path=[a, b]");
  const auto document = ReadYaml(files_, file_, sink_, 5);
  ASSERT_TRUE(document);
  EXPECT_EQ(files_.Text(document->Root().span), "[a, b]");
}

TEST_F(YamlTest, AnErrorInTheMiddleOfATextIsAtItsPlace) {
  file_ = files_.Add("--fact", "path=[a, b");
  EXPECT_FALSE(ReadYaml(files_, file_, sink_, 5));
  EXPECT_GE(sink_.Sorted().front().span.begin, 5U);
}

}  // namespace
}  // namespace proviso::scenario
