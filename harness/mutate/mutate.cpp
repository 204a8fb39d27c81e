#include "harness/mutate/mutate.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <mutex>
#include <utility>

#include "compiler/check/check.h"
#include "compiler/format/format.h"
#include "compiler/reference/evaluator.h"
#include "harness/compare/tell_apart.h"
#include "harness/mutate/dependence.h"
#include "harness/test/compare.h"

namespace proviso::mutate {
namespace {

using check::CheckedDraft;
using check::DecisionId;

/// An option that the draft settles on one alternative and the mutant on another gets that one's value under the first
/// one's name, so that option sets choose alike.
void KeepChosen(const CheckedDraft& draft, CheckedDraft& mutated) {
  for (std::size_t i = 0; i < draft.options.size(); ++i) {
    const check::OptionId id(i);
    check::Option& option = mutated.options[id];
    const auto before = draft.options[id].settled;
    const auto now = option.settled;
    if (before == now || !before || !now) continue;
    std::swap(option.alternatives[*before].value, option.alternatives[*now].value);
    option.settled = before;
    for (check::Expr& expr : mutated.exprs) {
      if (expr.op != check::Op::kOptionIs || expr.option != id) continue;
      for (std::uint32_t& alternative : expr.alternatives)
        alternative = alternative == *before ? *now : alternative == *now ? *before : alternative;
      llvm::sort(expr.alternatives);
    }
  }
}

/// What the mutant says where it differs, by which it is remembered.
std::string TextOf(const amend::AmendedTree& text, const Mutant& mutant) {
  std::string all;
  for (const std::size_t index : mutant.edit.touched)
    all += format::DeclarationToText(text.tree, text.tree.declarations[index]);
  for (const auto& [index, settled] : mutant.edit.settled) all += settled.alternative->text;
  return mutant.inside + "\n" + all;
}

class Examiner {
 public:
  Examiner(const Exam& exam, Memory* memory)
      : exam_(exam), memory_(memory), draft_(exam.Draft().draft), over_(*draft_) {}

  /// Nothing where the mutant does not compile.
  std::optional<Examined> Run(Mutant mutant) const {
    const auto compiled = Compile(*draft_, mutant.edit);
    if (compiled == nullptr) return std::nullopt;
    const amend::AmendedTree& text = *compiled->text;
    Examined examined{std::move(mutant), Verdict::kNotSettled, {}, {}, {}};
    const std::string key = memory_ == nullptr ? "" : TextOf(text, examined.mutant);
    const auto known = memory_ == nullptr ? std::nullopt : memory_->Recall(key);
    if (known && known->verdict == Verdict::kKilled) examined.noticed_by = known->noticed_by;
    const std::vector<DecisionId> decisions = over_.DecisionsOver(examined.mutant.edit);
    if (!known) examined.noticed_by = NoticedBy(examined.mutant, decisions, compiled);
    if (examined.noticed_by) {
      examined.verdict = Verdict::kKilled;
    } else if (known && known->verdict == Verdict::kEquivalent) {
      examined.verdict = Verdict::kEquivalent;
    } else {
      TellApart(examined, decisions, compiled);
      if (examined.verdict != Verdict::kEquivalent)
        examined.redline = RedlineOf(*draft_->text, text, examined.mutant.edit);
    }
    if (memory_ != nullptr && !known) memory_->Keep(key, {examined.verdict, examined.noticed_by.value_or(0)});
    return examined;
  }

 private:
  [[nodiscard]] std::optional<std::size_t> NoticedBy(const Mutant& mutant, llvm::ArrayRef<DecisionId> decisions,
                                                     const std::shared_ptr<const CheckedDraft>& mutated) const {
    const std::optional<check::Correspondence> same = check::Correspond(*draft_, *mutated);
    for (const std::size_t question : exam_.OrderFor(mutant.cites)) {
      const llvm::BitVector& asked = exam_.Questions()[question].decisions;
      const bool may_notice = llvm::any_of(decisions, [&](DecisionId id) { return asked.test(id.Index()); }) &&
                              !(same && exam_.IsAnsweredAlike(question, *same));
      if (may_notice && !exam_.Passes(question, mutated)) return question;
    }
    return std::nullopt;
  }

  /// Where a decision is not settled, those made from it would not be either, and are not asked of.
  [[nodiscard]] compare::Apart Ask(llvm::ArrayRef<DecisionId> decisions,
                                   const std::shared_ptr<const CheckedDraft>& mutated) const {
    using compare::Apart;
    compare::TellApart tell_apart;
    std::vector<DecisionId> not_settled;
    for (const DecisionId id : decisions) {
      if (llvm::any_of(not_settled, [&](DecisionId other) { return over_.Uses(id, other); })) continue;
      Apart apart = tell_apart.Ask(draft_, mutated, id);
      if (apart.verdict == Apart::Verdict::kDiffer) return apart;
      if (apart.verdict == Apart::Verdict::kNotSettled) not_settled.push_back(id);
    }
    return {not_settled.empty() ? Apart::Verdict::kSame : Apart::Verdict::kNotSettled, {}, {}};
  }

  void TellApart(Examined& examined, llvm::ArrayRef<DecisionId> decisions,
                 const std::shared_ptr<const CheckedDraft>& mutated) const {
    examined.verdict = Verdict::kEquivalent;
    if (decisions.empty()) return;
    const compare::Apart apart = Ask(decisions, mutated);
    if (apart.verdict == compare::Apart::Verdict::kNotSettled) examined.verdict = Verdict::kNotSettled;
    if (apart.verdict != compare::Apart::Verdict::kDiffer) return;
    lower::Witness witness = *apart.witness;
    auto needed = Needed(witness, *mutated, *apart.decision);
    if (needed.size() < witness.matter.size()) witness.matter = std::move(needed);
    const auto said = [&](const CheckedDraft& by, std::size_t side) {
      const DecisionId id = *apart.decision;
      return test::OutcomeText(by, id, reference::EvaluateDecision(by, id, witness.facts, witness.options[side]));
    };
    examined.hole = Hole{*apart.decision, witness, said(*draft_, 0), said(*mutated, 1)};
    examined.verdict = Verdict::kSurvived;
  }

  /// Facts of the case that keep both outcomes as they are, whatever the others were: of these none can be left out.
  [[nodiscard]] std::vector<reference::MissingFact> Needed(const lower::Witness& witness, const CheckedDraft& mutated,
                                                           DecisionId decision) const {
    const Vocabulary& words = *draft_->vocabulary;
    const auto outcomes = [&](const Case& facts) {
      reference::Evaluator ours(*draft_, facts, witness.options[0]);
      reference::Evaluator theirs(mutated, facts, witness.options[1]);
      return std::pair(ours.Outcome(decision, ours.CaseScope()), theirs.Outcome(decision, theirs.CaseScope()));
    };
    const auto [ours, theirs] = outcomes(witness.facts);
    const auto are_kept = [&](const Case& facts) {
      const auto [our, their] = outcomes(facts);
      return our.IsKnown() && their.IsKnown() && reference::AreSame(our, ours) && reference::AreSame(their, theirs);
    };
    Case fewer = witness.facts;
    std::vector<reference::MissingFact> needed;
    for (std::size_t i = 0; i < fewer.instances.size(); ++i) {
      const InstanceId instance(i);
      for (const FactId fact : words.entities[fewer.instances[instance].entity].facts) {
        FactState& state = fewer.State(words, instance, fact);
        if (!state.value || std::holds_alternative<EntityValue>(*state.value)) continue;
        std::optional<Value> value = std::exchange(state.value, std::nullopt);
        if (are_kept(fewer)) continue;
        state.value = std::move(value);
        needed.push_back({instance, fact});
      }
    }
    return needed;
  }

  const Exam& exam_;
  Memory* memory_;
  std::shared_ptr<const CheckedDraft> draft_;
  Dependence over_;
};

}  // namespace

std::shared_ptr<const CheckedDraft> Compile(const CheckedDraft& draft, const Edit& edit) {
  diagnostics::DiagnosticSink sink;
  std::vector<std::string> compared;
  for (const check::Property& property : draft.properties) compared.push_back(property.draft);
  std::optional<CheckedDraft> checked = check::Check(draft.vocabulary, Apply(*draft.text, edit), compared, sink);
  if (!checked) return nullptr;
  // Which option sets there are is the draft's to say.
  checked->constraints.clear();
  KeepChosen(draft, *checked);
  return std::make_shared<const CheckedDraft>(std::move(*checked));
}

std::optional<Examined> ExamineOne(const Exam& exam, const Mutant& mutant) {
  return Examiner(exam, nullptr).Run(mutant);
}

std::size_t DraftExamined::Count(Verdict verdict) const {
  return static_cast<std::size_t>(llvm::count_if(mutants, [&](const Examined& one) { return one.verdict == verdict; }));
}

std::size_t DraftExamined::ScorePerMille() const {
  const std::size_t killed = Count(Verdict::kKilled);
  const std::size_t all = killed + Count(Verdict::kSurvived) + Count(Verdict::kNotSettled);
  return all == 0 ? 1000 : killed * 1000 / all;
}

DraftExamined Examine(const Exam& exam, Memory* memory, llvm::function_ref<void(std::size_t, std::size_t)> on_mutant) {
  std::vector<Mutant> mutants = MutantsOf(*exam.Draft().draft);
  const Examiner examiner(exam, memory);
  std::vector<std::optional<Examined>> examined(mutants.size());
  std::mutex mutex;
  std::size_t done = 0;
  llvm::parallelFor(0, mutants.size(), [&](std::size_t i) {
    examined[i] = examiner.Run(std::move(mutants[i]));
    const std::lock_guard lock(mutex);
    on_mutant(++done, mutants.size());
  });
  DraftExamined result{.draft = &exam.Draft(), .questions = exam.Questions().size(), .left_out = exam.LeftOut()};
  for (std::optional<Examined>& one : examined) {
    if (one) result.mutants.push_back(std::move(*one));
  }
  result.not_compiling = examined.size() - result.mutants.size();
  return result;
}

}  // namespace proviso::mutate
