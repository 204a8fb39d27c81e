#include "compiler/diagnostics/diagnostic.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "runtime/base/nearest.h"

namespace proviso::diagnostics {
namespace {

/// The order in which diagnostics are shown, and what makes two of them the same.
auto SortKey(const Diagnostic& diagnostic) {
  return std::tie(diagnostic.span.file, diagnostic.span.begin, Info(diagnostic.kind).code, diagnostic.span.end,
                  diagnostic.message);
}

}  // namespace

Diagnostic& DiagnosticSink::Add(Diagnostic diagnostic) {
  if (Info(diagnostic.kind).severity == Severity::kError) ++error_count_;
  return diagnostics_.emplace_back(std::move(diagnostic));
}

void DiagnosticSink::DropWarnings() {
  std::erase_if(diagnostics_, [](const Diagnostic& each) { return Info(each.kind).severity == Severity::kWarning; });
}

std::vector<Diagnostic> DiagnosticSink::Sorted() const {
  std::vector<Diagnostic> sorted = diagnostics_;
  std::ranges::stable_sort(sorted, [](const Diagnostic& a, const Diagnostic& b) { return SortKey(a) < SortKey(b); });
  const auto is_same = [](const Diagnostic& a, const Diagnostic& b) { return SortKey(a) == SortKey(b); };
  const auto duplicates = std::ranges::unique(sorted, is_same);
  sorted.erase(duplicates.begin(), duplicates.end());
  return sorted;
}

bool SuggestNearest(Diagnostic& report, std::string_view name, const std::vector<std::string>& candidates) {
  const std::string nearest = Nearest(name, candidates);
  if (!nearest.empty()) report.Label(fmt::format("did you mean {}?", Quoted(nearest)));
  return !nearest.empty();
}

void Suggest(Diagnostic& report, std::string_view name, const std::vector<std::string>& candidates) {
  constexpr std::size_t kFew = 12;
  if (!SuggestNearest(report, name, candidates) && !candidates.empty() && candidates.size() <= kFew)
    report.Help(fmt::format("there is {}", fmt::join(candidates, ", ")));
}

std::string CodeText(Kind kind) { return fmt::format("PV{:04}", Info(kind).code); }

}  // namespace proviso::diagnostics
