#include "compiler/diagnostics/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/diagnostics/snippet.h"

namespace proviso::diagnostics {
namespace {

constexpr std::size_t kMaxMessageCharacters = 600;

// What a terminal is told to make of a piece of text.
constexpr std::string_view kBold = "1";
constexpr std::string_view kRed = "1;31";
constexpr std::string_view kYellow = "1;33";
constexpr std::string_view kBlue = "1;34";
constexpr std::string_view kCyan = "1;36";

bool IsError(const Diagnostic& diagnostic) { return Info(diagnostic.kind).severity == Severity::kError; }

class TextRenderer {
 public:
  TextRenderer(const source::SourceFiles& files, const RenderOptions& options) : files_(files), options_(options) {}

  std::string Render(const std::vector<Diagnostic>& diagnostics) {
    for (const Diagnostic& diagnostic : diagnostics) {
      FileTally& tally = tallies_[diagnostic.span.file];
      std::size_t& count = IsError(diagnostic) ? tally.errors : tally.warnings;
      if (++count > options_.limit) continue;
      if (!text_.empty()) text_ += '\n';
      AppendDiagnostic(diagnostic);
    }
    for (const auto& [file, tally] : tallies_) AppendUnshown(file, tally);
    return std::move(text_);
  }

 private:
  struct FileTally {
    std::size_t errors = 0;
    std::size_t warnings = 0;
  };

  void AppendDiagnostic(const Diagnostic& diagnostic) {
    const std::string place = files_.Place(diagnostic.span);
    if (!place.empty()) text_ += Painted(kBold, Shown(place) + ":") + " ";
    text_ += IsError(diagnostic) ? Painted(kRed, "error:") : Painted(kYellow, "warning:");
    text_ += fmt::format(" {} [{}]\n", Painted(kBold, Shown(diagnostic.message)), CodeText(diagnostic.kind));
    AppendSnippet(diagnostic.span, diagnostic.label, IsError(diagnostic) ? kRed : kYellow);
    for (const Note& note : diagnostic.notes) AppendNote(note);
    if (!diagnostic.help.empty()) text_ += fmt::format("{} {}\n", Painted(kCyan, "help:"), Shown(diagnostic.help));
  }

  void AppendNote(const Note& note) {
    text_ += fmt::format("{} {}\n", Painted(kCyan, "note:"), Shown(note.message));
    if (!note.span.file.IsValid()) return;
    text_ += fmt::format("   {} {}\n", Painted(kBlue, "-->"), Shown(files_.Place(note.span)));
    if (!note.label.empty()) AppendSnippet(note.span, note.label, kCyan);
  }

  /// The line where `span` begins, with carets under as much of the span as is on it.
  void AppendSnippet(const Span& span, const std::string& label, std::string_view style) {
    if (!span.file.IsValid()) return;
    const source::SourceFile& file = files_[span.file];
    if (file.text.empty()) return;
    const std::uint32_t number = files_.Locate(span.file, span.begin).line;
    const std::size_t line_start = file.line_starts[number - 1];
    const std::size_t begin = std::max<std::size_t>(span.begin, line_start) - line_start;
    const std::size_t end = std::max<std::size_t>(span.end, line_start) - line_start;
    const Snippet snippet = MakeSnippet(files_.Line(span.file, number), begin, end);
    text_ += fmt::format("{} {}\n", Painted(kBlue, fmt::format("{:>5} |", number)), snippet.line);
    const std::string gutter = fmt::format("{:>{}} |", "", std::max<std::size_t>(5, fmt::formatted_size("{}", number)));
    text_ += fmt::format("{} {}", Painted(kBlue, gutter), Painted(style, snippet.underline));
    if (!label.empty()) text_ += " " + Painted(style, Shown(label));
    text_ += '\n';
  }

  void AppendUnshown(FileId file, const FileTally& tally) {
    std::string unshown = Counted(tally.errors, "error");
    const std::string warnings = Counted(tally.warnings, "warning");
    if (!unshown.empty() && !warnings.empty()) unshown += " and ";
    unshown += warnings;
    if (unshown.empty()) return;
    const std::string where = file.IsValid() ? Shown(files_[file].path) + ": " : "";
    text_ += fmt::format("\n{}{} not shown\n", where, unshown);
  }

  /// `3 more errors`, or nothing where all were shown.
  [[nodiscard]] std::string Counted(std::size_t count, std::string_view noun) const {
    if (count <= options_.limit) return {};
    const std::size_t rest = count - options_.limit;
    return fmt::format("{} more {}{}", rest, noun, rest == 1 ? "" : "s");
  }

  [[nodiscard]] std::string Painted(std::string_view style, std::string_view text) const {
    return options_.colour ? fmt::format("\x1b[{}m{}\x1b[0m", style, text) : std::string(text);
  }

  static std::string Shown(std::string_view text) { return Printable(text, kMaxMessageCharacters); }

  const source::SourceFiles& files_;
  const RenderOptions& options_;
  std::map<FileId, FileTally> tallies_;
  std::string text_;
};

}  // namespace

std::string RenderText(const std::vector<Diagnostic>& diagnostics, const source::SourceFiles& files,
                       const RenderOptions& options) {
  return TextRenderer(files, options).Render(diagnostics);
}

}  // namespace proviso::diagnostics
