// option_cover.h: a condition on options as a few products (`ai_compute is alt_2 or alt_3, and notify_compute is low`).
#pragma once

#include <string>
#include <vector>

#include "compiler/lower/lower.h"
#include "runtime/graph/cover.h"

namespace proviso::lower {

/// For each option the alternatives allowed, ascending; none where the option does not matter.
using OptionProduct = graph::Product;

/// The product as a condition on the options that are not settled; `no` where a settled one is another.
[[nodiscard]] evaluate::NodeId NodeOf(graph::Graph& graph, const LoweredDraft& draft, const OptionProduct& product);

/// Products that cover the option sets that meet `wanted`, and no other but those that meet `ignored`; none of them can
/// be widened or left out (graph::Cover).
[[nodiscard]] std::vector<OptionProduct> CoverOptionSets(graph::Graph& graph, const LoweredDraft& draft,
                                                         evaluate::NodeId wanted, evaluate::NodeId ignored);

/// Whether one of the products allows the option set.
[[nodiscard]] bool Allows(const std::vector<OptionProduct>& products, const check::OptionSet& set);

/// The products in words, joined by `; or`; empty where one of them is everything.
[[nodiscard]] std::string DescribeProducts(const check::CheckedDraft& draft,
                                           const std::vector<OptionProduct>& products);

/// Of each option whether the function turns on it.
[[nodiscard]] std::vector<bool> OptionsOf(const graph::Graph& graph, const LoweredDraft& draft,
                                          evaluate::NodeId function);

/// Some option set that meets the condition, which must not be `no`.
[[nodiscard]] check::OptionSet ExampleOptionSet(const graph::Graph& graph, const LoweredDraft& draft,
                                                evaluate::NodeId wanted);

/// How many option sets meet the condition.
[[nodiscard]] Exact CountOptionSets(const graph::Graph& graph, const LoweredDraft& draft, evaluate::NodeId wanted);

}  // namespace proviso::lower
