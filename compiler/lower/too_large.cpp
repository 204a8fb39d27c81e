#include "compiler/lower/too_large.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace proviso::lower {
namespace {

using evaluate::ListOf;
using evaluate::Space;

constexpr std::size_t kMostFacts = 3;

/// The fact that the quantity is of, or the first of them.
std::optional<ListOf> FactOf(const Space& space, evaluate::QuantityId id) {
  const evaluate::Quantity& quantity = space[id];
  if (quantity.fact.IsValid()) return ListOf{quantity.place, quantity.fact};
  if (!quantity.terms.empty()) return FactOf(space, quantity.terms.front().first);
  for (const evaluate::QuantityId operand : quantity.operands) {
    if (const auto fact = FactOf(space, operand)) return fact;
  }
  return std::nullopt;
}

std::optional<ListOf> FactOf(const Space& space, evaluate::VariableId id) {
  const evaluate::Variable& variable = space[id];
  if (variable.fact.IsValid()) return ListOf{variable.place, variable.fact};
  if (variable.quantity.IsValid()) return FactOf(space, variable.quantity);
  if (!variable.condition.IsValid() || !space[variable.condition].fact.IsValid()) return std::nullopt;
  return ListOf{space[variable.condition].place, space[variable.condition].fact};
}

std::vector<std::string> LargestFacts(const Space& space) {
  std::map<evaluate::VariableId, std::size_t> by_variable;
  for (std::size_t i = 0; i < space.graph.Size(); ++i) {
    if (const evaluate::NodeId node(i); !space.graph.IsTerminal(node)) ++by_variable[space.graph.VariableOf(node)];
  }
  std::map<std::string, std::size_t> by_fact;
  for (const auto& [variable, nodes] : by_variable) {
    if (const auto fact = FactOf(space, variable)) by_fact[space.PathOf(fact->place, fact->fact)] += nodes;
  }
  std::vector<std::string> facts;
  for (const auto& [fact, nodes] : by_fact) facts.push_back(fact);
  std::ranges::stable_sort(facts, [&](const auto& one, const auto& other) { return by_fact[one] > by_fact[other]; });
  facts.resize(std::min(facts.size(), kMostFacts));
  return facts;
}

}  // namespace

void ReportTooLarge(const check::Decision& decision, const Space& space, std::size_t max_nodes,
                    diagnostics::DiagnosticSink& sink) {
  diagnostics::Diagnostic& report =
      sink.Report<diagnostics::Kind::kGraphTooLarge>(decision.span, decision.name, max_nodes);
  const std::vector<std::string> facts = LargestFacts(space);
  if (!facts.empty()) report.Label(fmt::format("most of it asks of `{}`", fmt::join(facts, "`, `")));
}

}  // namespace proviso::lower
