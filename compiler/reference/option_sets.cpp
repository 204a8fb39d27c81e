#include "compiler/reference/option_sets.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <set>

#include "compiler/reference/evaluator.h"

namespace proviso::reference {
namespace {

using check::CheckedDraft;
using check::Constraint;
using check::ExprId;
using check::Op;
using check::OptionSet;
using diagnostics::DiagnosticSink;
using diagnostics::Kind;

/// The options that a condition speaks of, by index, through terms and alternatives.
class OptionsIn {
 public:
  OptionsIn(const CheckedDraft& draft, ExprId condition) : draft_(draft) { Visit(condition); }
  [[nodiscard]] const std::set<std::size_t>& Found() const { return found_; }

 private:
  void Visit(ExprId id) {
    if (!seen_.insert(id).second) return;
    const check::Expr& expr = draft_[id];
    for (const ExprId operand : expr.operands) Visit(operand);
    if (expr.op == Op::kTerm) Visit(draft_.terms[expr.term].body);
    if (expr.op != Op::kOption && expr.op != Op::kOptionIs) return;
    found_.insert(expr.option.Index());
    for (const check::Alternative& alternative : draft_.options[expr.option].alternatives) Visit(alternative.value);
  }

  const CheckedDraft& draft_;
  std::set<ExprId> seen_;
  std::set<std::size_t> found_;
};

struct BoundConstraint {
  const Constraint* constraint;
  std::set<std::size_t> options;

  /// Once this many options have been chosen, the constraint can be asked.
  [[nodiscard]] std::size_t Needed() const { return options.empty() ? 0 : *options.rbegin() + 1; }
};

std::vector<BoundConstraint> BindConstraints(const CheckedDraft& draft) {
  std::vector<BoundConstraint> bound;
  bound.reserve(draft.constraints.size());
  for (const Constraint& constraint : draft.constraints) {
    bound.push_back({&constraint, OptionsIn(draft, constraint.condition).Found()});
  }
  return bound;
}

/// How many combinations there are before constraints; anything over the limit is the limit and one.
std::size_t CountCombinations(const CheckedDraft& draft) {
  std::size_t count = 1;
  for (const check::Option& option : draft.options) {
    if (!option.settled) count *= option.alternatives.size();
    if (count > kMaxOptionSets) return kMaxOptionSets + 1;
  }
  return count;
}

/// Each of `sets` with each alternative of option `index`.
std::vector<OptionSet> Extend(const std::vector<OptionSet>& sets, const check::Option& option, std::size_t index) {
  std::vector<OptionSet> extended;
  const auto first = option.settled.value_or(0);
  const auto last = option.settled ? *option.settled + 1 : static_cast<std::uint32_t>(option.alternatives.size());
  for (const OptionSet& set : sets) {
    for (std::uint32_t alternative = first; alternative < last; ++alternative) {
      extended.push_back(set);
      extended.back()[index] = alternative;
    }
  }
  return extended;
}

void ReportNothingLeft(const CheckedDraft& draft, const std::vector<BoundConstraint>& constraints,
                       const BoundConstraint& last, DiagnosticSink& sink) {
  auto& report = sink.Report<Kind::kNoOptionSetLeft>(last.constraint->span, draft.name);
  if (!last.constraint->because.empty()) report.Label(last.constraint->because);
  for (const BoundConstraint& other : constraints) {
    const bool related = llvm::any_of(other.options, [&](std::size_t option) { return last.options.contains(option); });
    if (&other == &last || !related) continue;
    report.AddNote("this constraint speaks of the same options", other.constraint->span, other.constraint->because);
  }
  report.Help("a constraint has to go, or an option needs another alternative");
}

}  // namespace

std::vector<OptionSet> OptionSets(const CheckedDraft& draft, DiagnosticSink& sink) {
  const std::vector<BoundConstraint> constraints = BindConstraints(draft);
  if (CountCombinations(draft) > kMaxOptionSets) {
    sink.Report<Kind::kTooManyOptionSets>(draft.options.begin()->span, draft.name, kMaxOptionSets)
        .Help("settle options, or join those that only occur together");
    return {};
  }
  const Case nothing = EmptyCase(*draft.vocabulary);
  std::vector<OptionSet> sets = {OptionSet(draft.options.size())};
  for (std::size_t chosen = 0; chosen <= draft.options.size(); ++chosen) {
    if (chosen > 0) sets = Extend(sets, draft.options[check::OptionId(chosen - 1)], chosen - 1);
    for (const BoundConstraint& bound : constraints) {
      if (bound.Needed() != chosen) continue;
      std::erase_if(sets, [&](const OptionSet& set) {
        Evaluator evaluator(draft, nothing, set);
        return !evaluator.Evaluate(bound.constraint->condition, evaluator.CaseScope()).Is(true);
      });
      if (!sets.empty()) continue;
      ReportNothingLeft(draft, constraints, bound, sink);
      return {};
    }
  }
  return sets;
}

namespace {

/// Says why none of the draft's option sets matches; whether that is an error.
bool ReportExcluded(const CheckedDraft& draft, const check::NamedOptionSet& named, DiagnosticSink& sink) {
  for (const auto& [id, alternative] : named.choices) {
    const check::Option& option = draft.options[id];
    if (!option.settled || *option.settled == alternative) continue;
    sink.Report<Kind::kOptionSetDropped>(named.span, named.name, option.alternatives[alternative].name, option.name);
    return false;
  }
  const bool has_settled = llvm::any_of(draft.options, [](const check::Option& option) { return option.settled; });
  auto& report = has_settled ? sink.Report<Kind::kOptionSetDroppedByConstraint>(named.span, named.name)
                             : sink.Report<Kind::kOptionSetExcluded>(named.span, named.name);
  for (const Constraint& constraint : draft.constraints)
    report.AddNote("the constraints are these", constraint.span, constraint.because);
  return !has_settled;
}

}  // namespace

bool DropExcludedSets(CheckedDraft& draft, const std::vector<OptionSet>& sets, DiagnosticSink& sink) {
  const auto is_excluded = [&](const check::NamedOptionSet& named) {
    return llvm::none_of(sets, [&](const OptionSet& set) {
      return llvm::all_of(named.choices,
                          [&](const auto& choice) { return set[choice.first.Index()] == choice.second; });
    });
  };
  bool all_left = true;
  for (const check::NamedOptionSet& named : draft.option_sets)
    if (is_excluded(named) && ReportExcluded(draft, named, sink)) all_left = false;
  llvm::erase_if(draft.option_sets, is_excluded);
  return all_left;
}

}  // namespace proviso::reference
