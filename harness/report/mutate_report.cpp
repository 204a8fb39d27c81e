#include "harness/report/mutate_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <array>
#include <map>

#include "compiler/lower/describe_witness.h"
#include "harness/report/cover_report.h"
#include "harness/report/json.h"

namespace proviso::report {
namespace {

using mutate::DraftExamined;
using mutate::Examined;
using mutate::RedlineLine;
using mutate::Slip;
using mutate::Verdict;

struct SlipName {
  const char* name;
  const char* what;
};

/// In the order of mutate::Slip.
constexpr std::array<SlipName, mutate::kSlips> kSlipNames = {{
    {"boundary", "a comparison moved by its boundary"},
    {"threshold", "another number, date or degree; ten times, a tenth"},
    {"connective", "and for or, any for all, some for every"},
    {"negation", "dropped"},
    {"removal", "of a rule, an exception, an item, a member"},
    {"outcome", "one step up or down"},
    {"paragraph", "all that a citation stands at, removed"},
    {"alternative", "another alternative of an option"},
    {"hit_policy", "another way to win"},
}};

const SlipName& NameOf(Slip slip) { return kSlipNames[static_cast<std::size_t>(slip)]; }

bool IsNoticed(const Examined& one) { return one.verdict == Verdict::kKilled; }
bool IsHole(const Examined& one) { return one.verdict == Verdict::kSurvived || one.verdict == Verdict::kNotSettled; }

std::string SlipsText(const DraftExamined& draft, const Style& style) {
  std::string text;
  for (std::size_t i = 0; i < mutate::kSlips; ++i) {
    const auto is_such = [&](const Examined& one) { return static_cast<std::size_t>(one.mutant.slip) == i; };
    const auto noticed =
        llvm::count_if(draft.mutants, [&](const Examined& one) { return is_such(one) && IsNoticed(one); });
    const auto holes = llvm::count_if(draft.mutants, [&](const Examined& one) { return is_such(one) && IsHole(one); });
    if (noticed + holes == 0) continue;
    text += fmt::format("  {}{}  {}\n", Padded(kSlipNames[i].name, 12),
                        PaddedLeft(fmt::format("{} of {}", noticed, noticed + holes), 14),
                        style.Paint(Ink::kFaint, kSlipNames[i].what));
  }
  return text;
}

std::string RedlineText(const std::vector<RedlineLine>& redline, const Style& style) {
  std::string text;
  for (const RedlineLine& line : redline) {
    if (line.kind == RedlineLine::Kind::kOld) text += "    " + style.Paint(Ink::kBad, "- " + line.text) + "\n";
    if (line.kind == RedlineLine::Kind::kNew) text += "    " + style.Paint(Ink::kGood, "+ " + line.text) + "\n";
    if (line.kind == RedlineLine::Kind::kKept) text += "      " + line.text + "\n";
  }
  return text;
}

std::string CitesText(const std::vector<Citation>& cites) {
  std::vector<std::string> texts;
  for (const Citation& cite : cites) texts.push_back(cite.text);
  return texts.empty() ? "without a paragraph" : fmt::format("{}", fmt::join(texts, ", "));
}

std::string HoleText(const DraftExamined& draft, const Examined& one, const source::SourceFiles& files,
                     const Style& style) {
  const source::LineColumn place = files.Locate(one.mutant.span.file, one.mutant.span.begin);
  std::string text =
      fmt::format("\n  {}   {}, {}   {}\n", style.Paint(Ink::kStrong, CitesText(one.mutant.cites)), one.mutant.inside,
                  NameOf(one.mutant.slip).name,
                  style.Paint(Ink::kFaint, fmt::format("{}:{}", files[one.mutant.span.file].path, place.line)));
  text += RedlineText(one.redline, style);
  if (!one.hole)
    return text + "    not settled: no case was found that it decides otherwise, nor a proof that there is none\n";
  text += fmt::format("    {} {}, with the slip {}\n", draft.draft->draft->decisions[one.hole->decision].name,
                      one.hole->said, one.hole->said_by_mutant);
  const std::vector<std::string> parts = lower::WitnessParts(*draft.draft->draft, one.hole->witness);
  return text + style.Paint(Ink::kFaint, fmt::format("    where {}\n", fmt::join(parts, "; ")));
}

std::string DraftText(const DraftExamined& draft, const source::SourceFiles& files, const Style& style) {
  const std::size_t noticed = draft.Count(Verdict::kKilled);
  const std::size_t holes = draft.Count(Verdict::kSurvived) + draft.Count(Verdict::kNotSettled);
  std::string text = fmt::format("{}: {} of {} slips noticed ({}), by {}; {} more make{} no difference (proved)\n",
                                 style.Paint(Ink::kStrong, draft.draft->draft->name), noticed, noticed + holes,
                                 PercentText(draft.ScorePerMille()), Counted(draft.questions, "scenario"),
                                 draft.Count(Verdict::kEquivalent), draft.Count(Verdict::kEquivalent) == 1 ? "s" : "");
  if (draft.left_out > 0) {
    text += fmt::format("  {} that the draft itself fails {} not asked (proviso test)\n",
                        Counted(draft.left_out, "scenario"), draft.left_out == 1 ? "was" : "were");
  }
  text += SlipsText(draft, style);
  for (const Examined& one : draft.mutants) {
    if (IsHole(one)) text += HoleText(draft, one, files, style);
  }
  return text;
}

std::string_view VerdictName(Verdict verdict) {
  static constexpr std::array<std::string_view, 4> kNames = {"noticed", "equivalent", "survived", "not_settled"};
  return kNames[static_cast<std::size_t>(verdict)];
}

void WriteCounts(llvm::json::OStream& json, const DraftExamined& draft,
                 llvm::function_ref<bool(const Examined&)> counts) {
  for (const Verdict verdict : {Verdict::kKilled, Verdict::kSurvived, Verdict::kNotSettled, Verdict::kEquivalent}) {
    const auto count =
        llvm::count_if(draft.mutants, [&](const Examined& one) { return one.verdict == verdict && counts(one); });
    json.attribute(VerdictName(verdict), static_cast<std::int64_t>(count));
  }
}

void WriteRedline(llvm::json::OStream& json, const std::vector<RedlineLine>& redline) {
  static constexpr std::array<std::string_view, 3> kKinds = {"kept", "old", "new"};
  json.attributeArray("redline", [&] {
    for (const RedlineLine& line : redline) {
      json.object([&] {
        WriteText(json, "line", kKinds[static_cast<std::size_t>(line.kind)]);
        WriteText(json, "text", line.text);
      });
    }
  });
}

void WriteHole(llvm::json::OStream& json, const DraftExamined& draft, const Examined& one,
               const source::SourceFiles& files) {
  const check::CheckedDraft& text = *draft.draft->draft;
  json.object([&] {
    WriteText(json, "slip", NameOf(one.mutant.slip).name);
    WriteText(json, "verdict", VerdictName(one.verdict));
    WriteText(json, "inside", one.mutant.inside);
    WriteCites(json, one.mutant.cites);
    WritePlace(json, files, one.mutant.span);
    WriteRedline(json, one.redline);
    if (!one.hole) return;
    WriteText(json, "decision", text.decisions[one.hole->decision].name);
    WriteText(json, "outcome", one.hole->said);
    WriteText(json, "outcome_with_slip", one.hole->said_by_mutant);
    json.attributeObject("facts", [&] {
      for (const auto& [path, value] : lower::WitnessFacts(text, one.hole->witness.facts)) WriteText(json, path, value);
    });
    json.attributeObject("options", [&] {
      for (const auto& [option, alternative] : lower::WitnessOptions(text, one.hole->witness))
        WriteText(json, option, alternative);
    });
  });
}

void WriteDraft(llvm::json::OStream& json, const DraftExamined& draft, const source::SourceFiles& files) {
  json.object([&] {
    WriteText(json, "draft", draft.draft->draft->name);
    json.attribute("scenarios", static_cast<std::int64_t>(draft.questions));
    json.attribute("failing", static_cast<std::int64_t>(draft.left_out));
    json.attribute("score", static_cast<double>(draft.ScorePerMille()) / 10);
    WriteCounts(json, draft, [](const Examined&) { return true; });
    json.attribute("not_compiling", static_cast<std::int64_t>(draft.not_compiling));
    json.attributeArray("slips", [&] {
      for (std::size_t i = 0; i < mutate::kSlips; ++i) {
        json.object([&] {
          WriteText(json, "slip", kSlipNames[i].name);
          WriteCounts(json, draft, [&](const Examined& one) { return static_cast<std::size_t>(one.mutant.slip) == i; });
        });
      }
    });
    json.attributeArray("holes", [&] {
      for (const Examined& one : draft.mutants) {
        if (IsHole(one)) WriteHole(json, draft, one, files);
      }
    });
  });
}

}  // namespace

std::string SlipText(const mutate::Mutant& mutant) {
  const std::string where = mutant.cites.empty() ? "" : mutant.cites.front().text + ": ";
  return fmt::format("{}{} in {}", where, NameOf(mutant.slip).name, mutant.inside);
}

std::string MutateText(const std::vector<DraftExamined>& drafts, const source::SourceFiles& files, const Style& style) {
  std::string text;
  for (const DraftExamined& draft : drafts) text += (text.empty() ? "" : "\n") + DraftText(draft, files, style);
  return text;
}

std::string MutateJson(const std::vector<DraftExamined>& drafts, const Redundancy* redundancy,
                       const source::SourceFiles& files, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attributeArray("drafts", [&] {
        for (const DraftExamined& draft : drafts) WriteDraft(json, draft, files);
      });
      if (redundancy != nullptr) WriteRedundant(json, *redundancy, files);
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
