#include "harness/findings/findings.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <utility>

#include "compiler/check/variants.h"
#include "harness/compare/tell_apart.h"
#include "harness/findings/reasons.h"
#include "harness/findings/trials.h"

namespace proviso::findings {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using compare::TellApart;
using Verdict = compare::Apart::Verdict;
using Decisions = std::vector<DecisionId>;

/// Of two drafts in a question. One that grows larger is not settled.
constexpr std::size_t kMaxNodes = 1'000'000;

/// Two drafts that are held against each other, and what would have to be found of them.
struct Question {
  Draft one, other;
  Decisions decisions;
};

class Finder {
 public:
  Finder(const load::LoadedDraft& draft, llvm::function_ref<void(std::size_t, std::size_t)> progress)
      : loaded_(draft), draft_(draft.draft), text_(*draft.draft), progress_(progress), tell_(kMaxNodes) {}

  Findings Run() {
    for (const check::TermId term : UnreadTerms(text_)) AddUnread(term);
    const std::vector<Piece> pieces = PiecesOf(text_);
    const std::size_t options = text_.options.size();
    const std::size_t all = pieces.size() + options;
    Trials trials = Try(loaded_, pieces, [&](std::size_t done) { progress_(done, all); });
    for (lower::Witness& known : trials.cases) tell_.Know(std::move(known));
    for (std::size_t i = 0; i < options; ++i) {
      AskOption(check::OptionId(i));
      progress_(i + 1, all);
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      if (IsReached(pieces[i])) AskPiece(pieces[i], [&](bool truth) { return trials.matter.contains({i, truth}); });
      progress_(options + i + 1, all);
    }
    std::ranges::stable_sort(findings_.found, {},
                             [](const Finding& finding) { return std::pair(finding.span.file, finding.span.begin); });
    return std::move(findings_);
  }

 private:
  // ---- Pieces ----------------------------------------------------------------------------------------------------

  /// Whether some of it is come to without going through what was found to change nothing.
  bool IsReached(const Piece& piece) {
    if (reached_left_out_ != left_out_.Size()) {
      reached_.clear();
      for (const Piece& each : PiecesOf(text_, left_out_)) reached_.insert({each.inside, each.text});
      reached_left_out_ = left_out_.Size();
    }
    return left_out_.Size() == 0 || reached_.contains({piece.inside, piece.text});
  }

  /// `matters`: whether a case has shown it to make a difference, with this in its place.
  void AskPiece(const Piece& piece, llvm::function_ref<bool(bool)> matters) {
    ++findings_.asked;
    if (piece.rule) return AskRule(piece, matters(false));
    bool is_settled = true;
    for (const bool truth : piece.replacements) {
      if (matters(truth)) continue;
      const Question question{draft_, WithConditions(text_, piece.conditions, truth),
                              Decisions(piece.decisions.begin(), piece.decisions.end())};
      const Verdict verdict = Ask(question);
      is_settled = is_settled && verdict != Verdict::kNotSettled;
      if (verdict != Verdict::kSame) continue;
      AddPiece(piece, question, truth);
      return;
    }
    findings_.not_settled += is_settled ? 0 : 1;
  }

  void AddPiece(const Piece& piece, const Question& question, bool truth) {
    Finding finding = Of(piece, piece.kind == Piece::Kind::kTerm ? Finding::Kind::kTerm : Finding::Kind::kCondition);
    finding.stands_for = truth;
    if (finding.kind == Finding::Kind::kCondition && IsAlways(draft_, piece.conditions, truth))
      finding.kind = Finding::Kind::kAlways;
    finding.assumptions = Assumptions(question);
    left_out_.conditions.insert(piece.conditions.begin(), piece.conditions.end());
    findings_.found.push_back(std::move(finding));
  }

  void AskRule(const Piece& piece, bool matters) {
    // Where it decides nothing itself, it may still be asked for elsewhere.
    if (matters && piece.decisions.size() == 1) return;
    Question question{draft_, WithConditions(text_, piece.conditions, false), {}};
    const DecisionId own = text_.rules[*piece.rule].decision;
    Decisions others;
    for (const DecisionId decision : piece.decisions)
      (decision == own ? question.decisions : others).push_back(decision);
    if (question.decisions.empty()) std::swap(question.decisions, others);
    Verdict verdict = Ask(question);
    if (verdict == Verdict::kSame) {
      Question elsewhere{question.one, question.other, others};
      const Verdict there = Ask(elsewhere);
      const bool is_dead = there == Verdict::kSame;
      if (is_dead) llvm::append_range(question.decisions, others);
      AddRule(piece, question, is_dead);
      verdict = there;
    }
    findings_.not_settled += verdict == Verdict::kNotSettled ? 1 : 0;
  }

  /// `is_dead`: nor does it change the outcome of any decision that asks whether it fires.
  void AddRule(const Piece& piece, const Question& question, bool is_dead) {
    const bool is_exception = text_.rules[*piece.rule].is_exception;
    Finding finding = Of(piece, is_exception ? Finding::Kind::kException : Finding::Kind::kRule);
    finding.never_fires = NeverFires(draft_, *piece.rule);
    if (!finding.never_fires && !is_exception) {
      if (const auto cover = CoverOf(draft_, *piece.rule)) {
        finding.kind = cover->is_shadow ? Finding::Kind::kShadowedRule : Finding::Kind::kCoveredRule;
        finding.other = text_.rules[cover->rule].name;
        finding.other_span = text_.rules[cover->rule].span;
      }
    }
    if (!is_dead && finding.other.empty()) return;
    finding.assumptions = Assumptions(question);
    if (is_dead) left_out_.rules.insert(*piece.rule);
    findings_.found.push_back(std::move(finding));
  }

  static Finding Of(const Piece& piece, Finding::Kind kind) {
    return {.kind = kind,
            .inside = piece.inside,
            .text = piece.text,
            .piece = piece.kind,
            .cites = piece.cites,
            .span = piece.span,
            .other = {},
            .other_span = {},
            .assumptions = {}};
  }

  void AddUnread(check::TermId id) {
    const check::Term& term = text_.terms[id];
    const bool is_of_case = !term.of || *term.of == text_.vocabulary->case_entity;
    Finding finding{.kind = Finding::Kind::kUnreadTerm,
                    .inside = (is_of_case ? "" : text_.vocabulary->entities[*term.of].name + ".") + term.name,
                    .text = {},
                    .piece = Piece::Kind::kTerm,
                    .cites = term.cites,
                    .span = term.span,
                    .other = {},
                    .other_span = {},
                    .assumptions = {}};
    const auto is_it = [&](const Finding& other) { return other.inside == finding.inside; };
    if (llvm::none_of(findings_.found, is_it)) findings_.found.push_back(std::move(finding));  // once for all members
  }

  // ---- Options ---------------------------------------------------------------------------------------------------

  void AskOption(check::OptionId id) {
    const check::Option& option = text_.options[id];
    if (option.settled || !IsRead(id)) return;  // of one that nothing reads, plain `check` warns
    ++findings_.asked;
    std::vector<std::uint32_t> allowed;
    for (std::uint32_t i = 0; i < option.alternatives.size(); ++i) {
      const auto has_it = [&](const check::OptionSet& set) { return set[id.Index()] == i; };
      if (llvm::any_of(loaded_.option_sets, has_it)) {
        allowed.push_back(i);
      } else {
        AddAlternative(id, i, Finding::Kind::kExcludedAlternative, {}, {});
      }
    }
    std::vector<std::pair<std::uint32_t, std::uint32_t>> same;  // each with the first that it is the same as
    bool is_settled = true;
    bool all_same = allowed.size() > 1;
    std::vector<Question> questions;
    for (std::size_t j = 1; j < allowed.size(); ++j) {
      bool has_same = false;
      for (std::size_t i = 0; i < j && (all_same || !has_same); ++i) {
        if (!AreBothChosenSomewhere(id, allowed[i], allowed[j])) {
          all_same = false;
          continue;
        }
        const Question question{WithSettled(text_, id, allowed[i]), WithSettled(text_, id, allowed[j]),
                                text_.DecisionsOfCase()};
        const Verdict verdict = Ask(question);
        is_settled = is_settled && verdict != Verdict::kNotSettled;
        all_same = all_same && verdict == Verdict::kSame;
        if (verdict != Verdict::kSame || has_same) continue;
        has_same = true;
        same.emplace_back(allowed[i], allowed[j]);
        questions.push_back(question);
      }
    }
    findings_.not_settled += is_settled ? 0 : 1;
    if (all_same) return AddOption(id, questions);
    for (std::size_t i = 0; i < same.size(); ++i)
      AddAlternative(id, same[i].second, Finding::Kind::kSameAlternative, same[i].first, Assumptions(questions[i]));
  }

  bool IsRead(check::OptionId id) const {
    const auto reads = [&](const check::Expr& expr) {
      return (expr.op == check::Op::kOption || expr.op == check::Op::kOptionIs) && expr.option == id;
    };
    return llvm::any_of(text_.exprs, reads) ||
           llvm::any_of(text_.rules, [&](const check::Rule& rule) { return rule.under && rule.under->first == id; });
  }

  /// Whether an option set is left with the one that is one with the other but for this option.
  bool AreBothChosenSomewhere(check::OptionId id, std::uint32_t one, std::uint32_t other) const {
    return llvm::any_of(loaded_.option_sets, [&](const check::OptionSet& set) {
      if (set[id.Index()] != one) return false;
      check::OptionSet changed = set;
      changed[id.Index()] = other;
      return llvm::is_contained(loaded_.option_sets, changed);
    });
  }

  void AddOption(check::OptionId id, const std::vector<Question>& questions) {
    const check::Option& option = text_.options[id];
    Finding finding{.kind = Finding::Kind::kOption,
                    .inside = option.name,
                    .text = {},
                    .cites = option.cites,
                    .span = option.span,
                    .other = {},
                    .other_span = {},
                    .assumptions = {}};
    for (const Question& question : questions) {
      for (std::string& name : Assumptions(question)) {
        if (!llvm::is_contained(finding.assumptions, name)) finding.assumptions.push_back(std::move(name));
      }
    }
    for (const check::Alternative& alternative : option.alternatives) left_out_.conditions.insert(alternative.value);
    findings_.found.push_back(std::move(finding));
  }

  void AddAlternative(check::OptionId id, std::uint32_t alternative, Finding::Kind kind,
                      std::optional<std::uint32_t> other, std::vector<std::string> assumptions) {
    const check::Option& option = text_.options[id];
    const check::Alternative& text = option.alternatives[alternative];
    findings_.found.push_back({.kind = kind,
                               .inside = option.name + "." + text.name,
                               .text = {},
                               .cites = text.cites.empty() ? option.cites : text.cites,
                               .span = text.span,
                               .other = other ? option.alternatives[*other].name : std::string(),
                               .other_span = other ? option.alternatives[*other].span : Span(),
                               .assumptions = std::move(assumptions)});
  }

  // ---- Questions -------------------------------------------------------------------------------------------------

  Verdict Ask(const Question& question) { return tell_.Ask(question.one, question.other, question.decisions).verdict; }

  /// Of two that are the same: the assumptions that make them so.
  std::vector<std::string> Assumptions(const Question& question) {
    const std::vector<check::Assumption>& assumptions = text_.assumptions;
    std::vector<std::string> needed;
    // What is found there may break an assumption, so that it shows nothing of other questions.
    const auto differ = [&](const Draft& one, const Draft& other) {
      return TellApart(kMaxNodes).Ask(one, other, question.decisions).verdict == Verdict::kDiffer;
    };
    if (assumptions.empty() || !differ(WithoutAssumptions(*question.one), WithoutAssumptions(*question.other)))
      return needed;
    for (std::size_t i = 0; i < assumptions.size(); ++i) {
      if (differ(WithoutAssumption(*question.one, i), WithoutAssumption(*question.other, i)))
        needed.push_back(assumptions[i].name);
    }
    if (!needed.empty()) return needed;
    for (const check::Assumption& assumption : assumptions) needed.push_back(assumption.name);
    return needed;
  }

  const load::LoadedDraft& loaded_;
  Draft draft_;
  const CheckedDraft& text_;
  llvm::function_ref<void(std::size_t, std::size_t)> progress_;
  TellApart tell_;
  Findings findings_;
  LeftOut left_out_;
  std::set<std::pair<std::string, std::string>> reached_;
  std::size_t reached_left_out_ = 0;
};

}  // namespace

Findings Find(const load::LoadedDraft& draft, llvm::function_ref<void(std::size_t, std::size_t)> progress) {
  return Finder(draft, progress).Run();
}

}  // namespace proviso::findings
