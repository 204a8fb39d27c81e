#include "harness/report/trace_report.h"

#include <fmt/core.h>

#include <string_view>

#include "harness/report/json.h"

namespace proviso::report {
namespace {

using trace::Carrier;
using trace::CitedPlace;
using trace::TracedParagraph;

bool IsOfVocabulary(const CitedPlace& place) {
  return place.carrier == Carrier::kFact || place.carrier == Carrier::kMember;
}

/// `rule a, b; term c`.
std::string PlacesText(const std::vector<CitedPlace>& places, bool of_vocabulary) {
  std::string text;
  std::string_view last;
  for (const CitedPlace& place : places) {
    if (IsOfVocabulary(place) != of_vocabulary) continue;
    const std::string_view carrier = trace::CarrierName(place.carrier);
    if (carrier == last) {
      text += ", ";
    } else {
      text += fmt::format("{}{} ", text.empty() ? "" : "; ", carrier);
    }
    last = carrier;
    text += "`" + place.name + "`";
  }
  return text;
}

std::string Account(const TracedParagraph& row) {
  if (!row.paragraph->reason.empty()) return "*not encoded:* " + row.paragraph->reason;
  std::string of_draft = PlacesText(row.places, false);
  if (!of_draft.empty()) return of_draft;
  std::string of_vocabulary = PlacesText(row.places, true);
  return of_vocabulary.empty() ? "by its own paragraphs" : of_vocabulary;
}

}  // namespace

std::string TraceTable(const std::vector<TracedParagraph>& rows) {
  std::string text = "| paragraph | | where it is encoded |\n| --- | --- | --- |\n";
  for (const TracedParagraph& row : rows)
    text += fmt::format("| {} | {} | {} |\n", row.paragraph->cite.text, row.paragraph->heading, Account(row));
  return text;
}

std::string TraceJson(const std::vector<TracedParagraph>& rows, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attributeArray("paragraphs", [&] {
        for (const TracedParagraph& row : rows) {
          json.object([&] {
            WriteText(json, "paragraph", row.paragraph->cite.text);
            WriteText(json, "heading", row.paragraph->heading);
            WriteText(json, "not_encoded_because", row.paragraph->reason);
            json.attributeArray("encoded_by", [&] {
              for (const CitedPlace& place : row.places) {
                json.object([&] {
                  WriteText(json, "kind", trace::CarrierName(place.carrier));
                  WriteText(json, "name", place.name);
                });
              }
            });
          });
        }
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
