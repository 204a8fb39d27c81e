#include "harness/report/test_report.h"

#include <fmt/core.h>

#include <set>

#include "compiler/reference/option_sets.h"
#include "harness/report/json.h"

namespace proviso::report {
namespace {

using test::Failure;

/// The option sets that fail, in words; empty where these are all of the draft's.
std::string WhereItFails(const load::LoadedDraft& draft, const Failure& failure) {
  std::vector<check::OptionSet> some;
  for (const std::size_t set : failure.option_sets) some.push_back(draft.option_sets[set]);
  return reference::DescribeOptionSets(*draft.draft, draft.option_sets, some);
}

std::string CitesText(const Failure& failure) {
  std::string cites;
  for (const Citation& cite : failure.parts_cites) cites += cite.text + "  ";
  return cites;
}

std::string FailureText(const scenario::Suite& suite, const Failure& failure, const source::SourceFiles& files,
                        const Style& style) {
  const source::LineColumn place = files.Locate(failure.span.file, failure.span.begin);
  std::string text = fmt::format("{}:{}  {}\n", files[failure.span.file].path, place.line,
                                 style.Paint(Ink::kStrong, CaseName(suite, failure.scenario)));
  text += "  " + DraftText(suite, failure) + "\n";
  const std::size_t width = std::max<std::size_t>(failure.decision.size(), 9);
  text += fmt::format("    {}   expected {}   got {}\n", Padded(failure.decision, width),
                      style.Paint(Ink::kGood, failure.expected), style.Paint(Ink::kBad, failure.got));
  if (failure.parts_at.empty()) return text;
  text += fmt::format("    {}   {}{}\n", Padded("parts at", width), CitesText(failure), failure.parts_at);
  if (!failure.parts_remark.empty()) {
    text += fmt::format("    {}   {}\n", std::string(width, ' '), style.Paint(Ink::kFaint, failure.parts_remark));
  }
  return text;
}

void WriteFailure(llvm::json::OStream& json, const scenario::Suite& suite, const Failure& failure,
                  const source::SourceFiles& files) {
  const load::LoadedDraft& draft = *suite.drafts[failure.draft];
  json.object([&] {
    WriteText(json, "scenario", CaseName(suite, failure.scenario));
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

/// Those that were run.
std::vector<const scenario::Scenario*> Unreviewed(const TestedSuite& tested) {
  std::vector<const scenario::Scenario*> unreviewed;
  for (const test::TestedCase& one : tested.result.cases) {
    if (one.total) continue;
    const scenario::Scenario& scenario = tested.suite->scenarios[one.scenario];
    if (scenario.is_unreviewed) unreviewed.push_back(&scenario);
  }
  return unreviewed;
}

void WriteSuite(llvm::json::OStream& json, const TestedSuite& tested, const source::SourceFiles& files) {
  json.object([&] {
    WriteText(json, "suite", tested.suite->path);
    json.attribute("passed", static_cast<std::int64_t>(tested.result.passed));
    json.attribute("failed", static_cast<std::int64_t>(tested.result.failed));
    json.attribute("unspoken", static_cast<std::int64_t>(tested.result.unspoken));
    json.attributeArray("unreviewed", [&] {
      for (const scenario::Scenario* const one : Unreviewed(tested)) json.value(AsUtf8(one->name));
    });
    json.attributeArray("failures", [&] {
      for (const Failure& failure : tested.result.failures) WriteFailure(json, *tested.suite, failure, files);
    });
  });
}

}  // namespace

TestScope ScopeOf(const TestRun& run) {
  TestScope scope;
  std::set<const load::LoadedDraft*> drafts;
  for (const TestedSuite& one : run.tested) {
    scope.passed += one.result.passed;
    scope.failed += one.result.failed;
    scope.unspoken += one.result.unspoken;
    scope.unreviewed += Unreviewed(one).size();
    drafts.insert(one.suite->drafts.begin(), one.suite->drafts.end());
  }
  scope.drafts = drafts.size();
  for (const load::LoadedDraft* draft : drafts) scope.option_sets += draft->option_sets.size();
  return scope;
}

std::string CaseName(const scenario::Suite& suite, std::size_t scenario) {
  return scenario < suite.scenarios.size() ? suite.scenarios[scenario].name : "totals";
}

std::string DraftText(const scenario::Suite& suite, const Failure& failure) {
  const load::LoadedDraft& draft = *suite.drafts[failure.draft];
  const std::string where = WhereItFails(draft, failure);
  std::string text = draft.draft->name;
  if (!where.empty()) text += ", " + where;
  if (draft.option_sets.size() > 1) text += fmt::format(" ({})", Counted(failure.option_sets.size(), "option set"));
  return text;
}

std::string PartsText(const Failure& failure) {
  std::string text = CitesText(failure) + failure.parts_at;
  if (!failure.parts_remark.empty()) text += "\n" + failure.parts_remark;
  return text;
}

std::string FailuresText(const TestedSuite& tested, const source::SourceFiles& files, const Style& style) {
  std::string text;
  for (const Failure& failure : tested.result.failures)
    text += FailureText(*tested.suite, failure, files, style) + "\n";
  return text;
}

std::string UnreviewedText(const TestedSuite& tested, const source::SourceFiles& files, const Style& style) {
  std::string text;
  for (const scenario::Scenario* const one : Unreviewed(tested)) {
    const source::LineColumn place = files.Locate(one->span.file, one->span.begin);
    text += fmt::format("{}:{}  {}  {}\n", files[one->span.file].path, place.line, style.Paint(Ink::kStrong, one->name),
                        style.Paint(Ink::kFaint, "unreviewed"));
  }
  return text;
}

std::string CountsText(const TestRun& run, const Style& style) {
  const TestScope scope = ScopeOf(run);
  std::string counts;
  if (!run.unread.empty()) counts = style.Paint(Ink::kBad, Counted(run.unread.size(), "suite") + " not tested") + ", ";
  if (scope.failed > 0) counts += style.Paint(Ink::kBad, fmt::format("{} failed", scope.failed)) + ", ";
  return counts + style.Paint(scope.failed > 0 ? Ink::kPlain : Ink::kGood, fmt::format("{} passed", scope.passed));
}

std::string ReachText(const TestRun& run) {
  const TestScope scope = ScopeOf(run);
  std::string text = Counted(scope.drafts, "draft") + ", " + Counted(scope.option_sets, "option set");
  if (scope.unreviewed > 0) text += fmt::format("; {} unreviewed", Counted(scope.unreviewed, "scenario"));
  if (scope.unspoken == 0) return text;
  return text + fmt::format("; {} not asserted, over all scenarios", Counted(scope.unspoken, "option set"));
}

std::string TotalsText(const TestRun& run, const Style& style) {
  return fmt::format("{} in {} ms   ({})\n", CountsText(run, style), run.milliseconds, ReachText(run));
}

std::string TestJson(const TestRun& run, const source::SourceFiles& files, const std::string& diagnostics) {
  const TestScope scope = ScopeOf(run);
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attribute("passed", static_cast<std::int64_t>(scope.passed));
      json.attribute("failed", static_cast<std::int64_t>(scope.failed));
      json.attribute("unspoken", static_cast<std::int64_t>(scope.unspoken));
      json.attribute("milliseconds", run.milliseconds);
      json.attributeArray("suites", [&] {
        for (const TestedSuite& one : run.tested) WriteSuite(json, one, files);
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

std::vector<Finding> FindingsOf(const TestRun& run) {
  std::vector<Finding> findings;
  for (const TestedSuite& tested : run.tested) {
    for (const Failure& failure : tested.result.failures) {
      Finding finding{.rule = "failed-scenario",
                      .rule_name = "FailedScenario",
                      .rule_text = "A draft decides a scenario otherwise than the suite expects.",
                      .span = failure.span};
      finding.message = fmt::format("{}: {}, {}: expected {}, got {}", CaseName(*tested.suite, failure.scenario),
                                    DraftText(*tested.suite, failure), failure.decision, failure.expected, failure.got);
      if (!failure.parts_at.empty()) finding.message += "\nparts at " + PartsText(failure);
      findings.push_back(std::move(finding));
    }
  }
  return findings;
}

}  // namespace proviso::report
