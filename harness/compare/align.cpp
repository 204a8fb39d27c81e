#include "harness/compare/align.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "compiler/check/over_vocabulary.h"
#include "harness/scenario/suite_drafts.h"

namespace proviso::compare {
namespace {

using diagnostics::Diagnostic;
using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using Clash = VocabularyClash::Kind;

Diagnostic& OfOrder(const VocabularyClash& clash, DiagnosticSink& sink) {
  const auto& [one, other] = clash.said;
  const std::string why = clash.kind == Clash::kOrdered ? "only one side says that it is ordered"
                          : clash.kind == Clash::kMemberOrder
                              ? fmt::format("one has `{}` before `{}`, the other after it", one, other)
                              : fmt::format("no side says which of `{}` and `{}` comes first", one, other);
  return sink.Report<Kind::kEnumOfTwoOrders>(clash.spans[0], clash.name, why)
      .Help("declare it in one order on both sides");
}

Diagnostic& Reported(const VocabularyClash& clash, DiagnosticSink& sink) {
  const auto& [one, other] = clash.said;
  switch (clash.kind) {
    case Clash::kFactType:
      return sink.Report<Kind::kFactOfTwoTypes>(clash.spans[0], clash.name, one, other)
          .Help("give it one type on both sides; or, if these are two facts, two names");
    case Clash::kUnit:
      return sink.Report<Kind::kUnitOfTwoSizes>(clash.spans[0], clash.name, one, other)
          .Help("give it one size on both sides; or, if these are two units, two names");
    case Clash::kCase:
      return sink.Report<Kind::kCaseOfTwoEntities>(clash.spans[0], one, other)
          .Help("where the one entity is called otherwise on the other side, `--rename` says so");
    case Clash::kTooLarge:
      return sink.Report<Kind::kTogetherTooLarge>(clash.spans[0], clash.name)
          .Help("make some of the facts that hold entities `or none`, or lists");
    default:
      return OfOrder(clash, sink);
  }
}

void Report(const VocabularyClash& clash, DiagnosticSink& sink) {
  Diagnostic& report = Reported(clash, sink);
  const bool is_said = clash.kind == Clash::kFactType || clash.kind == Clash::kUnit;
  if (is_said) report.Label(clash.said[0]);
  if (clash.kind != Clash::kTooLarge)
    report.AddNote("the other side has it here", clash.spans[1], is_said ? clash.said[1] : "");
}

/// Whether all are the beginning of one.
bool AreOfOne(const std::vector<const Vocabulary*>& all) {
  return llvm::any_of(all, [&](const Vocabulary* wide) {
    return llvm::all_of(all, [&](const Vocabulary* narrow) { return scenario::IsBeginningOf(*narrow, *wide); });
  });
}

}  // namespace

std::optional<Alignment> Alignment::Of(const std::vector<Draft>& drafts,
                                       const std::vector<scenario::PlacedText>& renames, DiagnosticSink& sink) {
  Alignment alignment;
  if (!renames.empty()) {
    auto read = ReadRenames(*drafts.front(), *drafts.back(), renames, sink);
    if (!read) return std::nullopt;
    alignment.renamings_ = std::move(*read);
  }
  const Draft first = alignment.Aligned(0, drafts.front());
  std::vector<const Vocabulary*> all;
  for (const Draft& draft : drafts) all.push_back(&*draft->vocabulary);
  all.front() = &*first->vocabulary;
  if (AreOfOne(all)) return alignment;
  MergedVocabularies merged = Merge(all);
  for (const VocabularyClash& clash : merged.clashes) Report(clash, sink);
  if (merged.vocabulary == nullptr) return std::nullopt;
  alignment.vocabulary_ = std::move(merged.vocabulary);
  alignment.places_ = std::move(merged.places);
  return alignment;
}

Alignment::Draft Alignment::Aligned(std::size_t place, const Draft& draft) const {
  const Draft named = place == 0 && !renamings_.empty() ? Renamed(*draft, renamings_) : draft;
  return vocabulary_ == nullptr ? named : check::OverVocabulary(*named, vocabulary_, places_[place]);
}

}  // namespace proviso::compare
