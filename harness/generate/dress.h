// dress.h: a case that meets goals of coverage → one for a person to read: what is not needed is as in a background of
// the suites, or not said.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/findings/trial_cases.h"
#include "harness/generate/search.h"

namespace proviso::generate {

struct Dressed {
  Case facts;                                // what is not needed is not known
  std::optional<std::size_t> background;     // of those given: what it states is in `facts`
  std::vector<check::DecisionId> decisions;  // with an outcome under some option set, and under each one or surely none
};

class Dresser {
 public:
  /// All must outlive it. `backgrounds`: cases of the draft's vocabulary.
  Dresser(const load::LoadedDraft& draft, const Search& search,
          llvm::ArrayRef<std::pair<std::string, Case>> backgrounds);

  /// A case that meets these goals where its decisions are expected, as `facts` does, which is complete: the fewest
  /// facts that were found to be enough, on the background in which the first goal's piece turns some outcome, where
  /// there is one.
  [[nodiscard]] Dressed Dress(const Case& facts, llvm::ArrayRef<unsigned> goals) const;

 private:
  /// A condition, and an option set under which it holds.
  using Shown = std::pair<check::ExprId, check::OptionSet>;
  [[nodiscard]] std::vector<Shown> ShownBy(const Case& facts, llvm::ArrayRef<unsigned> goals) const;
  /// What is to stay true of the case: the conditions, and that these decisions have an outcome there.
  struct Wanted {
    std::vector<Shown> shown;
    std::vector<check::DecisionId> decisions;
  };
  /// The first decision that comes to the goals; all that have an outcome where it takes several.
  [[nodiscard]] Wanted WantedOf(const Case& facts, llvm::ArrayRef<unsigned> goals) const;
  [[nodiscard]] bool AreMet(const Case& facts, const Wanted& wanted) const;
  [[nodiscard]] bool IsUsual(const Case& facts, InstanceId instance, FactId fact) const;
  void MakeUsual(Case& facts, const Wanted& wanted) const;
  void LeaveOut(Case& facts, const Wanted& wanted) const;

  [[nodiscard]] std::optional<Case> Over(const Case& background, const Case& facts, const Wanted& wanted) const;
  void Overlay(Case& onto, InstanceId to, const Case& facts, InstanceId from) const;
  /// In how many decisions the outcome turns on the goal's piece.
  [[nodiscard]] std::size_t Turned(const Case& facts, unsigned goal, const check::OptionSet& options) const;

  /// `stated`: the background's own facts; none where there is none.
  [[nodiscard]] Dressed Undress(const Case& full, const Case* stated, const Wanted& wanted) const;
  void HideAll(Case& facts, InstanceId instance, const Case* stated, std::optional<InstanceId> there) const;

  const load::LoadedDraft& loaded_;
  const check::CheckedDraft& draft_;
  const Vocabulary& words_;
  const Search& search_;
  llvm::ArrayRef<std::pair<std::string, Case>> backgrounds_;
  findings::TrialCases trials_;
};

}  // namespace proviso::generate
