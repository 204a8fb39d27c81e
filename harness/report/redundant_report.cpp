#include "harness/report/redundant_report.h"

#include <fmt/core.h>

#include "harness/report/json.h"

namespace proviso::report {
namespace {

const scenario::Scenario& At(const cover::ScenarioAt& at) { return at.suite->scenarios[at.scenario]; }

std::string PlaceText(const source::SourceFiles& files, const Span& span) {
  return fmt::format("{}:{}", files[span.file].path, files.Locate(span.file, span.begin).line);
}

std::string NeverReadText(const cover::Unread& unread, const source::SourceFiles& files, const Style& style) {
  if (unread.facts.empty()) return "";
  std::string text = "\n" + style.Paint(Ink::kStrong, "never read") +
                     ": facts with a value, which no decision comes to that their suite expects\n";
  for (const cover::NeverRead& one : unread.facts) {
    text += fmt::format("  {}  {}  {}\n", style.Paint(Ink::kFaint, PlaceText(files, one.span)), one.fact,
                        style.Paint(Ink::kFaint, Counted(one.scenarios, "scenario")));
  }
  for (const scenario::Suite* const suite : unread.suites)
    text += fmt::format("  {}: none of its facts is read\n", suite->path);
  return text;
}

}  // namespace

std::string RedundantText(const Redundancy& redundancy, const source::SourceFiles& files, const Style& style) {
  const cover::Redundant& redundant = redundancy.redundant;
  const std::string head = "\n" + style.Paint(Ink::kStrong, "redundant");
  if (redundant.scenarios.empty()) {
    return head + fmt::format(": none of {}\n", Counted(redundant.compared, "scenario")) +
           NeverReadText(redundancy.unread, files, style);
  }
  const char* const slips = redundancy.are_slips_noticed ? ", and notice every slip that is noticed" : "";
  std::string text = head + fmt::format(
                                ": {} of {}. Without all of these together the others still show every "
                                "situation\n  that proviso cover counts, and expect any two drafts and option "
                                "sets to differ that are expected to{}\n",
                                redundant.scenarios.size(), Counted(redundant.compared, "scenario"), slips);
  for (const cover::ScenarioAt& at : redundant.scenarios)
    text += fmt::format("  {}  {}\n", style.Paint(Ink::kFaint, PlaceText(files, At(at).span)), At(at).name);
  return text + NeverReadText(redundancy.unread, files, style);
}

void WriteRedundant(llvm::json::OStream& json, const Redundancy& redundancy, const source::SourceFiles& files) {
  json.attributeObject("redundant", [&] {
    json.attribute("compared", static_cast<std::int64_t>(redundancy.redundant.compared));
    json.attribute("slips_compared", redundancy.are_slips_noticed);
    json.attributeArray("scenarios", [&] {
      for (const cover::ScenarioAt& at : redundancy.redundant.scenarios) {
        json.object([&] {
          WriteText(json, "scenario", At(at).name);
          WritePlace(json, files, At(at).span);
        });
      }
    });
    json.attributeArray("never_read", [&] {
      for (const cover::NeverRead& one : redundancy.unread.facts) {
        json.object([&] {
          WriteText(json, "suite", one.suite->path);
          WriteText(json, "fact", one.fact);
          json.attribute("scenarios", static_cast<std::int64_t>(one.scenarios));
          WritePlace(json, files, one.span);
        });
      }
    });
    json.attributeArray("suites_never_read", [&] {
      for (const scenario::Suite* const suite : redundancy.unread.suites) json.value(AsUtf8(suite->path));
    });
  });
}

}  // namespace proviso::report
