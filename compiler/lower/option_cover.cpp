#include "compiler/lower/option_cover.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

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

NodeId IsOneOf(graph::Graph& graph, VariableId variable, const std::vector<std::uint32_t>& cells) {
  NodeId any = graph.No();
  for (const std::uint32_t cell : cells) any = graph.Or(any, graph.InCells(variable, cell, cell + 1));
  return any;
}

class Cover {
 public:
  Cover(graph::Graph& graph, const LoweredDraft& draft) : graph_(graph), draft_(draft) {}

  /// Products between `must` and `may`, and what they cover together.
  struct Covered {
    std::vector<OptionProduct> products;
    NodeId all;
  };

  Covered Between(NodeId must, NodeId may) {
    if (must == graph_.No()) return {{}, graph_.No()};
    if (may == graph_.Yes()) return {{OptionProduct(draft_.options.size())}, graph_.Yes()};
    VariableId variable;
    for (const NodeId node : {must, may}) {
      if (graph_.IsTerminal(node)) continue;
      if (!variable.IsValid() || graph_.IsAbove(graph_.VariableOf(node), variable)) variable = graph_.VariableOf(node);
    }
    const std::size_t option = draft_.OptionOf(variable);
    // Alternatives that are alike, together.
    std::map<std::pair<NodeId, NodeId>, std::vector<std::uint32_t>> groups;
    NodeId always = graph_.Yes();
    for (std::uint32_t cell = 0; cell < graph_.Cells(variable); ++cell) {
      const NodeId may_here = graph_.Restrict(may, variable, cell);
      groups[{graph_.Restrict(must, variable, cell), may_here}].push_back(cell);
      always = graph_.And(always, may_here);
    }
    Covered covered{{}, graph_.No()};
    NodeId rest = graph_.No();
    for (const auto& [nodes, cells] : groups) {
      Covered here = Between(graph_.And(nodes.first, graph_.Not(always)), nodes.second);
      rest = graph_.Or(rest, graph_.And(nodes.first, graph_.Not(here.all)));
      for (OptionProduct& product : here.products) {
        product[option] = cells;
        covered.products.push_back(std::move(product));
      }
      covered.all = graph_.Or(covered.all, graph_.And(here.all, IsOneOf(graph_, variable, cells)));
    }
    Covered everywhere = Between(rest, always);
    llvm::append_range(covered.products, everywhere.products);
    covered.all = graph_.Or(covered.all, everywhere.all);
    return covered;
  }

  /// Leaves out options, then allows more alternatives, as far as `may` goes.
  void Widen(OptionProduct& product, NodeId may) {
    const auto fits = [&] { return graph_.And(NodeOf(product), graph_.Not(may)) == graph_.No(); };
    for (auto& allowed : product) {
      const std::vector<std::uint32_t> kept = std::exchange(allowed, {});
      if (!fits()) allowed = kept;
    }
    for (std::size_t option = 0; option < product.size(); ++option) {
      if (product[option].empty()) continue;
      for (std::uint32_t cell = 0; cell < graph_.Cells(draft_.options[option]); ++cell) {
        const std::vector<std::uint32_t> kept = product[option];
        if (llvm::is_contained(kept, cell)) continue;
        product[option].insert(std::ranges::lower_bound(product[option], cell), cell);
        if (!fits()) product[option] = kept;
      }
    }
  }

  NodeId NodeOf(const OptionProduct& product) { return lower::NodeOf(graph_, draft_, product); }

 private:
  graph::Graph& graph_;
  const LoweredDraft& draft_;
};

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
      all = graph.And(all, IsOneOf(graph, variable, product[option]));
    } else if (!llvm::is_contained(product[option], *draft.draft->options[check::OptionId(option)].settled)) {
      return graph.No();
    }
  }
  return all;
}

std::vector<OptionProduct> CoverOptionSets(graph::Graph& graph, const LoweredDraft& draft, NodeId wanted,
                                           NodeId ignored) {
  Cover cover(graph, draft);
  const NodeId must = graph.And(wanted, graph.Not(ignored));
  const NodeId may = graph.Or(wanted, ignored);
  std::vector<OptionProduct> products = cover.Between(must, may).products;
  for (OptionProduct& product : products) cover.Widen(product, may);
  llvm::sort(products);
  products.erase(std::ranges::unique(products).begin(), products.end());
  for (std::size_t i = products.size(); i-- > 0;) {
    NodeId others = graph.No();
    for (std::size_t j = 0; j < products.size(); ++j) {
      if (j != i) others = graph.Or(others, cover.NodeOf(products[j]));
    }
    if (graph.And(must, graph.Not(others)) == graph.No()) {
      products.erase(products.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  return products;
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
