#include "harness/findings/complain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>

#include <array>

namespace proviso::findings {
namespace {

using check::CheckedDraft;
using diagnostics::Diagnostic;
using diagnostics::Kind;

/// With each run of blanks and line ends as one blank.
std::string OnOneLine(const std::string& text) {
  llvm::SmallVector<llvm::StringRef> words;
  llvm::SplitString(text, words);
  return llvm::join(words, " ");
}

std::string_view WordOf(Piece::Kind piece) {
  static constexpr std::array kWords = {"rule", "exception", "term", "threshold", "item", "condition"};
  return kWords[static_cast<std::size_t>(piece)];
}

std::string_view Truth(bool truth) { return truth ? "yes" : "no"; }

/// What stands behind the dot: rules and alternatives are named within what they are of.
std::string ShortName(const std::string& name) { return name.substr(name.rfind('.') + 1); }

class Complainer {
 public:
  Complainer(const CheckedDraft& draft, diagnostics::DiagnosticSink& sink) : draft_(draft), sink_(sink) {}

  void Say(const Finding& finding) {
    Diagnostic& report = Report(finding);
    if (!finding.cites.empty()) {
      std::vector<std::string> cites;
      for (const Citation& cite : finding.cites) cites.push_back(cite.text);
      report.AddNote("it stands for " + fmt::format("{}", fmt::join(cites, ", ")));
    }
    if (!finding.other.empty()) report.AddNote(fmt::format("`{}` is here", finding.other), finding.other_span);
    if (!finding.assumptions.empty())
      report.AddNote(fmt::format("only because of what is assumed: `{}`", fmt::join(finding.assumptions, "`, `")));
    if (finding.span.file != draft_.text->tree.file) report.AddNote(fmt::format("in draft `{}`", draft_.name));
  }

  [[nodiscard]] bool IsWaived(const Finding& finding, std::vector<bool>& used) const {
    bool is_waived = false;
    for (std::size_t i = 0; i < draft_.waivers.size(); ++i) {
      const check::Waiver& waiver = draft_.waivers[i];
      if (waiver.declaration != finding.inside || OnOneLine(waiver.condition) != OnOneLine(finding.text)) continue;
      is_waived = true;
      used[i] = true;
    }
    return is_waived;
  }

 private:
  Diagnostic& Report(const Finding& finding) {
    using What = Finding::Kind;
    const std::string name = ShortName(finding.inside);
    const std::string_view word = WordOf(finding.piece);
    const Span& span = finding.span;
    switch (finding.kind) {
      case What::kRule:
      case What::kException:
        return sink_.Report<Kind::kRuleWithoutEffect>(span, word, name)
            .Label(finding.never_fires ? "it never fires" : "the outcome is the same without it");
      case What::kCoveredRule:
        return sink_.Report<Kind::kRuleCovered>(span, name, finding.other)
            .Label(fmt::format("`{}` fires wherever this does", finding.other));
      case What::kShadowedRule:
        return sink_.Report<Kind::kRuleShadowed>(span, name, finding.other).Label("it never decides");
      case What::kTerm:
        return sink_.Report<Kind::kTermWithoutEffect>(span, finding.inside).Label(SameWith(finding));
      case What::kUnreadTerm:
        return sink_.Report<Kind::kTermNotRead>(span, finding.inside);
      case What::kCondition:
        return sink_.Report<Kind::kConditionWithoutEffect>(span, word, OnOneLine(finding.text), finding.inside)
            .Label(SameWith(finding));
      case What::kAlways:
        return sink_.Report<Kind::kConditionAlways>(span, word, OnOneLine(finding.text), finding.inside,
                                                    Truth(finding.stands_for));
      case What::kOption:
        return sink_.Report<Kind::kOptionWithoutEffect>(span, "option", finding.inside)
            .Label("its alternatives come to the same");
      case What::kSameAlternative:
        return sink_.Report<Kind::kAlternativeWithoutEffect>(span, finding.inside, finding.other);
      case What::kExcludedAlternative:
        return sink_.Report<Kind::kAlternativeExcluded>(span, finding.inside).Label("the constraints rule it out");
    }
    return sink_.Report<Kind::kTermNotRead>(span, finding.inside);
  }

  static std::string SameWith(const Finding& finding) {
    return fmt::format("the outcome is the same with `{}` in its place", Truth(finding.stands_for));
  }

  const CheckedDraft& draft_;
  diagnostics::DiagnosticSink& sink_;
};

}  // namespace

Said Complain(const Findings& findings, const CheckedDraft& draft, diagnostics::DiagnosticSink& sink) {
  Said said;
  std::vector<bool> used(draft.waivers.size());
  Complainer complainer(draft, sink);
  for (const Finding& finding : findings.found) {
    if (complainer.IsWaived(finding, used)) {
      ++said.waived;
    } else {
      ++said.said;
      complainer.Say(finding);
    }
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    // Those of a draft that is amended are that draft's to answer for.
    if (used[i] || draft.waivers[i].span.file != draft.text->tree.file) continue;
    ++said.said;
    sink.Report<Kind::kWaiverOfNothing>(draft.waivers[i].span);
  }
  return said;
}

}  // namespace proviso::findings
