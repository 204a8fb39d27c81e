#include "harness/scenario/csv.h"

#include <gtest/gtest.h>

namespace proviso::scenario {
namespace {

class CsvTest : public testing::Test {
 protected:
  std::optional<CsvTable> Read(const std::string& text) {
    file_ = files_.Add("table.csv", text);
    return ReadCsv(files_, file_, sink_);
  }
  std::string Place() { return files_.Place(sink_.Sorted().front().span); }

  source::SourceFiles files_;
  FileId file_;
  diagnostics::DiagnosticSink sink_;
};

TEST_F(CsvTest, QuotedCellsMayHoldCommasQuotesAndLineEnds) {
  const auto table = Read("a,b\n\"x, \"\"y\"\"\nz\",2\nlast,3");
  ASSERT_TRUE(table);
  ASSERT_EQ(table->rows.size(), 2U);
  EXPECT_EQ(table->rows[0].cells[0].text, "x, \"y\"\nz");
  EXPECT_EQ(table->rows[1].cells[1].text, "3");
}

TEST_F(CsvTest, PlacesAreThoseOfTheFile) {
  const auto table = Read("a,b\n\"x\ny\", 2 \n\n,4\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(files_.Text(table->rows[0].cells[0].span), "\"x\ny\"");
  EXPECT_EQ(files_.Text(table->rows[0].cells[1].span), "2");
  EXPECT_EQ(files_.Place(table->rows[0].cells[1].span), "table.csv:3:5");
  EXPECT_EQ(files_.Place(table->rows[1].cells[1].span), "table.csv:5:2");
}

TEST_F(CsvTest, LinesMayEndInCarriageReturnAndLineFeed) {
  const auto table = Read(
      "\xEF\xBB\xBF"
      "a,b\r\n1,2\r\n3,4\r\n");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->header.cells[0].text, "a");
  EXPECT_EQ(files_.Text(table->header.cells[0].span), "a");
  EXPECT_EQ(files_.Text(table->rows[1].cells[0].span), "3");
}

TEST_F(CsvTest, ARowOfAnotherLengthIsAnErrorAtItsLine) {
  EXPECT_FALSE(Read("a,b\n1,2\n3\n"));
  EXPECT_EQ(Place(), "table.csv:3:1");
}

TEST_F(CsvTest, AQuoteThatIsNeverClosedIsAnErrorWhereItOpens) {
  EXPECT_FALSE(Read("a,b\n1,2\n3,\"x\n4,5\n"));
  EXPECT_EQ(Place(), "table.csv:3:3");
}

TEST_F(CsvTest, AnEmptyTextIsAnError) { EXPECT_FALSE(Read("\n\n")); }

}  // namespace
}  // namespace proviso::scenario
