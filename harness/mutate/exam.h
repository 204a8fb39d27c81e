// exam.h: all that scenario suites ask of one draft, to be put to mutants of it.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/BitVector.h>

#include <memory>
#include <string>
#include <vector>

#include "compiler/check/correspondence.h"
#include "harness/mutate/mutants.h"
#include "harness/scenario/suite.h"

namespace proviso::mutate {

/// A scenario that expects something of the draft, or one of a suite's totals.
struct Question {
  const scenario::Suite* suite;
  std::size_t draft;     // index into Suite::drafts
  std::size_t scenario;  // index into Suite::scenarios; or of no scenario (`is_total`)
  bool is_total = false;
  std::size_t total = 0;
  llvm::BitVector decisions;  // that it asks of
  bool expects_undetermined = false;
  std::vector<Citation> speaks;  // paragraphs that it names
  llvm::BitVector looks_at;      // the draft's expressions that its answer turns on

  [[nodiscard]] std::string Name() const;
};

/// The questions of all suites about one draft, that it answers rightly itself.
class Exam {
 public:
  Exam(const load::LoadedDraft& draft, llvm::ArrayRef<const scenario::Suite*> suites);

  [[nodiscard]] const load::LoadedDraft& Draft() const { return draft_; }
  [[nodiscard]] llvm::ArrayRef<Question> Questions() const { return questions_; }
  /// How many were left out since the draft itself fails them.
  [[nodiscard]] std::size_t LeftOut() const { return left_out_; }

  /// The questions in the order in which they are to be put to a mutant of these paragraphs: first those that name
  /// them. Before all that take long: what is undetermined takes a graph to answer, and totals go through whole tables.
  [[nodiscard]] std::vector<std::size_t> OrderFor(llvm::ArrayRef<Citation> paragraphs) const;

  /// Whether a draft that so corresponds to this one certainly answers the question as this one does.
  [[nodiscard]] bool IsAnsweredAlike(std::size_t question, const check::Correspondence& same) const;

  /// Whether a draft in the place of this one, of the same decisions and options, answers the question as expected.
  [[nodiscard]] bool Passes(std::size_t question, const std::shared_ptr<const check::CheckedDraft>& instead) const;

 private:
  void AddQuestions(const scenario::Suite& suite, std::size_t draft);
  [[nodiscard]] llvm::BitVector LooksAt(const Question& question) const;

  const load::LoadedDraft& draft_;
  std::vector<Question> questions_;
  std::size_t left_out_ = 0;
};

/// The drafts that some expectation or total of the suites speaks of, in the order of the suites.
[[nodiscard]] std::vector<const load::LoadedDraft*> DraftsOf(llvm::ArrayRef<const scenario::Suite*> suites);

}  // namespace proviso::mutate
