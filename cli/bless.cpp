#include "cli/bless.h"

#include <fmt/core.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/replace_file.h"
#include "harness/bless/bless.h"
#include "harness/report/bless_report.h"

namespace proviso::cli {
namespace {

class Blesser {
 public:
  Blesser(load::Workspace& workspace, const test::RunOptions& options, BlessMode mode, Terminal& terminal)
      : workspace_(workspace), options_(options), mode_(mode), terminal_(terminal) {}

  void BlessSuite(const report::TestedSuite& tested) {
    std::vector<bless::Change> taken;
    for (bless::Change& change : bless::FindChanges(workspace_, *tested.suite, tested.result)) {
      if (is_ended_) break;
      Show(report::ChangeText(change, workspace_.Files(), Style()));
      const bool is_taken = change.refusal.empty() && IsTaken();
      Show("\n");
      if (is_taken) taken.push_back(std::move(change));
    }
    if (!taken.empty()) Write(tested, taken);
  }

  [[nodiscard]] std::size_t Written() const { return written_; }
  [[nodiscard]] std::size_t Blessed() const { return failures_; }

 private:
  [[nodiscard]] const report::Style& Style() const {
    return mode_ == BlessMode::kAsk ? terminal_.ErrorStyle() : terminal_.OutStyle();
  }

  /// Questions stand where answers are typed; without them it is the result.
  void Show(const std::string& text) {
    if (mode_ == BlessMode::kAsk) {
      terminal_.Error(text);
    } else {
      terminal_.Out(text);
    }
  }

  bool IsTaken() {
    while (mode_ == BlessMode::kAsk) {
      const std::optional<std::string> answer = terminal_.Ask("  take it? yes, no, all, quit > ");
      if (answer == "y" || answer == "yes") return true;
      if (answer == "n" || answer == "no") return false;
      if (answer == "a" || answer == "all") mode_ = BlessMode::kAll;
      is_ended_ = !answer || answer == "q" || answer == "quit";
      if (is_ended_) return false;
    }
    return true;
  }

  void Write(const report::TestedSuite& tested, const std::vector<bless::Change>& taken) {
    const bless::Blessed blessed = bless::Bless(workspace_, *tested.suite, tested.result, options_, taken);
    std::string problem = blessed.refusal;
    for (const bless::NewText& file : blessed.files) {
      if (problem.empty()) problem = ReplaceFile(file.path, file.text);
    }
    if (!problem.empty()) {
      terminal_.Error(fmt::format("error: {} is left as it was: {}\n", tested.suite->path, problem));
      return;
    }
    written_ += taken.size();
    for (const bless::Change& change : taken) failures_ += change.failures.size();
  }

  load::Workspace& workspace_;
  const test::RunOptions& options_;
  BlessMode mode_;
  Terminal& terminal_;
  bool is_ended_ = false;
  std::size_t written_ = 0;   // changes
  std::size_t failures_ = 0;  // that are no more
};

}  // namespace

Status Bless(load::Workspace& workspace, const report::TestRun& run, const test::RunOptions& options, BlessMode mode,
             Terminal& terminal) {
  Blesser blesser(workspace, options, mode, terminal);
  std::size_t failures = 0;
  for (const report::TestedSuite& tested : run.tested) {
    failures += tested.result.failures.size();
    blesser.BlessSuite(tested);
  }
  const std::size_t left = failures - blesser.Blessed();
  std::string text = fmt::format("{} made", report::Counted(blesser.Written(), "change"));
  if (left > 0) text += fmt::format("; {} left", report::Counted(left, "failure"));
  terminal.Out(text + "\n");
  return left > 0 ? Status::kFinding : Status::kFine;
}

}  // namespace proviso::cli
