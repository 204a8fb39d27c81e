#include "harness/report/cover_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "harness/report/edges_report.h"
#include "harness/report/json.h"
#include "llvm/ADT/STLExtras.h"

namespace proviso::report {
namespace {

using cover::DraftCoverage;
using cover::Item;
using cover::Kind;

/// The items that lack something, of one paragraph.
struct Paragraph {
  std::string name;
  std::vector<const Item*> lacking;
  DraftCoverage::Share share;
};

std::size_t Missing(const Paragraph& one) { return one.share.all - one.share.seen; }

std::vector<Paragraph> WorstFirst(const DraftCoverage& coverage) {
  std::vector<Paragraph> paragraphs;
  std::map<std::string, std::size_t> index;
  for (const Item& item : coverage.items) {
    const std::string name = item.cites.empty() ? "without a paragraph" : item.cites.front().text;
    const auto [at, is_new] = index.try_emplace(name, paragraphs.size());
    if (is_new) paragraphs.push_back({name, {}, {}});
    Paragraph& paragraph = paragraphs[at->second];
    const std::size_t before = Missing(paragraph);
    paragraph.share.Add(item);
    if (Missing(paragraph) > before) paragraph.lacking.push_back(&item);
  }
  std::stable_sort(paragraphs.begin(), paragraphs.end(),
                   [](const Paragraph& one, const Paragraph& other) { return Missing(one) > Missing(other); });
  std::erase_if(paragraphs, [](const Paragraph& one) { return one.lacking.empty(); });
  return paragraphs;
}

constexpr std::size_t kMaxText = 72;

/// On one line, cut where it is long.
std::string Shortened(const std::string& text) {
  if (text.size() <= kMaxText) return text;
  const std::size_t blank = text.rfind(' ', kMaxText);
  return text.substr(0, blank == std::string::npos ? kMaxText : blank) + " …";
}

/// `never`: what was not seen of it.
std::string ItemText(const Item& item, const std::string& never, const source::SourceFiles& files, const Style& style) {
  std::string text = fmt::format("    {}  {}", Padded(KindName(item.kind), 11), Shortened(item.text));
  if (!item.inside.empty()) text += style.Paint(Ink::kFaint, " in " + item.inside);
  const source::LineColumn place = files.Locate(item.span.file, item.span.begin);
  const std::string where = fmt::format("{}:{}", files[item.span.file].path, place.line);
  return fmt::format("{}: {}   {}\n", text, style.Paint(Ink::kBad, never), style.Paint(Ink::kFaint, where));
}

struct KindLine {
  Kind kind;
  const char* name;
  const char* what;
};
constexpr std::array<KindLine, cover::kKinds> kLines = {{
    {Kind::kRule, "rules", "fire, do not, are blocked by exceptions"},
    {Kind::kException, "exceptions", "likewise"},
    {Kind::kCondition, "conditions", "yes and no"},
    {Kind::kIndependent, "conditions", "shown to decide alone (MC/DC)"},
    {Kind::kThreshold, "thresholds", "below, exactly at, above"},
    {Kind::kOption, "options", "each alternative"},
    {Kind::kEdge, "edges", "of the decision graphs, taken"},
}};

std::string SharesText(const DraftCoverage& coverage, const Style& style) {
  std::string text;
  for (const KindLine& line : kLines) {
    const DraftCoverage::Share share = coverage.Of(line.kind);
    if (share.all == 0) continue;
    const std::string counts = PaddedLeft(fmt::format("{} of {}", share.seen, share.all), 14);
    text +=
        fmt::format("  {}{}  {}  {}{}\n", Padded(line.name, 10), counts, PaddedLeft(PercentText(PerMille(share)), 7),
                    style.Paint(Ink::kFaint, line.what), AskedText(share));
  }
  return text;
}

const char* FeasibilityName(cover::Feasibility feasibility) {
  static constexpr std::array kNames = {"not_asked", "possible", "impossible", "not_settled"};
  return kNames[static_cast<std::size_t>(feasibility)];
}

/// What no case can show, with why.
std::string ImpossibleText(const DraftCoverage& coverage, const source::SourceFiles& files, const Style& style) {
  std::string text;
  for (const Item& item : coverage.items) {
    std::string never;
    for (const cover::Aspect& aspect : item.aspects) {
      if (aspect.feasibility != cover::Feasibility::kImpossible) continue;
      never += fmt::format("{}{}{}", never.empty() ? "never " : ", ", aspect.name,
                           aspect.by_assumptions ? ", by what is assumed" : "");
    }
    if (!never.empty()) text += ItemText(item, never, files, style);
  }
  return text.empty() ? "" : "\n  " + style.Paint(Ink::kStrong, "impossible (proved)") + "\n" + text;
}

void WriteItem(llvm::json::OStream& json, const Item& item, const source::SourceFiles& files) {
  json.object([&] {
    WriteText(json, "kind", KindName(item.kind));
    WriteText(json, "text", item.text);
    WriteText(json, "inside", item.inside);
    WriteCites(json, item.cites);
    WritePlace(json, files, item.span);
    json.attributeArray("aspects", [&] {
      for (const cover::Aspect& aspect : item.aspects) {
        json.object([&] {
          WriteText(json, "aspect", aspect.name);
          json.attribute("count", static_cast<std::int64_t>(aspect.count));
          if (aspect.feasibility == cover::Feasibility::kNotAsked) return;
          WriteText(json, "feasibility", FeasibilityName(aspect.feasibility));
          if (aspect.feasibility == cover::Feasibility::kImpossible)
            json.attribute("by_assumptions", aspect.by_assumptions);
        });
      }
    });
    WriteTexts(json, "shown_by", item.shown_by);
  });
}

}  // namespace

const char* KindName(Kind kind) {
  static constexpr std::array kNames = {"rule", "exception", "condition", "independent", "threshold", "option", "edge"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::size_t PerMille(const DraftCoverage::Share& share) {
  return share.all == 0 ? 1000 : share.seen * 1000 / share.all;
}

std::string AskedText(const DraftCoverage::Share& share) {
  std::string text;
  if (share.impossible > 0)
    text = fmt::format("; {} more {} impossible (proved)", share.impossible, share.impossible == 1 ? "is" : "are");
  if (share.not_settled > 0)
    text += fmt::format("{} {} not settled", text.empty() ? ";" : ",",
                        share.not_settled == 1 ? "1 is" : fmt::format("{} are", share.not_settled));
  return text;
}

void WriteShare(llvm::json::OStream& json, const DraftCoverage::Share& share) {
  json.attribute("seen", static_cast<std::int64_t>(share.seen));
  json.attribute("all", static_cast<std::int64_t>(share.all));
  json.attribute("impossible", static_cast<std::int64_t>(share.impossible));
  json.attribute("not_settled", static_cast<std::int64_t>(share.not_settled));
}

std::string PercentText(std::size_t per_mille) { return fmt::format("{}.{} %", per_mille / 10, per_mille % 10); }

std::string MissingText(const Item& item) {
  std::string text;
  for (const cover::Aspect& aspect : item.aspects) {
    if (aspect.count > 0 || aspect.feasibility == cover::Feasibility::kImpossible) continue;
    text += (text.empty() ? "never " : ", ") + aspect.name;
    if (aspect.feasibility == cover::Feasibility::kNotSettled) text += " (not settled)";
  }
  return text;
}

std::string CoverText(const std::vector<DraftCoverage>& drafts, const source::SourceFiles& files, const Style& style) {
  std::string text;
  for (const DraftCoverage& coverage : drafts) {
    const DraftCoverage::Share share = coverage.OfAll();
    text += fmt::format("{}{}: {} of {} ({}), by {}\n", text.empty() ? "" : "\n",
                        style.Paint(Ink::kStrong, coverage.draft->draft->name), share.seen, share.all,
                        PercentText(PerMille(share)), Counted(coverage.scenarios, "scenario"));
    text += SharesText(coverage, style);
    for (const Paragraph& paragraph : WorstFirst(coverage)) {
      text += fmt::format("\n  {}   {} of {}\n", style.Paint(Ink::kStrong, paragraph.name), paragraph.share.seen,
                          paragraph.share.all);
      for (const Item* const item : paragraph.lacking) text += ItemText(*item, MissingText(*item), files, style);
    }
    text += EdgesText(coverage, style);
    text += ImpossibleText(coverage, files, style);
  }
  return text;
}

void WriteCoverage(llvm::json::OStream& json, const DraftCoverage& coverage, const source::SourceFiles& files) {
  WriteText(json, "draft", coverage.draft->draft->name);
  json.attribute("scenarios", static_cast<std::int64_t>(coverage.scenarios));
  WriteShare(json, coverage.OfAll());
  json.attributeArray("kinds", [&] {
    for (const KindLine& line : kLines) {
      if (line.kind == Kind::kEdge && coverage.edges.empty()) continue;
      json.object([&] {
        WriteText(json, "kind", KindName(line.kind));
        WriteShare(json, coverage.Of(line.kind));
      });
    }
  });
  json.attributeArray("items", [&] {
    for (const Item& item : coverage.items) WriteItem(json, item, files);
  });
  if (!coverage.edges.empty()) WriteEdges(json, coverage);
}

std::string CoverJson(const std::vector<DraftCoverage>& drafts, const Redundancy* redundancy,
                      const source::SourceFiles& files, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attributeArray("drafts", [&] {
        for (const DraftCoverage& coverage : drafts) json.object([&] { WriteCoverage(json, coverage, files); });
      });
      if (redundancy != nullptr) WriteRedundant(json, *redundancy, files);
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
