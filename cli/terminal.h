// terminal.h: what a command writes, and how it ends.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/load/workspace.h"
#include "harness/report/style.h"

namespace proviso::cli {

/// How a command ended; the number is the exit status.
enum class Status { kFine = 0, kFinding = 1, kUnusable = 2 };

/// The worse of the two.
[[nodiscard]] constexpr Status Worse(Status one, Status other) { return one < other ? other : one; }

enum class Format { kText, kJson, kDot, kSvg, kJunit, kTap, kGithub, kMarkdown, kSarif, kLcov, kHtml, kCsv };
enum class ColourChoice { kAuto, kAlways, kNever };

/// Standard output and standard error. A reader that has gone away is not an error: what is left is not written.
class Terminal {
 public:
  Terminal(Format format, ColourChoice colour);

  [[nodiscard]] Format OutFormat() const { return format_; }
  [[nodiscard]] bool IsJson() const { return format_ == Format::kJson; }
  /// Whether diagnostics are a part of the result.
  [[nodiscard]] bool HoldsDiagnostics() const {
    return format_ == Format::kJson || format_ == Format::kGithub || format_ == Format::kSarif;
  }
  [[nodiscard]] const report::Style& OutStyle() const { return out_style_; }
  [[nodiscard]] const report::Style& ErrorStyle() const { return error_style_; }

  void Out(std::string_view text);
  /// Whether nobody reads standard output any more.
  [[nodiscard]] bool IsClosed() const { return out_is_closed_ || out_has_failed_; }
  void Error(std::string_view text);

  /// A line of standard input, without blanks around it; nothing at its end. `prompt` goes to standard error, and what
  /// nobody saw being typed is shown behind it.
  [[nodiscard]] std::optional<std::string> Ask(std::string_view prompt);

  /// A line on a terminal's last line, replaced by the next; only on work of more than a second.
  void Progress(std::string_view text);

  /// Shows what the workspace has to complain of, on standard error: nothing where it is part of the result.
  void ShowDiagnostics(load::Workspace& workspace);

  /// `so_far`, or what standard output or the workspace's diagnostics make of it.
  [[nodiscard]] Status End(load::Workspace& workspace, Status so_far) const;

  /// The end of a command that could do nothing: its diagnostics are all there is.
  [[nodiscard]] Status EndWithNothing(load::Workspace& workspace, Status status);

 private:
  void EndProgress();

  Format format_;
  report::Style out_style_;
  report::Style error_style_;
  using Shown = std::pair<const load::Workspace*, std::size_t>;
  Shown shown_;  // whose diagnostics were shown last, and how many
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool has_progress_ = false;
  bool out_is_closed_ = false;
  bool out_has_failed_ = false;
};

/// A new workspace, for as long as the process lives: to take it apart at the end only takes time.
[[nodiscard]] load::Workspace& NewWorkspace();

/// The diagnostics as a JSON array.
[[nodiscard]] std::string DiagnosticsJson(load::Workspace& workspace);

}  // namespace proviso::cli
