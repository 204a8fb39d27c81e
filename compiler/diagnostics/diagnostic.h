// diagnostic.h: what can be wrong with an input, said once for drafts, vocabularies, suites and data files.
#pragma once

#include <fmt/core.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/span.h"

namespace proviso::diagnostics {

enum class Severity : std::uint8_t { kError, kWarning };

/// Every diagnostic there is, by name; the table is kinds.def.
enum class Kind : std::uint16_t {
#define DIAGNOSTIC(code, name, severity, format, explanation) k##name,
#include "compiler/diagnostics/kinds.def"
};

struct KindInfo {
  int code;               // stable, never reused: PV2004
  std::string_view name;  // `UnitMismatch`
  Severity severity;
  std::string_view format;       // the message, with `{}` for its arguments
  std::string_view explanation;  // one or two sentences for the table of diagnostics
};

inline constexpr std::array kKinds = {
#define DIAGNOSTIC(code, name, severity, format, explanation) \
  KindInfo{code, #name, Severity::severity, format, explanation},
#include "compiler/diagnostics/kinds.def"
};

[[nodiscard]] constexpr const KindInfo& Info(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

/// How many `{}` the message of `kind` has.
[[nodiscard]] consteval std::size_t ArgumentCount(Kind kind) {
  std::size_t count = 0;
  const std::string_view format = Info(kind).format;
  for (std::size_t i = 0; i + 1 < format.size(); ++i) count += format[i] == '{' && format[i + 1] == '}' ? 1 : 0;
  return count;
}

struct Note {
  std::string message;
  Span span;          // nowhere: the note stands alone
  std::string label;  // beside the caret, may be empty
};

struct Diagnostic {
  Kind kind;
  std::string message;
  Span span;
  std::string label;  // beside the caret: `did you mean …?`, may be empty
  std::vector<Note> notes;
  std::string help;  // the mend, may be empty

  Diagnostic& Label(std::string text) {
    label = std::move(text);
    return *this;
  }
  Diagnostic& AddNote(std::string text, Span at = {}, std::string beside = {}) {
    notes.push_back({std::move(text), at, std::move(beside)});
    return *this;
  }
  Diagnostic& Help(std::string text) {
    help = std::move(text);
    return *this;
  }
};

/// Collects diagnostics; a phase reports here, carries on, and returns what it could build.
class DiagnosticSink {
 public:
  /// Adds a diagnostic of `kind`; its arguments are those of the kind's message. The reference is valid until
  /// the next report.
  template <Kind kind, typename... Arguments>
  Diagnostic& Report(Span span, const Arguments&... arguments) {
    static_assert(sizeof...(Arguments) == ArgumentCount(kind), "the message of this kind has other arguments");
    return Add({kind, fmt::format(fmt::runtime(Info(kind).format), arguments...), span, {}, {}, {}});
  }
  Diagnostic& Add(Diagnostic diagnostic);

  [[nodiscard]] bool HasErrors() const { return error_count_ > 0; }
  /// Errors reported so far, duplicates included.
  [[nodiscard]] std::size_t ErrorCount() const { return error_count_; }
  [[nodiscard]] bool Empty() const { return diagnostics_.empty(); }

  /// Forgets the warnings: for whom a draft is a means, they are about somebody else's work.
  void DropWarnings();

  /// By file, place, then code; the same diagnostic twice is kept once. Same input, same order.
  [[nodiscard]] std::vector<Diagnostic> Sorted() const;

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t error_count_ = 0;
};

/// `PV2004`.
[[nodiscard]] std::string CodeText(Kind kind);

/// Adds `did you mean …?` where a candidate is near, and says whether one is.
bool SuggestNearest(Diagnostic& report, std::string_view name, const std::vector<std::string>& candidates);
/// The same, else says which candidates there are, where they are few.
void Suggest(Diagnostic& report, std::string_view name, const std::vector<std::string>& candidates);

}  // namespace proviso::diagnostics
