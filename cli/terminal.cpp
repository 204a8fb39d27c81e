#include "cli/terminal.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>
#include <vector>

#include "compiler/diagnostics/render.h"
#include "harness/report/finding.h"
#include "harness/report/json.h"
#include "llvm/ADT/StringRef.h"

namespace proviso::cli {
namespace {

bool IsColoured(ColourChoice choice, int descriptor) {
  if (choice != ColourChoice::kAuto) return choice == ColourChoice::kAlways;
  const char* const no_colour = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  const bool is_dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return (no_colour == nullptr || *no_colour == '\0') && !is_dumb && isatty(descriptor) == 1;
}

/// Writes all of `text`; 0, or what went wrong.
int WriteAll(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

/// `2 errors`, `1 error, 1 warning`; empty for none.
std::string Summary(const std::vector<diagnostics::Diagnostic>& all) {
  const auto errors = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& one) {
    return diagnostics::Info(one.kind).severity == diagnostics::Severity::kError;
  }));
  const std::size_t warnings = all.size() - errors;
  std::string text = errors > 0 ? report::Counted(errors, "error") : "";
  if (warnings > 0) text += (text.empty() ? "" : ", ") + report::Counted(warnings, "warning");
  return text;
}

}  // namespace

Terminal::Terminal(Format format, ColourChoice colour)
    : format_(format), out_style_{IsColoured(colour, STDOUT_FILENO)}, error_style_{IsColoured(colour, STDERR_FILENO)} {}

void Terminal::Out(std::string_view text) {
  EndProgress();
  if (out_is_closed_ || out_has_failed_) return;
  const int problem = WriteAll(STDOUT_FILENO, text);
  out_is_closed_ = problem == EPIPE;
  out_has_failed_ = problem != 0 && problem != EPIPE;
  if (out_has_failed_) Error(fmt::format("error: cannot write the result: {}\n", std::strerror(problem)));
}

void Terminal::Error(std::string_view text) {
  EndProgress();
  WriteAll(STDERR_FILENO, text);
}

std::optional<std::string> Terminal::Ask(std::string_view prompt) {
  Error(prompt);
  std::string line;
  if (!std::getline(std::cin, line)) {
    Error("\n");
    return std::nullopt;
  }
  if (isatty(STDIN_FILENO) != 1) Error(line + "\n");
  return llvm::StringRef(line).trim().str();
}

void Terminal::Progress(std::string_view text) {
  const bool is_long = std::chrono::steady_clock::now() - start_ > std::chrono::seconds(1);
  if (!is_long || isatty(STDERR_FILENO) != 1) return;
  WriteAll(STDERR_FILENO, fmt::format("\r\x1b[K{}", text));
  has_progress_ = true;
}

void Terminal::EndProgress() {
  if (has_progress_) WriteAll(STDERR_FILENO, "\r\x1b[K");
  has_progress_ = false;
}

void Terminal::ShowDiagnostics(load::Workspace& workspace) {
  if (HoldsDiagnostics() || workspace.Sink().Empty()) return;
  const std::vector<diagnostics::Diagnostic> sorted = workspace.Sink().Sorted();
  const Shown shown{&workspace, sorted.size()};
  if (shown == shown_) return;  // nothing has come since
  shown_ = shown;
  Error(diagnostics::RenderText(sorted, workspace.Files(), {.colour = error_style_.colour}));
  Error(Summary(sorted) + "\n");
}

Status Terminal::End(load::Workspace& workspace, Status so_far) const {
  if (out_has_failed_ || workspace.HasUnusableFile()) return Status::kUnusable;
  return workspace.Sink().HasErrors() ? Worse(so_far, Status::kFinding) : so_far;
}

Status Terminal::EndWithNothing(load::Workspace& workspace, Status status) {
  ShowDiagnostics(workspace);
  if (IsJson()) Out(report::FailedJson(DiagnosticsJson(workspace)));
  if (format_ == Format::kSarif) {
    Out(report::SarifText(report::FindingsOf(workspace.Sink().Sorted()), workspace.Files(), PROVISO_VERSION));
  }
  return End(workspace, status);
}

load::Workspace& NewWorkspace() {
  static std::vector<std::unique_ptr<load::Workspace>> workspaces;
  return *workspaces.emplace_back(std::make_unique<load::Workspace>());
}

std::string DiagnosticsJson(load::Workspace& workspace) {
  return diagnostics::RenderJson(workspace.Sink().Sorted(), workspace.Files());
}

}  // namespace proviso::cli
