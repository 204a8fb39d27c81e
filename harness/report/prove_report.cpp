#include "harness/report/prove_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "compiler/lower/describe_witness.h"
#include "harness/report/json.h"

namespace proviso::report {
namespace {

using prove::Counterexample;
using prove::Proof;
using prove::Verdict;

struct Shown {
  std::string_view text, json;
  Ink ink;
};

/// In the order of prove::Verdict.
constexpr std::array<Shown, 3> kVerdicts = {{{"proved", "proved", Ink::kGood},
                                             {"refuted", "refuted", Ink::kBad},
                                             {"not settled", "not_settled", Ink::kStrong}}};

const Shown& ShownOf(Verdict verdict) { return kVerdicts[static_cast<std::size_t>(verdict)]; }

bool IsMonotone(const Proof& proof) { return proof.property->kind == syntax::PropertyKind::kNeverFalls; }

std::string HowText(const load::LoadedDraft& draft, const Proof& proof) {
  if (proof.verdict == Verdict::kProved) {
    const std::size_t sets = draft.option_sets.size();
    return fmt::format("all cases{}, {} option set{}",
                       proof.is_within_limits ? " within the limits of numbers and dates" : "", sets,
                       sets == 1 ? "" : "s");
  }
  if (proof.verdict == Verdict::kNotSettled) return proof.reason;
  return IsMonotone(proof) ? "by two cases that differ in one step" : "by this case";
}

/// What stands under a refuted property, each line by itself.
std::vector<std::string> Evidence(const load::LoadedDraft& draft, const Proof& proof) {
  std::vector<std::string> lines;
  if (proof.verdict != Verdict::kRefuted) return lines;
  const Counterexample& first = proof.cases.front();
  if (IsMonotone(proof)) {
    lines.push_back(fmt::format("{}   {} → {}", proof.changed, first.outcome, proof.cases.back().outcome));
  } else if (!first.outcome.empty()) {
    lines.push_back(fmt::format("{} here, {} under {}{}", first.outcome, proof.changed, proof.property->draft,
                                proof.under.empty() ? "" : " where " + proof.under));
  }
  for (const std::string& part : lower::WitnessParts(*draft.draft, first.witness)) lines.push_back(part);
  return lines;
}

}  // namespace

std::string ProveText(const load::LoadedDraft& draft, const std::vector<Proof>& proofs, const Style& style) {
  std::size_t name_width = 0;
  std::size_t how_width = 0;
  for (const Proof& proof : proofs) {
    name_width = std::max(name_width, Columns(proof.name));
    how_width = std::max(how_width, Columns(HowText(draft, proof)));
  }
  std::string text;
  for (const Proof& proof : proofs) {
    const Shown& shown = ShownOf(proof.verdict);
    text += fmt::format("{}   {}   {}   in {:.0f} ms\n", style.Paint(shown.ink, Padded(std::string(shown.text), 11)),
                        Padded(proof.name, name_width), Padded(HowText(draft, proof), how_width), proof.milliseconds);
    for (const std::string& line : Evidence(draft, proof)) text += std::string(14, ' ') + line + "\n";
  }
  return text.empty() ? draft.draft->name + " has no properties\n" : text;
}

std::vector<Finding> FindingsOf(const load::LoadedDraft& draft, const std::vector<Proof>& proofs) {
  std::vector<Finding> findings;
  for (const Proof& proof : proofs) {
    if (proof.verdict == Verdict::kProved) continue;
    const bool is_refuted = proof.verdict == Verdict::kRefuted;
    Finding finding{.rule = is_refuted ? "refuted-property" : "unsettled-property",
                    .rule_name = is_refuted ? "RefutedProperty" : "UnsettledProperty",
                    .rule_text = is_refuted ? "A property does not hold of every case."
                                            : "Neither a proof of a property nor a case against it was found.",
                    .is_error = is_refuted,
                    .span = proof.property->span};
    finding.message = fmt::format("{}: {}, {}", proof.name, ShownOf(proof.verdict).text, HowText(draft, proof));
    for (const std::string& line : Evidence(draft, proof)) finding.message += "\n" + line;
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::string ProveJson(const load::LoadedDraft& draft, const std::vector<Proof>& proofs,
                      const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", draft.draft->name);
      json.attribute("option_sets", static_cast<std::int64_t>(draft.option_sets.size()));
      json.attributeArray("properties", [&] {
        for (const Proof& proof : proofs) {
          json.object([&] {
            WriteText(json, "name", proof.name);
            WriteText(json, "verdict", ShownOf(proof.verdict).json);
            json.attribute("within_limits", proof.is_within_limits);
            WriteText(json, "reason", proof.reason);
            WriteText(json, "changed", proof.changed);
            WriteText(json, "under", proof.under);
            json.attribute("milliseconds", proof.milliseconds);
            json.attributeArray("cases", [&] {
              for (const Counterexample& one : proof.cases) {
                json.object([&] {
                  WriteText(json, "outcome", one.outcome);
                  json.attributeObject("facts", [&] {
                    for (const auto& [path, value] : lower::WitnessFacts(*draft.draft, one.witness.facts))
                      WriteText(json, path, value);
                  });
                  json.attributeArray("matter", [&] {
                    for (const reference::MissingFact& fact : one.witness.matter)
                      json.value(FactPath(one.witness.facts, *draft.draft->vocabulary, fact.instance, fact.fact));
                  });
                  json.attributeObject("options", [&] {
                    for (const auto& [option, alternative] : lower::WitnessOptions(*draft.draft, one.witness))
                      WriteText(json, option, alternative);
                  });
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
