// golden_test.cpp: runs every case in tests/golden: a folder with its inputs, the shell lines to run (`command`;
// without it `proviso check draft.pvo`) and what they print (`expected`, with a last line `exit status N` where N is
// not 0). UPDATE_GOLDEN=1 writes `expected`.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "harness/report/diagnostics_table.h"
#include "tests/support/scratch.h"

namespace proviso::tests {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGolden = "tests/golden";

bool IsCase(const fs::path& folder) {
  return fs::exists(folder / "draft.pvo") || fs::exists(folder / "command") || fs::exists(folder / "expected");
}

/// The cases, as paths below tests/golden, sorted.
std::vector<fs::path> Cases() {
  std::vector<fs::path> cases;
  const fs::path golden = SourceFolder() / kGolden;
  if (!fs::exists(golden)) return cases;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(golden)) {
    if (entry.is_directory() && IsCase(entry.path())) cases.push_back(entry.path().lexically_relative(golden));
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

std::string Output(const CommandResult& result) {
  if (result.status == 0) return result.output;
  const bool ends_line = result.output.empty() || result.output.back() == '\n';
  return result.output + (ends_line ? "" : "\n") + "exit status " + std::to_string(result.status) + "\n";
}

class GoldenCase : public testing::Test {
 public:
  explicit GoldenCase(fs::path name) : name_(std::move(name)) {}

  void TestBody() override {
    const fs::path folder = fs::path(kGolden) / name_;
    const Scratch scratch(folder);
    const std::string lines = ReadText(SourceFolder() / folder / "command");
    const CommandResult result = RunShell(lines.empty() ? "proviso check draft.pvo" : lines, scratch.Folder());
    ASSERT_FALSE(result.timed_out) << "ended after its time, having printed:\n" << result.output.substr(0, 2000);
    const std::string output = Output(result);
    EXPECT_EQ(name_.filename().string().starts_with("fail_"), result.status != 0)
        << "a case's name begins with fail_ if and only if it fails; this one ended with " << result.status << "\n"
        << output.substr(0, 2000);
    Compare(SourceFolder() / folder / "expected", output);
  }

 private:
  static void Compare(const fs::path& expected_file, const std::string& output) {
    const std::string expected = ReadText(expected_file);
    if (fs::exists(expected_file) && output == expected) return;
    if (UpdatesGolden()) {
      WriteText(expected_file, output);
      return;
    }
    ADD_FAILURE() << (fs::exists(expected_file) ? "prints something else" : "`expected` is missing (UPDATE_GOLDEN=1)")
                  << ", " << LineDifference(expected, output);
  }

  fs::path name_;
};

const bool kAreRegistered = [] {
  for (const fs::path& name : Cases()) {
    testing::RegisterTest("GoldenTest", name.string().c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          [name]() -> testing::Test* { return new GoldenCase(name); });
  }
  return true;
}();

TEST(GoldenFilesTest, ThereAreCases) {
  EXPECT_TRUE(kAreRegistered);
  EXPECT_GT(Cases().size(), 0u);
}

TEST(GoldenFilesTest, EveryDiagnosticIsProvokedByACase) {
  std::string all;
  for (const fs::path& name : Cases()) all += ReadText(SourceFolder() / kGolden / name / "expected");
  for (std::size_t i = 0; i < diagnostics::kKinds.size(); ++i) {
    const std::string code = diagnostics::CodeText(static_cast<diagnostics::Kind>(i));
    EXPECT_NE(all.find(code), std::string::npos)
        << code << " " << diagnostics::kKinds[i].name << " occurs in no `expected` below tests/golden";
  }
}

TEST(GoldenFilesTest, CodesOfDiagnosticsAreUnique) {
  std::set<int> codes;
  for (const diagnostics::KindInfo& kind : diagnostics::kKinds) {
    EXPECT_TRUE(codes.insert(kind.code).second) << kind.code << " is used again by " << kind.name;
  }
}

TEST(GoldenFilesTest, TableOfDiagnosticsIsCurrent) {
  const fs::path page = SourceFolder() / "grammar/diagnostics.md";
  const std::string table = report::DiagnosticsTable();
  if (UpdatesGolden()) WriteText(page, table);
  EXPECT_EQ(ReadText(page), table) << "UPDATE_GOLDEN=1 writes it";
}

}  // namespace
}  // namespace proviso::tests
