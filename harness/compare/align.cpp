#include "harness/compare/align.h"

#include <fmt/format.h>
#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <iterator>

#include "compiler/check/over_vocabulary.h"
#include "harness/scenario/suite_drafts.h"

namespace proviso::compare {
namespace {

using diagnostics::Diagnostic;
using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using scenario::PlacedText;
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

std::optional<Alignment> Alignment::Of(const std::vector<Draft>& drafts, const std::vector<PlacedText>& renames,
                                       DiagnosticSink& sink) {
  Alignment alignment;
  std::vector<Draft> named;
  for (std::size_t place = 0; place + 1 < drafts.size(); ++place) {
    std::vector<PlacedText> own;
    llvm::copy_if(renames, std::back_inserter(own), [&](const PlacedText& rename) {
      const auto is_of = [&](const Draft& draft) { return IsOf(*draft, rename); };
      const bool is_of_none = llvm::none_of(llvm::ArrayRef(drafts).drop_back(), is_of);
      return is_of_none ? place == 0 : is_of(drafts[place]);  // of the first it is said that there is none
    });
    auto read = ReadRenames(*drafts[place], *drafts.back(), own, sink);
    if (!read) return std::nullopt;
    alignment.renamings_.push_back(std::move(*read));
    named.push_back(alignment.Aligned(place, drafts[place]));
  }
  named.push_back(drafts.back());
  std::vector<const Vocabulary*> all;
  for (const Draft& draft : named) all.push_back(&*draft->vocabulary);
  if (AreOfOne(all)) return alignment;
  MergedVocabularies merged = Merge(all);
  for (const VocabularyClash& clash : merged.clashes) Report(clash, sink);
  if (merged.vocabulary == nullptr) return std::nullopt;
  alignment.vocabulary_ = std::move(merged.vocabulary);
  alignment.places_ = std::move(merged.places);
  return alignment;
}

Alignment::Draft Alignment::Aligned(std::size_t place, const Draft& draft) const {
  const bool is_renamed = place < renamings_.size() && !renamings_[place].empty();
  const Draft named = is_renamed ? Renamed(*draft, renamings_[place]) : draft;
  return vocabulary_ == nullptr ? named : check::OverVocabulary(*named, vocabulary_, places_[place]);
}

}  // namespace proviso::compare
