#include "harness/trace/trace.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "harness/scenario/csv.h"
#include "llvm/ADT/STLExtras.h"
#include "runtime/base/nearest.h"

namespace proviso::trace {
namespace {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;

enum Column : std::uint8_t { kParagraph, kHeading, kReason };
constexpr std::array<std::string_view, 3> kColumns = {"paragraph", "heading", "not encoded because"};

/// Where the columns stand; nothing where one is missing.
std::optional<std::array<std::size_t, kColumns.size()>> FindColumns(const scenario::CsvTable& table,
                                                                    DiagnosticSink& sink) {
  std::array<std::size_t, kColumns.size()> places{};
  bool all_there = true;
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const auto& cells = table.header.cells;
    const auto found = llvm::find_if(cells, [&](const scenario::CsvCell& cell) { return cell.text == kColumns[i]; });
    places[i] = static_cast<std::size_t>(found - cells.begin());
    if (found != cells.end()) continue;
    all_there = false;
    sink.Report<Kind::kNoParagraphColumn>(table.header.span, kColumns[i])
        .Help("the columns are `paragraph`, `heading` and `not encoded because`");
  }
  return all_there ? std::optional(places) : std::nullopt;
}

class Tracer {
 public:
  Tracer(const std::vector<Paragraph>& paragraphs, const check::CheckedDraft& draft, DiagnosticSink& sink)
      : paragraphs_(paragraphs), sink_(sink) {
    for (const Paragraph& paragraph : paragraphs) known_.emplace(paragraph.cite, TracedParagraph{&paragraph, {}});
    for (CitedPlace& place : CitedPlaces(draft)) Place(std::move(place));
  }

  std::vector<TracedParagraph> Run() {
    std::vector<TracedParagraph> rows;
    const Paragraph* explained = nullptr;
    bool is_reported = false;  // that `explained`, or something beneath it, is encoded
    for (const Paragraph& paragraph : paragraphs_) {
      TracedParagraph& traced = known_.at(paragraph.cite);
      const bool is_beneath = explained != nullptr && explained->cite.Encloses(paragraph.cite);
      if (!is_beneath) {
        explained = paragraph.reason.empty() ? nullptr : &paragraph;
        is_reported = false;
      }
      if (explained != nullptr) {
        is_reported = is_reported || ReportEncoded(*explained, traced);
      } else if (traced.places.empty() && !HasOthersBeneath(paragraph)) {
        sink_.Report<Kind::kParagraphLeftOut>(paragraph.span, paragraph.cite.text)
            .Help("cite it where the draft encodes it, or say in the list why nothing does");
      }
      if (!is_beneath) rows.push_back(std::move(traced));
    }
    return rows;
  }

 private:
  void Place(CitedPlace place) {
    const auto found = known_.find(place.cite);
    if (found == known_.end()) {
      ReportUnknown(place);
      return;
    }
    std::vector<CitedPlace>& places = found->second.places;
    const auto same = [&](const CitedPlace& each) { return each.carrier == place.carrier && each.name == place.name; };
    if (llvm::none_of(places, same)) places.push_back(std::move(place));
  }

  /// A citation that several terms or facts of one declaration share is reported once.
  void ReportUnknown(const CitedPlace& place) {
    if (!unknown_.insert({place.cite, place.span}).second) return;
    std::vector<std::string> texts;
    for (const Paragraph& paragraph : paragraphs_) texts.push_back(paragraph.cite.text);
    auto& report = sink_.Report<Kind::kNoSuchParagraph>(place.span, place.cite.text);
    if (const std::string nearest = Nearest(place.cite.text, texts); !nearest.empty())
      report.Help("did you mean `" + nearest + "`?");
  }

  /// Reports that `traced`, which is `explained` or beneath it, is encoded after all; whether it is.
  bool ReportEncoded(const Paragraph& explained, const TracedParagraph& traced) {
    if (traced.places.empty()) return false;
    const CitedPlace& place = traced.places.front();
    sink_.Report<Kind::kExplainedThoughEncoded>(explained.reason_span, explained.cite.text, place.cite.text)
        .AddNote("`" + place.name + "` encodes it", place.span)
        .Help("take the reason out of the list, or the citation out of the draft");
    return true;
  }

  [[nodiscard]] bool HasOthersBeneath(const Paragraph& paragraph) const {
    return llvm::any_of(paragraphs_, [&](const Paragraph& other) {
      return &other != &paragraph && paragraph.cite.Encloses(other.cite);
    });
  }

  const std::vector<Paragraph>& paragraphs_;
  DiagnosticSink& sink_;
  std::map<Citation, TracedParagraph> known_;
  std::set<std::pair<Citation, Span>> unknown_;
};

}  // namespace

std::optional<std::vector<Paragraph>> ReadParagraphs(const source::SourceFiles& files, FileId file,
                                                     DiagnosticSink& sink) {
  const auto table = scenario::ReadCsv(files, file, sink);
  if (!table) return std::nullopt;
  const auto columns = FindColumns(*table, sink);
  if (!columns) return std::nullopt;
  std::vector<Paragraph> paragraphs;
  std::map<std::string, Span> seen;
  for (const scenario::CsvRow& row : table->rows) {
    const scenario::CsvCell& cite = row.cells[(*columns)[kParagraph]];
    const scenario::CsvCell& reason = row.cells[(*columns)[kReason]];
    const auto [first, is_new] = seen.emplace(cite.text, cite.span);
    if (!is_new) {
      sink.Report<Kind::kParagraphTwice>(cite.span, cite.text).AddNote("first listed here", first->second);
      continue;
    }
    paragraphs.push_back(
        {Citation{cite.text}, row.cells[(*columns)[kHeading]].text, reason.text, cite.span, reason.span});
  }
  return paragraphs;
}

std::vector<TracedParagraph> Trace(const std::vector<Paragraph>& paragraphs, const check::CheckedDraft& draft,
                                   DiagnosticSink& sink) {
  return Tracer(paragraphs, draft, sink).Run();
}

}  // namespace proviso::trace
