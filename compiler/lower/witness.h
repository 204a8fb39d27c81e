// witness.h: one case that meets a condition on facts.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/lower/lower.h"
#include "compiler/reference/evaluate.h"
#include "runtime/analyse/formula.h"
#include "runtime/analyse/solver.h"
#include "runtime/base/case.h"
#include "runtime/graph/common_path.h"

namespace proviso::lower {

struct Witness {
  Case facts;  // complete: what does not matter is no, none, empty, or 0
  /// The facts that make the condition hold, whatever the others were; in the order of the graph.
  std::vector<reference::MissingFact> matter;
  std::vector<check::OptionSet> options;  // by draft, as in `Lowered::drafts`
  /// Of the first draft: whether each can matter to what the case shows; none where that was not looked at.
  std::vector<bool> options_matter;
};

/// The case is the known one where graphs are of one case alone (`LowerFor`), with the unknown facts filled in.
///
/// A case, and an option set of each draft, for which the condition leads to yes; nothing where it leads nowhere to it.
/// Quantities made of several facts cannot be set: where the condition asks for one, the case has to be tried.
[[nodiscard]] std::optional<Witness> FindWitness(Lowered& lowered, evaluate::NodeId condition);

/// A case in which the tests of the path come out so, as far as they are of single facts and lists; all else is as in
/// `like`, where that is given. As what matters it names what the path asks for, of elements what makes them such as
/// are asked for.
[[nodiscard]] Witness WitnessOn(Lowered& lowered, const graph::Tests& path, const Case* like = nullptr);

/// The condition, the drafts' assumptions and what is known, for the solver.
[[nodiscard]] analyse::Formula FormulaFor(const Lowered& lowered, evaluate::NodeId condition, analyse::Lists lists);

/// Said of a formula: dates are such as deals have. A solver would as well take the calendar's last, to which nothing
/// can be added.
[[nodiscard]] std::string OfThisTime(const Lowered& lowered, const analyse::Formula& formula);

/// What the solver found of each constant, by name; empty where it does not say all.
using Values = std::map<std::string, Exact>;
[[nodiscard]] Values ValuesOf(const analyse::Formula& formula, analyse::Solver& solver);

/// The case that the solver found, as which constants have which values. What matters is not said.
[[nodiscard]] Witness WitnessOf(Lowered& lowered, const analyse::Formula& formula, const Values& values);

/// The witness, which the solver found and which is shown, or another that is, with dates of this time.
[[nodiscard]] Witness RatherOfThisTime(Lowered& lowered, const analyse::Formula& formula, analyse::Solver& solver,
                                       Witness witness, llvm::function_ref<bool(const Witness&)> is_shown);

/// Adds an element to the list, one that meets the condition on its own facts; nothing where none can, or where the
/// witness has no such list. What does not matter is as in a witness.
[[nodiscard]] std::optional<InstanceId> AddElement(Lowered& lowered, Witness& witness, const evaluate::List& list,
                                                   evaluate::NodeId condition);

/// A value of the cell, of a variable of intervals or of members: a plain one where there is one, else the cell's
/// first.
[[nodiscard]] Value ValueIn(const evaluate::Variable& variable, std::size_t cell);
/// The value just before the cell's first; nothing where the type has none, or it would be out of the cell before.
[[nodiscard]] std::optional<Value> ValueBefore(const evaluate::Variable& variable, std::size_t cell);

}  // namespace proviso::lower
