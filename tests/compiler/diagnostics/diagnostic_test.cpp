#include "compiler/diagnostics/diagnostic.h"

#include <gtest/gtest.h>

#include <cctype>
#include <set>

namespace proviso::diagnostics {
namespace {

const FileId kFirst(0);
const FileId kSecond(1);

TEST(DiagnosticSinkTest, SortsByFileThenPlaceThenCode) {
  DiagnosticSink sink;
  sink.Report<Kind::kEmptyFile>({kSecond, 0, 1});
  sink.Report<Kind::kEmptyFile>({kFirst, 5, 6});
  sink.Report<Kind::kNotUtf8>({kFirst, 5, 9});
  sink.Report<Kind::kEmptyFile>({kFirst, 2, 3});
  std::vector<std::pair<Span, Kind>> order;
  for (const Diagnostic& diagnostic : sink.Sorted()) order.emplace_back(diagnostic.span, diagnostic.kind);
  const std::vector<std::pair<Span, Kind>> expected = {{{kFirst, 2, 3}, Kind::kEmptyFile},
                                                       {{kFirst, 5, 9}, Kind::kNotUtf8},
                                                       {{kFirst, 5, 6}, Kind::kEmptyFile},
                                                       {{kSecond, 0, 1}, Kind::kEmptyFile}};
  EXPECT_EQ(order, expected);
}

TEST(DiagnosticSinkTest, TheSameDiagnosticTwiceIsKeptOnce) {
  DiagnosticSink sink;
  sink.Report<Kind::kUnreadableFile>({kFirst, 0, 1}, "a", "gone").Label("first");
  sink.Report<Kind::kUnreadableFile>({kFirst, 0, 1}, "b", "gone");
  sink.Report<Kind::kUnreadableFile>({kFirst, 0, 1}, "a", "gone").Label("second");
  const auto sorted = sink.Sorted();
  ASSERT_EQ(sorted.size(), 2u);
  EXPECT_EQ(sorted[0].label, "first");
  EXPECT_EQ(sorted[1].message, "cannot read `b`: gone");
}

TEST(DiagnosticSinkTest, CountsErrors) {
  DiagnosticSink sink;
  EXPECT_TRUE(sink.Empty());
  EXPECT_FALSE(sink.HasErrors());
  sink.Report<Kind::kEmptyFile>({kFirst, 0, 0});
  EXPECT_FALSE(sink.Empty());
  EXPECT_TRUE(sink.HasErrors());
  EXPECT_EQ(sink.ErrorCount(), 1u);
}

TEST(KindsTest, CodesAndNamesAreUnique) {
  std::set<int> codes;
  std::set<std::string_view> names;
  for (const KindInfo& info : kKinds) {
    EXPECT_TRUE(codes.insert(info.code).second) << info.name;
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
  }
}

TEST(KindsTest, MessagesKeepTheHouseStyle) {
  for (const KindInfo& info : kKinds) {
    EXPECT_FALSE(info.explanation.empty()) << info.name;
    EXPECT_FALSE(info.format.ends_with('.')) << info.name;
    EXPECT_EQ(info.format.find('\n'), std::string_view::npos) << info.name;
    const std::string_view start = info.format.substr(0, 2);
    const bool is_acronym = start.size() == 2 && std::isupper(start[1]);
    EXPECT_TRUE(is_acronym || !std::isupper(start[0])) << info.name;
  }
}

TEST(CodeTextTest, CodesHaveFourDigits) { EXPECT_EQ(CodeText(Kind::kUnreadableFile), "PV0001"); }

}  // namespace
}  // namespace proviso::diagnostics
