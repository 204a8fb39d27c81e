#include "compiler/diagnostics/render.h"

#include <gtest/gtest.h>
#include <llvm/Support/JSON.h>

namespace proviso::diagnostics {
namespace {

class RenderTest : public testing::Test {
 protected:
  [[nodiscard]] std::string Text(const RenderOptions& options = {}) const {
    return RenderText(sink_.Sorted(), files_, options);
  }
  [[nodiscard]] Span Find(std::string_view text) const {
    const auto begin = static_cast<std::uint32_t>(files_[file_].text.find(text));
    return {file_, begin, begin + static_cast<std::uint32_t>(text.size())};
  }

  source::SourceFiles files_;
  DiagnosticSink sink_;
  FileId file_ = files_.Add("draft.pvo", "entity A {\r\n  compute : real flop\n}\nrule x when compute > 5\n");
};

TEST_F(RenderTest, ShowsPlaceLineCaretLabelNotesAndHelp) {
  sink_.Report<Kind::kNotUtf8>(Find("> 5"))
      .Label("a plain number")
      .AddNote("compute is declared here", Find("compute"), "flop")
      .AddNote("no place")
      .AddNote("only a place", Find("entity"))
      .Help("write `5 flop`");
  EXPECT_EQ(Text(),
            "draft.pvo:4:21: error: this is not UTF-8 text [PV0003]\n"
            "    4 | rule x when compute > 5\n"
            "      |                     ^^^ a plain number\n"
            "note: compute is declared here\n"
            "   --> draft.pvo:2:3\n"
            "    2 |   compute : real flop\n"
            "      |   ^^^^^^^ flop\n"
            "note: no place\n"
            "note: only a place\n"
            "   --> draft.pvo:1:1\n"
            "help: write `5 flop`\n");
}

TEST_F(RenderTest, ASpanOfSeveralLinesIsUnderlinedOnItsFirst) {
  sink_.Report<Kind::kEmptyFile>(Span{file_, 7, 30});
  EXPECT_EQ(Text(),
            "draft.pvo:1:8: error: the file is empty [PV0005]\n"
            "    1 | entity A {\n"
            "      |        ^^^\n");
}

TEST_F(RenderTest, TheEndOfTheFileHasACaret) {
  const auto end = static_cast<std::uint32_t>(files_[file_].text.size());
  sink_.Report<Kind::kEmptyFile>(Span{file_, end, end});
  EXPECT_EQ(Text(),
            "draft.pvo:5:1: error: the file is empty [PV0005]\n"
            "    5 | \n"
            "      | ^\n");
}

TEST_F(RenderTest, ADiagnosticNowhereHasNoPlace) {
  sink_.Report<Kind::kUnreadableFile>({}, "x.pvo", "No such file or directory");
  EXPECT_EQ(Text(), "error: cannot read `x.pvo`: No such file or directory [PV0001]\n");
}

TEST_F(RenderTest, AnEmptyFileShowsNoLine) {
  sink_.Report<Kind::kEmptyFile>(Span{files_.Add("empty.pvo", ""), 0, 0});
  EXPECT_EQ(Text(), "empty.pvo:1:1: error: the file is empty [PV0005]\n");
}

TEST_F(RenderTest, DiagnosticsAreSetApartByAnEmptyLine) {
  sink_.Report<Kind::kFileTooLarge>({}, "a");
  sink_.Report<Kind::kFileTooLarge>({}, "b");
  EXPECT_EQ(Text(), "error: `a` is larger than 32 MB [PV0002]\n\nerror: `b` is larger than 32 MB [PV0002]\n");
}

TEST_F(RenderTest, ErrorsBeyondTheLimitOfAFileAreCounted) {
  const FileId other = files_.Add("other.pvo", "x\n");
  for (std::uint32_t i = 0; i < 5; ++i) sink_.Report<Kind::kEmptyFile>(Span{file_, i, i + 1});
  sink_.Report<Kind::kEmptyFile>(Span{other, 0, 1});
  const std::string text = Text({.limit = 3});
  EXPECT_EQ(text.find("draft.pvo:1:4"), std::string::npos);
  EXPECT_NE(text.find("other.pvo:1:1"), std::string::npos);
  EXPECT_TRUE(text.ends_with("\n\ndraft.pvo: 2 more errors not shown\n")) << text;
}

TEST_F(RenderTest, ColoursAreThereWhenAskedFor) {
  sink_.Report<Kind::kEmptyFile>(Find("compute"));
  EXPECT_EQ(Text().find('\x1b'), std::string::npos);
  EXPECT_NE(Text({.colour = true}).find("\x1b[1;31merror:\x1b[0m"), std::string::npos);
}

TEST_F(RenderTest, AMessageOfAnyLengthStaysShort) {
  sink_.Report<Kind::kFileTooLarge>({}, std::string(1'000'000, 'a') + "\n");
  EXPECT_LT(Text().size(), 800u);
}

TEST_F(RenderTest, JsonHasAllFields) {
  sink_.Report<Kind::kNotUtf8>(Find("> 5")).Label("here").AddNote("declared", Find("compute")).Help("mend");
  sink_.Report<Kind::kFileTooLarge>({}, "bad \xFF name");
  auto parsed = llvm::json::parse(RenderJson(sink_.Sorted(), files_));
  ASSERT_TRUE(static_cast<bool>(parsed)) << llvm::toString(parsed.takeError());
  const llvm::json::Array& array = *parsed->getAsArray();
  ASSERT_EQ(array.size(), 2u);
  const llvm::json::Value expected =
      llvm::json::Object{{"code", "PV0003"},
                         {"name", "NotUtf8"},
                         {"severity", "error"},
                         {"message", "this is not UTF-8 text"},
                         {"file", "draft.pvo"},
                         {"line", 4},
                         {"column", 21},
                         {"end_line", 4},
                         {"end_column", 24},
                         {"label", "here"},
                         {"notes", llvm::json::Array{llvm::json::Object{{"message", "declared"},
                                                                        {"file", "draft.pvo"},
                                                                        {"line", 2},
                                                                        {"column", 3},
                                                                        {"end_line", 2},
                                                                        {"end_column", 10},
                                                                        {"label", ""}}}},
                         {"help", "mend"}};
  EXPECT_EQ(array[0], expected);
  EXPECT_EQ(*array[1].getAsObject()->get("file"), llvm::json::Value(nullptr));
}

TEST_F(RenderTest, NothingRendersAsNothing) {
  EXPECT_EQ(Text(), "");
  EXPECT_EQ(RenderJson({}, files_), "[]\n");
}

}  // namespace
}  // namespace proviso::diagnostics
