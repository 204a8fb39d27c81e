// region_text.h: regions of cases in the drafter's words.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <string>
#include <string_view>
#include <vector>

#include "harness/compare/compare.h"

namespace proviso::report {

/// What products of cells are said of.
struct SaidOf {
  const lower::Lowered& lowered;
  llvm::ArrayRef<evaluate::VariableId> variables;
  std::vector<std::string> names;  // of the drafts
};
[[nodiscard]] SaidOf WordsFor(const compare::Comparison& comparison);

/// What holds of the facts: `covered`, `visitors from 501, below 601`, `some of stages: level above 90 decibel`.
[[nodiscard]] std::vector<std::string> ConditionTexts(const SaidOf& of, const graph::Product& product);

/// An option, named with its draft where several have one of its name, and the alternatives that it may have.
struct OptionText {
  std::string option;
  std::vector<std::string> alternatives;
};
[[nodiscard]] std::vector<OptionText> OptionTexts(const SaidOf& of, const graph::Product& product);
/// `loud is strict, and large is few or many`; empty where there are none.
[[nodiscard]] std::string UnderText(llvm::ArrayRef<OptionText> options);

/// `, where covered is not the same in both`: empty where there are none.
[[nodiscard]] std::string DifferingText(const evaluate::Space& space, llvm::ArrayRef<evaluate::VariableId> differing,
                                        std::string_view in_all);

/// `frontier_ai §850.224(k)(1)`, of each rule that decides; of none, `otherwise`.
[[nodiscard]] std::string DecidedByText(const check::CheckedDraft& draft, const std::vector<check::RuleId>& rules);

}  // namespace proviso::report
