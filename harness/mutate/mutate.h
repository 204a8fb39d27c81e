// mutate.h: whether scenario suites notice slips of the pen in the drafts that they are about.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/lower/witness.h"
#include "harness/mutate/exam.h"
#include "harness/mutate/memory.h"
#include "harness/mutate/mutants.h"

namespace proviso::mutate {

/// A case that a survivor decides otherwise than the draft, by the reference evaluator.
struct Hole {
  check::DecisionId decision;
  lower::Witness witness;  // its first option set is the draft's
  std::string said;        // by the draft
  std::string said_by_mutant;
};

struct Examined {
  Mutant mutant;
  Verdict verdict = Verdict::kNotSettled;
  std::optional<std::size_t> noticed_by;  // kKilled: a question of the exam
  std::optional<Hole> hole;               // kSurvived
  std::vector<RedlineLine> redline;       // kSurvived, kNotSettled
};

struct DraftExamined {
  const load::LoadedDraft* draft = nullptr;
  std::size_t questions = 0;      // scenarios and totals that were put to the mutants
  std::size_t left_out = 0;       // that the draft itself fails
  std::vector<Examined> mutants;  // those that compile, in the order of the text
  std::size_t not_compiling = 0;

  [[nodiscard]] std::size_t Count(Verdict verdict) const;
  /// Of those that are not equivalent, how many were noticed: in tenths of a percent, rounded down; all where there are
  /// none.
  [[nodiscard]] std::size_t ScorePerMille() const;
};

/// The mutated draft, which has the draft's option sets; nothing where it does not compile.
[[nodiscard]] std::shared_ptr<const check::CheckedDraft> Compile(const check::CheckedDraft& draft, const Edit& edit);

/// One mutant; nothing where it does not compile.
[[nodiscard]] std::optional<Examined> ExamineOne(const Exam& exam, const Mutant& mutant);

/// Puts the exam to each mutant of its draft, on all processors, until some question is answered wrong; what is left is
/// told apart from the draft by its graph. The result does not depend on the order in which the work is done.
/// `on_mutant` is called as mutants are done, by one thread at a time, with how many are and of how many.
[[nodiscard]] DraftExamined Examine(const Exam& exam, Memory* memory,
                                    llvm::function_ref<void(std::size_t, std::size_t)> on_mutant);

}  // namespace proviso::mutate
