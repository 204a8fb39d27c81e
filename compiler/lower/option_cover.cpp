#include "compiler/lower/option_cover.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "runtime/graph/count.h"

namespace proviso::lower {
namespace {

using evaluate::NodeId;
using evaluate::VariableId;

std::vector<VariableId> OpenOptions(const LoweredDraft& draft) {
  std::vector<VariableId> open;
  llvm::copy_if(draft.options, std::back_inserter(open), [](VariableId option) { return option.IsValid(); });
  return open;
}

std::string Describe(const check::CheckedDraft& draft, const OptionProduct& product) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < product.size(); ++i) {
    if (product[i].empty()) continue;
    const check::Option& option = draft.options[check::OptionId(i)];
    std::string names;
    for (const std::uint32_t alternative : product[i]) {
      if (!names.empty()) names += alternative == product[i].back() ? " or " : ", ";
      names += option.alternatives[alternative].name;
    }
    parts.push_back(fmt::format("{} is {}", option.name, names));
  }
  return fmt::format("{}", fmt::join(parts, ", and "));
}

}  // namespace

NodeId NodeOf(graph::Graph& graph, const LoweredDraft& draft, const OptionProduct& product) {
  NodeId all = graph.Yes();
  for (std::size_t option = 0; option < product.size(); ++option) {
    if (product[option].empty()) continue;
    const VariableId variable = draft.options[option];
    if (variable.IsValid()) {
      all = graph.And(all, graph::InAnyOf(graph, variable, product[option]));
    } else if (!llvm::is_contained(product[option], *draft.draft->options[check::OptionId(option)].settled)) {
      return graph.No();
    }
  }
  return all;
}

std::vector<OptionProduct> CoverOptionSets(graph::Graph& graph, const LoweredDraft& draft, NodeId wanted,
                                           NodeId ignored) {
  const NodeId must = graph.Without(wanted, ignored);
  return graph::Cover(graph, draft.options, must, graph.Or(wanted, ignored)).value_or(std::vector<OptionProduct>());
}

bool Allows(const std::vector<OptionProduct>& products, const check::OptionSet& set) {
  return llvm::any_of(products, [&](const OptionProduct& product) {
    for (std::size_t i = 0; i < set.size(); ++i) {
      if (!product[i].empty() && !llvm::is_contained(product[i], set[i])) return false;
    }
    return true;
  });
}

std::string DescribeProducts(const check::CheckedDraft& draft, const std::vector<OptionProduct>& products) {
  std::vector<std::string> texts;
  for (const OptionProduct& product : products) texts.push_back(Describe(draft, product));
  if (llvm::is_contained(texts, "")) return "";
  return fmt::format("{}", fmt::join(texts, "; or "));
}

std::vector<bool> OptionsOf(const graph::Graph& graph, const LoweredDraft& draft, NodeId function) {
  const std::vector<VariableId> support = graph.Support(function);
  std::vector<bool> options;
  for (const VariableId option : draft.options)
    options.push_back(option.IsValid() && llvm::is_contained(support, option));
  return options;
}

check::OptionSet ExampleOptionSet(const graph::Graph& graph, const LoweredDraft& draft, NodeId wanted) {
  check::OptionSet example;
  for (std::size_t i = 0; i < draft.options.size(); ++i) {
    example.push_back(draft.draft->options[check::OptionId(i)].settled.value_or(0));
  }
  while (!graph.IsTerminal(wanted)) {
    const VariableId variable = graph.VariableOf(wanted);
    std::uint32_t cell = 0;
    while (graph.ChildAt(wanted, cell) == graph.No()) ++cell;
    example[draft.OptionOf(variable)] = cell;
    wanted = graph.ChildAt(wanted, cell);
  }
  return example;
}

Exact CountOptionSets(const graph::Graph& graph, const LoweredDraft& draft, NodeId wanted) {
  const auto counts = graph::CountCells(graph, wanted, OpenOptions(draft));
  const auto found = counts.find(graph::kYes);
  return found == counts.end() ? Exact(0) : found->second;
}

}  // namespace proviso::lower
