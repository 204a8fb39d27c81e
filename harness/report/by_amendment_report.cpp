#include "harness/report/by_amendment_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <array>

#include "compiler/lower/describe_witness.h"
#include "harness/report/case_json.h"
#include "harness/report/json.h"

namespace proviso::report {
namespace {

using compare::Apart;
using compare::ByAmendment;
using compare::Effect;
using compare::OutcomeChange;
using compare::SingleChange;
using Kind = SingleChange::Kind;

std::string ValueText(const check::CheckedDraft& draft, const Type& type, const std::optional<Value>& value) {
  return value ? ValueToText(*draft.vocabulary, type, *value) : "what is worked out";
}

std::string CaseText(const check::CheckedDraft& draft, const OutcomeChange& change) {
  constexpr std::size_t kMaxShown = 6;
  std::vector<std::string> parts = lower::WitnessParts(draft, *change.witness);
  const std::size_t more = parts.size() > kMaxShown ? parts.size() - kMaxShown : 0;
  parts.resize(parts.size() - more);
  if (parts.empty()) return "any case";
  return fmt::format("{}{}", fmt::join(parts, "; "), more == 0 ? "" : fmt::format("; {} more (--format json)", more));
}

std::vector<std::string> TextsOf(const ByAmendment& found, const std::vector<std::size_t>& places) {
  std::vector<std::string> texts;
  for (const std::size_t place : places) texts.push_back(found.changes[place].text);
  return texts;
}

class TextWriter {
 public:
  TextWriter(const ByAmendment& found, const source::SourceFiles& files, const Style& style)
      : found_(found), files_(files), style_(style) {}

  std::string Write() const {
    std::string text = fmt::format("{} from {} to {}\n", Counted(found_.changes.size(), "change"), found_.base->name,
                                   found_.amended->name);
    for (const SingleChange& change : found_.changes) text += "\n" + ChangeText(change);
    const auto idle =
        llvm::count_if(found_.changes, [](const SingleChange& change) { return change.kind == Kind::kNone; });
    const auto open =
        llvm::count_if(found_.changes, [](const SingleChange& change) { return change.kind == Kind::kNotSettled; });
    text += fmt::format("\n{} without any effect", Counted(static_cast<std::size_t>(idle), "change"));
    if (open > 0) text += fmt::format(", {} not settled", open);
    text += "\n";
    if (!found_.rest.IsNone())
      text += fmt::format("\nbeyond these changes, {} also differs\n{}", found_.amended->name,
                          EffectText("", found_.rest, *found_.amended));
    return text;
  }

 private:
  std::string ChangeText(const SingleChange& change) const {
    std::string text = style_.Paint(Ink::kStrong, change.text);
    if (const std::string place = files_.Place(change.span); !place.empty())
      text += style_.Paint(Ink::kFaint, "   " + place);
    text += "\n";
    if (change.kind == Kind::kNone) return text + "  no effect (proved)\n";
    if (!change.needs.empty())
      text += fmt::format("  needs    {}\n", fmt::join(TextsOf(found_, change.needs), "\n           "));
    text += EffectText("alone", change.alone, *found_.base);
    if (!change.can_be_left_out) return text + "  cannot be left out: what is left does not compile\n";
    text += EffectText("without", change.lost, *found_.amended);
    if (change.kind == Kind::kHidden) text += HiddenText(change);
    if (change.kind == Kind::kTogether) text += TogetherText(change);
    return text;
  }

  std::string EffectText(std::string_view head, const Effect& effect, const check::CheckedDraft& draft) const {
    std::string text;
    const auto line = [&](const std::string& rest) {
      text += fmt::format("  {:8} {}\n", text.empty() ? head : "", rest);
    };
    if (effect.IsNone()) line("nothing changes (proved)");
    for (const std::string& decision : effect.decisions) line(decision + " is decided by only one of the two");
    for (const OutcomeChange& change : effect.changes) {
      const std::string outcomes =
          fmt::format("{}: {} → {}", change.decision, ValueText(draft, change.type, change.from),
                      ValueText(draft, change.type, change.to));
      if (change.verdict != Apart::Verdict::kDiffer) {
        line(outcomes + " is not settled");
      } else {
        line(outcomes + style_.Paint(Ink::kFaint, "   e.g. " + CaseText(draft, change)));
      }
    }
    if (text.empty()) line("not settled");
    return text;
  }

  std::string HiddenText(const SingleChange& change) const {
    if (change.with.empty()) return "  several others together do what it does, or undo it\n";
    return fmt::format("  hidden by  {}\n", fmt::join(TextsOf(found_, change.with), "\n             "));
  }

  std::string TogetherText(const SingleChange& change) const {
    if (change.with.empty()) return "  only together with several others\n";
    return fmt::format("  only with  {}\n", fmt::join(TextsOf(found_, change.with), "\n             "));
  }

  const ByAmendment& found_;
  const source::SourceFiles& files_;
  const Style& style_;
};

/// `draft`: the first of the two that the effect is between.
void WriteEffect(llvm::json::OStream& json, llvm::StringRef key, const check::CheckedDraft& draft,
                 const Effect& effect) {
  json.attributeObject(key, [&] {
    json.attribute("settled", effect.is_settled);
    WriteTexts(json, "decisions_of_one", effect.decisions);
    json.attributeArray("changes", [&] {
      for (const OutcomeChange& change : effect.changes) {
        json.object([&] {
          WriteText(json, "decision", change.decision);
          WriteText(json, "from", ValueText(draft, change.type, change.from));
          WriteText(json, "to", ValueText(draft, change.type, change.to));
          json.attribute("settled", change.verdict == Apart::Verdict::kDiffer);
          if (change.witness) WriteCase(json, *draft.vocabulary, change.witness->facts);
        });
      }
    });
  });
}

}  // namespace

std::string ByAmendmentText(const ByAmendment& found, const source::SourceFiles& files, const Style& style) {
  return TextWriter(found, files, style).Write();
}

std::string ByAmendmentJson(const ByAmendment& found, const source::SourceFiles& files,
                            const std::string& diagnostics) {
  static constexpr std::array<std::string_view, 5> kKinds = {"by_itself", "no_effect", "hidden", "together",
                                                             "not_settled"};
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "base", found.base->name);
      WriteText(json, "amended", found.amended->name);
      json.attributeArray("changes", [&] {
        for (const SingleChange& change : found.changes) {
          json.object([&] {
            WriteText(json, "draft", change.draft);
            WriteText(json, "text", change.text);
            WritePlace(json, files, change.span);
            WriteText(json, "kind", kKinds[static_cast<std::size_t>(change.kind)]);
            WriteTexts(json, "needs", TextsOf(found, change.needs));
            WriteTexts(json, "needed_by", TextsOf(found, change.needed_by));
            WriteTexts(json, "with", TextsOf(found, change.with));
            WriteEffect(json, "alone", *found.base, change.alone);
            if (change.can_be_left_out) {
              WriteEffect(json, "without", *found.amended, change.lost);
            } else {
              json.attribute("without", nullptr);
            }
          });
        }
      });
      WriteEffect(json, "rest", *found.amended, found.rest);
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
