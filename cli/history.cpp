#include "cli/history.h"

#include <fmt/core.h>

#include <optional>

#include "cli/replace_file.h"
#include "harness/history/history.h"
#include "harness/report/history_report.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"

namespace proviso::cli {
namespace {

/// The file's text; empty where there is no such file.
std::optional<std::string> TextOf(const std::string& path, Terminal& terminal) {
  const auto buffer = llvm::MemoryBuffer::getFile(path);
  if (buffer) return (*buffer)->getBuffer().str();
  if (buffer.getError() == std::errc::no_such_file_or_directory) return "";
  terminal.Error(fmt::format("error: cannot read `{}`: {}\n", path, buffer.getError().message()));
  return std::nullopt;
}

std::optional<history::Run> LastRun(llvm::StringRef text) {
  text = text.rtrim('\n');
  return history::ReadLine(text.substr(text.rfind('\n') + 1));
}

}  // namespace

Status Record(load::Workspace& workspace, const SuitesRead& read, const std::string& path, Terminal& terminal) {
  if (!read.unread.empty()) {
    terminal.Error(fmt::format("nothing is recorded in {} while a suite has errors\n", path));
    return Status::kFinding;
  }
  const std::optional<std::string> text = TextOf(path, terminal);
  if (!text) return Status::kUnusable;
  if (!text->empty() && !LastRun(*text)) {
    terminal.Error(fmt::format("error: `{}` is there and has no recorded run in its last line\n", path));
    return Status::kUnusable;
  }
  const std::string line = history::LineOf(history::RunOf(workspace, read.Pointers()));
  const bool is_open = !text->empty() && text->back() != '\n';
  const std::string problem = ReplaceFile(path, *text + (is_open ? "\n" : "") + line);
  if (problem.empty()) return Status::kFine;
  terminal.Error(fmt::format("error: cannot write `{}`: {}\n", path, problem));
  return Status::kUnusable;
}

Status CompareAgainst(load::Workspace& workspace, const SuitesRead& read, const std::string& path, Terminal& terminal) {
  const std::optional<std::string> text = TextOf(path, terminal);
  if (!text) return Status::kUnusable;
  const std::optional<history::Run> before = LastRun(*text);
  if (!before) {
    terminal.Error(
        fmt::format("error: `{}` has no recorded run in its last line; `--record {}` adds one\n", path, path));
    return Status::kUnusable;
  }
  const history::Comparison comparison = history::Compare(*before, history::RunOf(workspace, read.Pointers()));
  terminal.Out(terminal.IsJson() ? report::HistoryJson(*before, comparison, DiagnosticsJson(workspace))
                                 : report::HistoryText(*before, comparison, terminal.OutStyle()));
  return comparison.changes.empty() ? Status::kFine : Status::kFinding;
}

}  // namespace proviso::cli
