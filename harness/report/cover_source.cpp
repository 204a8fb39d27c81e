// What is exercised, laid on the text of the drafts: LCOV and HTML.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/report/cover_report.h"
#include "llvm/ADT/STLExtras.h"

namespace proviso::report {
namespace {

using cover::DraftCoverage;
using cover::Item;
using cover::Kind;

using ByLine = std::map<std::uint32_t, std::vector<const Item*>>;

/// A draft's items, by file and the line on which each begins.
std::map<FileId, ByLine> OnLines(const DraftCoverage& coverage, const source::SourceFiles& files) {
  std::map<FileId, ByLine> lines;
  for (const Item& item : coverage.items) {
    lines[item.span.file][files.Locate(item.span.file, item.span.begin).line].push_back(&item);
  }
  return lines;
}

bool IsRule(const Item& item) { return item.kind == Kind::kRule || item.kind == Kind::kException; }

std::size_t Most(const Item& item) {
  std::size_t most = 0;
  for (const cover::Aspect& aspect : item.aspects) most = std::max(most, aspect.count);
  return most;
}

struct Hit {
  std::size_t found = 0;
  std::size_t hit = 0;
  void Add(std::size_t count) {
    ++found;
    hit += count > 0 ? 1 : 0;
  }
};

std::string FunctionsLcov(const ByLine& lines) {
  std::string names;
  std::string counts;
  Hit hit;
  for (const auto& [line, items] : lines) {
    for (const Item* const item : items) {
      if (!IsRule(*item)) continue;
      names += fmt::format("FN:{},{}\n", line, item->text);
      counts += fmt::format("FNDA:{},{}\n", item->aspects.front().count, item->text);
      hit.Add(item->aspects.front().count);
    }
  }
  return fmt::format("{}{}FNF:{}\nFNH:{}\n", names, counts, hit.found, hit.hit);
}

std::string BranchesLcov(const ByLine& lines) {
  std::string text;
  Hit hit;
  for (const auto& [line, items] : lines) {
    for (std::size_t block = 0; block < items.size(); ++block) {
      const std::vector<cover::Aspect>& aspects = items[block]->aspects;
      for (std::size_t branch = 0; branch < aspects.size(); ++branch) {
        text += fmt::format("BRDA:{},{},{},{}\n", line, block, branch, aspects[branch].count);
        hit.Add(aspects[branch].count);
      }
    }
  }
  return fmt::format("{}BRF:{}\nBRH:{}\n", text, hit.found, hit.hit);
}

std::string LinesLcov(const ByLine& lines) {
  std::string text;
  Hit hit;
  for (const auto& [line, items] : lines) {
    std::size_t most = 0;
    for (const Item* const item : items) most = std::max(most, Most(*item));
    text += fmt::format("DA:{},{}\n", line, most);
    hit.Add(most);
  }
  return fmt::format("{}LF:{}\nLH:{}\n", text, hit.found, hit.hit);
}

std::string Html(std::string_view text) {
  std::string escaped;
  for (const char c : AsUtf8(text)) {
    const bool is_sign = c == '<' || c == '>' || c == '&' || c == '"';
    escaped += is_sign ? fmt::format("&#{};", static_cast<int>(c)) : std::string(1, c);
  }
  return escaped;
}

constexpr const char* kHead = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Coverage</title><style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1f24; background: #fff; }
h1 { font-size: 1.5rem; } h2 { margin: 2.5rem 0 .3rem; } h3 { margin: 1.5rem 0 .3rem; font-weight: 600; }
.legend span { padding: .1rem .5rem; margin-right: .5rem; }
table { border-collapse: collapse; width: 100%; font: 13px/1.45 ui-monospace, monospace; }
table.shares { width: auto; font: inherit; } .shares td { padding: .1rem 1.2rem .1rem 0; }
.shares td + td { text-align: right; }
.source td { padding: 0 .6rem; white-space: pre-wrap; vertical-align: top; }
td.number { width: 3rem; text-align: right; color: #6b7480; user-select: none; }
.all { background: #dff3e2; } .part { background: #fdf0c8; } .none { background: #fbd9d6; }
.note { color: #8a2b20; font-family: system-ui, sans-serif; font-size: 12px; }
</style></head><body>
<h1>What the scenarios exercise</h1>
<p class="legend"><span class="all">all of it</span><span class="part">some of it</span><span class="none">nothing of it</span></p>
)";

std::string LineHtml(std::uint32_t line, std::string_view source, const std::vector<const Item*>& items) {
  DraftCoverage::Share share;
  std::set<std::string> notes;
  for (const Item* const item : items) {
    share.all += item->aspects.size();
    for (const cover::Aspect& aspect : item->aspects) share.seen += aspect.count > 0 ? 1 : 0;
    const std::string missing = MissingText(*item);
    if (missing.empty()) continue;
    const std::string inside = item->inside.empty() ? "" : " in " + item->inside;
    notes.insert(fmt::format("{}{}: {}", item->text, inside, missing));
  }
  const char* const mark = share.all == 0 ? "" : share.seen == share.all ? "all" : share.seen == 0 ? "none" : "part";
  std::string text = fmt::format("<tr class=\"{}\"><td class=\"number\">{}</td><td>{}", mark, line, Html(source));
  for (const std::string& note : notes) text += "<div class=\"note\">" + Html(note) + "</div>";
  return text + "</td></tr>\n";
}

std::string FileHtml(FileId file, const ByLine& lines, const source::SourceFiles& files) {
  std::string text = fmt::format("<h3>{}</h3>\n<table class=\"source\">\n", Html(files[file].path));
  const auto count = static_cast<std::uint32_t>(files[file].line_starts.size());
  for (std::uint32_t line = 1; line <= count; ++line) {
    const auto items = lines.find(line);
    text += LineHtml(line, files.Line(file, line), items == lines.end() ? std::vector<const Item*>() : items->second);
  }
  return text + "</table>\n";
}

std::string SharesHtml(const DraftCoverage& coverage) {
  std::string text = "<table class=\"shares\">\n";
  for (std::size_t i = 0; i < cover::kKinds; ++i) {
    const auto kind = static_cast<Kind>(i);
    const DraftCoverage::Share share = coverage.Of(kind);
    if (share.all == 0) continue;
    text += fmt::format("<tr><td>{}</td><td>{} of {}</td><td>{}</td></tr>\n", KindName(kind), share.seen, share.all,
                        PercentText(PerMille(share)));
  }
  return text + "</table>\n";
}

}  // namespace

std::string CoverLcov(const std::vector<DraftCoverage>& drafts, const source::SourceFiles& files) {
  std::string text;
  for (const DraftCoverage& coverage : drafts) {
    for (const auto& [file, lines] : OnLines(coverage, files)) {
      text += fmt::format("TN:{}\nSF:{}\n{}{}{}end_of_record\n", coverage.draft->draft->name, files[file].path,
                          FunctionsLcov(lines), BranchesLcov(lines), LinesLcov(lines));
    }
  }
  return text;
}

std::string CoverHtml(const std::vector<DraftCoverage>& drafts, const source::SourceFiles& files) {
  std::string text = kHead;
  for (const DraftCoverage& coverage : drafts) {
    text += fmt::format("<h2>{}: {}</h2>\n{}", Html(coverage.draft->draft->name),
                        PercentText(PerMille(coverage.OfAll())), SharesHtml(coverage));
    for (const auto& [file, lines] : OnLines(coverage, files)) text += FileHtml(file, lines, files);
  }
  return text + "</body></html>\n";
}

}  // namespace proviso::report
