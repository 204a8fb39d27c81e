#include "harness/findings/trials.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

#include "compiler/reference/evaluator.h"
#include "harness/findings/trial_cases.h"

namespace proviso::findings {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using reference::AreSame;
using reference::Evaluator;
using reference::Possible;

/// Cases that bring nothing, one after the other, until trying is given up; and cases in all.
constexpr std::size_t kMaxIdle = 4'000;
constexpr std::size_t kMaxTrials = 150'000;
/// A piece is put out of effect in so many cases in which it comes out otherwise, before others are more promising.
constexpr std::size_t kMaxAttempts = 400;
/// Times that every piece left is looked for by itself, and cases tried for it.
constexpr int kRounds = 3;
constexpr std::size_t kClimbs = 150;
/// Cases that are handed on.
constexpr std::size_t kMaxCases = 200;

class Trier {
 public:
  Trier(const load::LoadedDraft& draft, llvm::ArrayRef<Piece> pieces)
      : loaded_(draft),
        draft_(*draft.draft),
        scratch_(*draft.draft),
        pieces_(pieces),
        decisions_(draft_.DecisionsOfCase()),
        cases_(draft_),
        seen_(draft_.exprs.size()) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      for (const bool truth : pieces[i].replacements) open_.push_back({i, truth});
    }
  }

  Trials Run(llvm::function_ref<void(std::size_t)> progress) {
    kept_.push_back({cases_.Plain(), 0, {}});
    kept_.back().notes = AnswersFor(kept_.back()).notes;
    std::size_t idle = 0;
    for (std::size_t i = 0; i < kMaxTrials && idle < kMaxIdle && !open_.empty(); ++i) {
      Trial trial = kept_[Parent()];
      Vary(trial);
      idle = Ask(trial) ? 0 : idle + 1;
      if (i % 256 == 0) progress(found_.matter.size());
    }
    for (int round = 0; round < kRounds && !open_.empty(); ++round) {
      for (Open& open : open_) open.attempts = 0;
      const std::size_t before = open_.size();
      const std::vector<Open> wanted = open_;
      for (const Open& open : wanted) {
        if (!found_.matter.contains({open.piece, open.truth})) Climb(open);
        progress(found_.matter.size());
      }
      if (open_.size() == before) break;
    }
    return std::move(found_);
  }

 private:
  struct Trial {
    Case facts;
    std::size_t options;          // its place among the option sets
    Evaluator::Notes notes = {};  // of those that others are made from
  };
  /// A piece that has not been seen to matter.
  struct Open {
    std::size_t piece;
    bool truth;
    std::size_t attempts = 0;
  };

  /// One of the last that were kept, or any.
  std::size_t Parent() {
    constexpr std::size_t kLast = 40;
    const std::size_t count = kept_.size();
    return cases_.Below(2) == 0 && count > kLast ? count - 1 - cases_.Below(kLast) : cases_.Below(count);
  }

  /// What conditions come to, and decisions.
  struct Answers {
    Evaluator::Notes notes;
    std::map<DecisionId, Possible> outcomes;
  };
  [[nodiscard]] Answers AnswersFor(const Trial& trial) const {
    Answers answers;
    Evaluator evaluator(draft_, trial.facts, loaded_.option_sets[trial.options]);
    evaluator.Note(answers.notes);
    for (const DecisionId decision : decisions_)
      answers.outcomes[decision] = evaluator.Outcome(decision, evaluator.CaseScope());
    return answers;
  }

  /// How far the effect of a piece goes: the conditions that come out otherwise without it; nothing where it makes no
  /// difference to any.
  struct Reach {
    std::size_t conditions = 0;
    bool is_outcome = false;
  };
  Reach ReachOf(const Open& open, const Trial& trial, const Answers& answers) {
    Reach reach;
    Evaluator::Notes notes;
    reach.is_outcome = Matters(open, trial, answers, &notes);
    for (std::size_t i = 0; i < notes.came_out.size(); ++i)
      reach.conditions += notes.came_out[i] != answers.notes.came_out[i] ? 1 : 0;
    return reach;
  }

  /// Looks for a case in which the piece matters, from one in which its effect goes farthest.
  void Climb(const Open& open) {
    const auto start = Nearest(open);
    if (!start) return;
    Trial best = kept_[start->first];
    std::size_t farthest = start->second;
    for (std::size_t i = 0; i < kClimbs; ++i) {
      Trial trial = best;
      Vary(trial);
      const Answers answers = AnswersFor(trial);
      if (!IsPromising(open, answers.notes.came_out)) continue;
      const Reach reach = ReachOf(open, trial, answers);
      if ((!reach.is_outcome && reach.conditions < farthest) || !IsAllowed(trial.facts)) continue;
      if (reach.is_outcome) {
        (void)Ask(std::move(trial));
        return;
      }
      farthest = reach.conditions;
      trial.notes = answers.notes;
      best = std::move(trial);
    }
  }

  /// Of the cases kept, one in which the effect of the piece goes farthest, and how far; nothing where it comes out
  /// otherwise in none.
  std::optional<std::pair<std::size_t, std::size_t>> Nearest(const Open& open) {
    constexpr std::size_t kMaxLooked = 40;
    std::optional<std::pair<std::size_t, std::size_t>> nearest;
    std::size_t looked = 0;
    for (std::size_t i = kept_.size(); i-- > 0 && looked < kMaxLooked;) {
      if (!IsPromising(open, kept_[i].notes.came_out)) continue;
      ++looked;
      const std::size_t reach = ReachOf(open, kept_[i], AnswersFor(kept_[i])).conditions;
      if (!nearest || reach > nearest->second) nearest = {i, reach};
    }
    return nearest;
  }

  void Vary(Trial& trial) {
    const std::size_t way = cases_.Below(4);
    if (way == 0) cases_.Cross(trial.facts, kept_[Parent()].facts);
    if (way != 0 || cases_.Below(2) == 0) cases_.Change(trial.facts, trial.notes.facts);
    if (cases_.Below(8) == 0) trial.options = cases_.Below(loaded_.option_sets.size());
  }

  /// The way in which a condition came out, as a bit; 1 where it was not asked.
  static std::uint8_t Way(std::uint8_t came_out) { return static_cast<std::uint8_t>(1U << came_out); }

  /// Whether the case shows something.
  bool Ask(Trial trial) {
    const Answers answers = AnswersFor(trial);
    std::vector<std::pair<std::size_t, std::uint8_t>> ways;  // that are new
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      const std::uint8_t way = Way(answers.notes.came_out[i]);
      if (answers.notes.came_out[i] != 0 && (way & seen_[i]) == 0) ways.emplace_back(i, way);
    }
    const bool is_promising = llvm::any_of(open_, [&](const Open& open) {
      return open.attempts < kMaxAttempts && IsPromising(open, answers.notes.came_out);
    });
    if ((ways.empty() && !is_promising) || !IsAllowed(trial.facts)) return false;
    for (const auto& [place, way] : ways) seen_[place] |= way;
    const std::optional<Open> shown = TryOpen(trial, answers);
    if (shown) {
      cases_.Reduce(trial.facts, [&](const Case& facts) {
        const Trial fewer{facts, trial.options, {}};
        return Matters(*shown, fewer, AnswersFor(fewer)) && IsAllowed(facts);
      });
      if (found_.cases.size() < kMaxCases)
        found_.cases.push_back({.facts = trial.facts, .matter = {}, .options = {loaded_.option_sets[trial.options]}});
    } else if (!ways.empty()) {
      cases_.Reduce(trial.facts, [&](const Case& facts) {
        const Answers here = AnswersFor({facts, trial.options, {}});
        const auto is_there = [&](const auto& way) { return Way(here.notes.came_out[way.first]) == way.second; };
        return llvm::all_of(ways, is_there) && IsAllowed(facts);
      });
    }
    if (!shown && ways.empty()) return false;
    Answers final = AnswersFor(trial);
    trial.notes = std::move(final.notes);
    kept_.push_back(std::move(trial));
    return true;
  }

  [[nodiscard]] bool IsAllowed(const Case& facts) const { return reference::BrokenAssumptions(draft_, facts).empty(); }

  /// Whether it came out otherwise than what would stand in its place.
  [[nodiscard]] bool IsPromising(const Open& open, const std::vector<std::uint8_t>& came_out) const {
    const std::uint8_t wanted = open.truth ? Evaluator::kCameOutNo : Evaluator::kCameOutYes;
    return open.attempts < kMaxAttempts &&
           llvm::any_of(
               pieces_[open.piece].conditions, [&](check::ExprId id) { return (came_out[id.Index()] & wanted) != 0; });
  }

  /// One of the pieces that are seen to matter; all of them are noted.
  std::optional<Open> TryOpen(const Trial& trial, const Answers& answers) {
    std::optional<Open> shown;
    std::erase_if(open_, [&](Open& open) {
      if (open.attempts >= kMaxAttempts || !IsPromising(open, answers.notes.came_out)) return false;
      ++open.attempts;
      if (!Matters(open, trial, answers)) return false;
      found_.matter.insert({open.piece, open.truth});
      shown = open;
      return true;
    });
    return shown;
  }

  bool Matters(const Open& open, const Trial& trial, const Answers& answers, Evaluator::Notes* notes = nullptr) {
    const Piece& piece = pieces_[open.piece];
    for (const check::ExprId id : piece.conditions) {
      check::Expr constant;
      constant.type = {.kind = TypeKind::kBoolean};
      constant.constant = open.truth;
      scratch_.exprs[id] = std::move(constant);
    }
    Evaluator evaluator(scratch_, trial.facts, loaded_.option_sets[trial.options]);
    if (notes != nullptr) evaluator.Note(*notes);
    const bool matters = llvm::any_of(piece.decisions, [&](DecisionId decision) {
      return !AreSame(answers.outcomes.at(decision), evaluator.Outcome(decision, evaluator.CaseScope()));
    });
    for (const check::ExprId id : piece.conditions) scratch_.exprs[id] = draft_[id];
    return matters;
  }

  const load::LoadedDraft& loaded_;
  const CheckedDraft& draft_;
  CheckedDraft scratch_;  // the draft, but for one piece at a time
  llvm::ArrayRef<Piece> pieces_;
  std::vector<DecisionId> decisions_;
  TrialCases cases_;
  std::vector<std::uint8_t> seen_;  // by expression: the ways in which it has come out
  std::vector<Open> open_;
  std::vector<Trial> kept_;
  Trials found_;
};

}  // namespace

Trials Try(const load::LoadedDraft& draft, llvm::ArrayRef<Piece> pieces,
           llvm::function_ref<void(std::size_t)> progress) {
  return Trier(draft, pieces).Run(progress);
}

}  // namespace proviso::findings
