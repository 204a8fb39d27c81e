#include "harness/report/generate_report.h"

#include <fmt/core.h>

#include <map>

#include "compiler/reference/option_sets.h"
#include "harness/report/case_json.h"
#include "harness/report/cover_report.h"
#include "harness/report/edges_report.h"
#include "harness/report/json.h"
#include "harness/scenario/write_suite.h"
#include "llvm/ADT/STLExtras.h"

namespace proviso::report {

using cover::DraftCoverage;

namespace {

void WriteCases(llvm::json::OStream& json, const Vocabulary& words, const std::vector<generate::NewCase>& cases) {
  json.attributeArray("cases", [&] {
    for (const generate::NewCase& one : cases) {
      json.object([&] {
        WriteText(json, "name", one.name);
        WriteText(json, "source", one.source);
        WriteCase(json, words, one.facts);
      });
    }
  });
}

/// The classes of more than one option set, in words.
std::vector<std::string> SameText(const load::LoadedDraft& draft, const sweep::Strictness& found) {
  std::vector<std::string> texts;
  for (const sweep::Class& one : found.classes) {
    if (one.option_sets.size() < 2) continue;
    const std::string text = reference::DescribeOptionSets(*draft.draft, draft.option_sets, one.option_sets);
    texts.push_back(text.empty() ? "all option sets" : text);
  }
  return texts;
}

}  // namespace

std::string GenerateText(const generate::Generated& generated, const source::SourceFiles& files, const Style& style) {
  const DraftCoverage::Share before = generated.before.OfAll();
  const auto conditions = static_cast<std::size_t>(llvm::count_if(
      generated.after.items, [](const cover::Item& item) { return item.kind == cover::Kind::kCondition; }));
  return fmt::format("{}{}, beside {} that cover {} of {}\n{}", Counted(generated.cases.size(), "new scenario"),
                     conditions == 0 ? "" : fmt::format(" for {}", Counted(conditions, "condition")),
                     generated.before.scenarios, before.seen, before.all, CoverText({generated.after}, files, style));
}

std::string GenerateJson(const generate::Generated& generated, const source::SourceFiles& files,
                         const std::string& diagnostics) {
  const check::CheckedDraft& draft = *generated.after.draft->draft;
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", draft.name);
      WriteCases(json, *draft.vocabulary, generated.cases);
      json.attributeObject("before", [&] { WriteCoverage(json, generated.before, files); });
      json.attributeObject("after", [&] { WriteCoverage(json, generated.after, files); });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

std::vector<generate::NewCase> CasesOf(const generate::EdgesGenerated& generated) {
  const check::CheckedDraft& draft = *generated.after.draft->draft;
  std::vector<generate::NewCase> cases;
  std::map<std::string, std::size_t> names;
  for (const generate::EdgeCase& one : generated.cases) {
    const cover::DecisionEdges& edges = *generated.after.edges[one.decision];
    const check::Decision& decision = draft.decisions[edges.Decision()];
    std::string name = fmt::format("{}, {}", decision.name, EdgeText(edges, edges.Edges()[one.edge]));
    if (const std::size_t before = names[name]++; before > 0) name += fmt::format(" ({})", before + 1);
    cases.push_back({.name = std::move(name),
                     .source = decision.cites.empty() ? "" : decision.cites.front().text,
                     .facts = scenario::WithAssumed(*draft.vocabulary, one.facts),
                     .decisions = {edges.Decision()},
                     .background = {}});
  }
  return cases;
}

std::string EdgesGeneratedText(const generate::EdgesGenerated& generated, const Style& style) {
  const DraftCoverage::Share after = generated.after.OfAll();
  return fmt::format("{}, beside {} that take {} of {} edges\n{}: {} of {} edges ({}){}\n{}",
                     Counted(generated.cases.size(), "new scenario"), generated.scenarios, generated.before.seen,
                     generated.before.all, style.Paint(Ink::kStrong, generated.after.draft->draft->name), after.seen,
                     after.all, PercentText(PerMille(after)), AskedText(after), EdgesText(generated.after, style));
}

std::string EdgesGeneratedJson(const generate::EdgesGenerated& generated, const source::SourceFiles& files,
                               const std::string& diagnostics) {
  const check::CheckedDraft& draft = *generated.after.draft->draft;
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", draft.name);
      WriteCases(json, *draft.vocabulary, CasesOf(generated));
      json.attributeObject("before", [&] { WriteShare(json, generated.before); });
      json.attributeObject("after", [&] { WriteCoverage(json, generated.after, files); });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

std::vector<generate::NewCase> CasesOf(const load::LoadedDraft& draft, const generate::OptionsGenerated& generated) {
  std::vector<generate::NewCase> cases;
  for (const generate::OptionCase& one : generated.cases) {
    const std::vector<Citation>& cites = draft.draft->decisions[one.decisions.front()].cites;
    cases.push_back({.name = one.name,
                     .source = cites.empty() ? "" : cites.front().text,
                     .facts = scenario::WithAssumed(*draft.draft->vocabulary, one.facts),
                     .decisions = one.decisions,
                     .background = {}});
  }
  return cases;
}

std::string OptionsGeneratedText(const load::LoadedDraft& draft, const generate::OptionsGenerated& generated,
                                 const Style& style) {
  std::string text = fmt::format("{} for {}\n", Counted(generated.cases.size(), "new scenario"),
                                 Counted(draft.option_sets.size(), "option set"));
  for (const generate::PairsOf& of : generated.decisions) {
    text += style.Paint(Ink::kStrong, draft.draft->decisions[of.found.decision].name);
    if (of.found.is_too_large) {
      text += ": its graph, or how many option sets come to different ones, is too large\n";
      continue;
    }
    text += fmt::format(": of {} of option sets that differ in some case, {} told apart, {} by the suites already\n",
                        Counted(of.pairs, "pair"), of.after, of.before);
    if (of.not_settled > 0) text += fmt::format("  {} not settled\n", Counted(of.not_settled, "pair"));
    for (const std::string& same : SameText(draft, of.found))
      text += fmt::format("  the same in every case{} (proved): {}\n",
                          of.found.is_within_limits ? " within what numbers can hold" : "", same);
  }
  return text;
}

std::string OptionsGeneratedJson(const load::LoadedDraft& draft, const generate::OptionsGenerated& generated,
                                 const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", draft.draft->name);
      WriteCases(json, *draft.draft->vocabulary, CasesOf(draft, generated));
      json.attributeArray("decisions", [&] {
        for (const generate::PairsOf& of : generated.decisions) {
          json.object([&] {
            WriteText(json, "decision", draft.draft->decisions[of.found.decision].name);
            json.attribute("too_large", of.found.is_too_large);
            json.attribute("pairs", static_cast<std::int64_t>(of.pairs));
            json.attribute("before", static_cast<std::int64_t>(of.before));
            json.attribute("after", static_cast<std::int64_t>(of.after));
            json.attribute("not_settled", static_cast<std::int64_t>(of.not_settled));
            WriteTexts(json, "same", SameText(draft, of.found));
          });
        }
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
