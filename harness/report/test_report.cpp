#include "harness/report/test_report.h"

#include <fmt/core.h>

#include <set>

#include "compiler/reference/option_sets.h"
#include "harness/report/json.h"

namespace proviso::report {
namespace {

using test::Failure;

struct Totals {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t unspoken = 0;
  std::size_t drafts = 0;
  std::size_t option_sets = 0;
};

Totals AddUp(const std::vector<TestedSuite>& tested) {
  Totals totals;
  std::set<const load::LoadedDraft*> drafts;
  for (const TestedSuite& one : tested) {
    totals.passed += one.result.passed;
    totals.failed += one.result.failed;
    totals.unspoken += one.result.unspoken;
    drafts.insert(one.suite->drafts.begin(), one.suite->drafts.end());
  }
  totals.drafts = drafts.size();
  for (const load::LoadedDraft* draft : drafts) totals.option_sets += draft->option_sets.size();
  return totals;
}

/// The option sets that fail, in words; empty where these are all of the draft's.
std::string WhereItFails(const load::LoadedDraft& draft, const Failure& failure) {
  std::vector<check::OptionSet> some;
  for (const std::size_t set : failure.option_sets) some.push_back(draft.option_sets[set]);
  return reference::DescribeOptionSets(*draft.draft, draft.option_sets, some);
}

std::string DraftLine(const load::LoadedDraft& draft, const Failure& failure) {
  const std::string where = WhereItFails(draft, failure);
  std::string line = "  " + draft.draft->name;
  if (!where.empty()) line += ", " + where;
  if (draft.option_sets.size() > 1) line += fmt::format(" ({})", Counted(failure.option_sets.size(), "option set"));
  return line + "\n";
}

std::string NameOf(const scenario::Suite& suite, const Failure& failure) {
  return failure.total ? "totals" : suite.scenarios[failure.scenario].name;
}

std::string FailureText(const scenario::Suite& suite, const Failure& failure, const source::SourceFiles& files,
                        const Style& style) {
  const source::LineColumn place = files.Locate(failure.span.file, failure.span.begin);
  std::string text = fmt::format("{}:{}  {}\n", files[failure.span.file].path, place.line,
                                 style.Paint(Ink::kStrong, NameOf(suite, failure)));
  text += DraftLine(*suite.drafts[failure.draft], failure);
  const std::size_t width = std::max<std::size_t>(failure.decision.size(), 9);
  text += fmt::format("    {}   expected {}   got {}\n", Padded(failure.decision, width),
                      style.Paint(Ink::kGood, failure.expected), style.Paint(Ink::kBad, failure.got));
  if (failure.parts_at.empty()) return text;
  std::string cites;
  for (const Citation& cite : failure.parts_cites) cites += cite.text + "  ";
  text += fmt::format("    {}   {}{}\n", Padded("parts at", width), cites, failure.parts_at);
  if (!failure.parts_remark.empty()) {
    text += fmt::format("    {}   {}\n", std::string(width, ' '), style.Paint(Ink::kFaint, failure.parts_remark));
  }
  return text;
}

void WriteFailure(llvm::json::OStream& json, const scenario::Suite& suite, const Failure& failure,
                  const source::SourceFiles& files) {
  const load::LoadedDraft& draft = *suite.drafts[failure.draft];
  json.object([&] {
    WriteText(json, "scenario", NameOf(suite, failure));
    WritePlace(json, files, failure.span);
    WriteText(json, "draft", draft.draft->name);
    WriteText(json, "where", WhereItFails(draft, failure));
    json.attribute("option_sets", static_cast<std::int64_t>(failure.option_sets.size()));
    WriteText(json, "decision", failure.decision);
    WriteText(json, "expected", failure.expected);
    WriteText(json, "got", failure.got);
    WriteText(json, "parts_at", failure.parts_at);
    WriteCites(json, failure.parts_cites);
    WriteText(json, "remark", failure.parts_remark);
  });
}

void WriteSuite(llvm::json::OStream& json, const TestedSuite& tested, const source::SourceFiles& files) {
  json.object([&] {
    WriteText(json, "suite", tested.suite->path);
    json.attribute("passed", static_cast<std::int64_t>(tested.result.passed));
    json.attribute("failed", static_cast<std::int64_t>(tested.result.failed));
    json.attribute("unspoken", static_cast<std::int64_t>(tested.result.unspoken));
    json.attributeArray("failures", [&] {
      for (const Failure& failure : tested.result.failures) WriteFailure(json, *tested.suite, failure, files);
    });
  });
}

}  // namespace

std::string FailuresText(const TestedSuite& tested, const source::SourceFiles& files, const Style& style) {
  std::string text;
  for (const Failure& failure : tested.result.failures)
    text += FailureText(*tested.suite, failure, files, style) + "\n";
  return text;
}

std::string TotalsText(const std::vector<TestedSuite>& tested, std::size_t not_tested, std::int64_t milliseconds,
                       const Style& style) {
  const Totals totals = AddUp(tested);
  std::string counts;
  if (not_tested > 0) counts = style.Paint(Ink::kBad, Counted(not_tested, "suite") + " not tested") + ", ";
  if (totals.failed > 0) counts += style.Paint(Ink::kBad, fmt::format("{} failed", totals.failed)) + ", ";
  counts += style.Paint(totals.failed > 0 ? Ink::kPlain : Ink::kGood, fmt::format("{} passed", totals.passed));
  std::string scope = Counted(totals.drafts, "draft") + ", " + Counted(totals.option_sets, "option set");
  if (totals.unspoken > 0) {
    scope += fmt::format("; {} not asserted, over all scenarios", Counted(totals.unspoken, "option set"));
  }
  return fmt::format("{} in {} ms   ({})\n", counts, milliseconds, scope);
}

std::string TestJson(const std::vector<TestedSuite>& tested, std::int64_t milliseconds,
                     const source::SourceFiles& files, const std::string& diagnostics) {
  const Totals totals = AddUp(tested);
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attribute("passed", static_cast<std::int64_t>(totals.passed));
      json.attribute("failed", static_cast<std::int64_t>(totals.failed));
      json.attribute("unspoken", static_cast<std::int64_t>(totals.unspoken));
      json.attribute("milliseconds", milliseconds);
      json.attributeArray("suites", [&] {
        for (const TestedSuite& one : tested) WriteSuite(json, one, files);
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
