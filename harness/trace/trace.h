// trace.h: the list of a regulation's paragraphs, and what a draft makes of each: nothing is left out silently.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"
#include "harness/trace/cited.h"

namespace proviso::trace {

struct Paragraph {
  Citation cite;
  std::string heading;  // may be empty
  std::string reason;   // why no draft encodes it or what is beneath it; empty where one does
  Span span;
  Span reason_span;
};

/// Reads the list: CSV with the columns `paragraph`, `heading` and `not encoded because`, in the order of the text.
/// Nothing where it cannot be read.
[[nodiscard]] std::optional<std::vector<Paragraph>> ReadParagraphs(const source::SourceFiles& files, FileId file,
                                                                   diagnostics::DiagnosticSink& sink);

struct TracedParagraph {
  const Paragraph* paragraph;
  std::vector<CitedPlace> places;  // what carries exactly this citation, each name once
};

/// Joins the two, a row for each paragraph that is not beneath one with a reason. Reports paragraphs that are neither
/// encoded nor explained, those that are both, and citations of paragraphs that there are not. One that has others
/// beneath it is accounted for by them.
[[nodiscard]] std::vector<TracedParagraph> Trace(const std::vector<Paragraph>& paragraphs,
                                                 const check::CheckedDraft& draft, diagnostics::DiagnosticSink& sink);

}  // namespace proviso::trace
