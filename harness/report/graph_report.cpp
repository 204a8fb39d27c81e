#include "harness/report/graph_report.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/lower/case_counts.h"
#include "compiler/lower/option_cover.h"
#include "harness/report/fact_terms.h"
#include "harness/report/json.h"
#include "harness/report/space_text.h"

namespace proviso::report {
namespace {

using evaluate::NodeId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;

const lower::LoweredDraft& DraftOf(const GraphView& view) { return view.lowered->drafts.front(); }
Space& SpaceOf(const GraphView& view) { return *view.lowered->space; }

const check::Decision& DecisionOf(const GraphView& view, const lower::LoweredDecision& lowered) {
  return DraftOf(view).draft->decisions[lowered.decision];
}

std::vector<NodeId> Roots(const GraphView& view) {
  std::vector<NodeId> roots;
  for (const lower::LoweredDecision& decision : view.decisions) roots.push_back(decision.outcome);
  return roots;
}

/// Nodes that test each variable, in the order of the graph.
std::vector<std::pair<VariableId, std::size_t>> NodesByVariable(const GraphView& view) {
  const graph::Graph& graph = SpaceOf(view).graph;
  std::map<VariableId, std::size_t> nodes;
  for (const NodeId node : graph.Reachable(Roots(view))) {
    if (!graph.IsTerminal(node)) ++nodes[graph.VariableOf(node)];
  }
  std::vector<std::pair<VariableId, std::size_t>> ordered(nodes.begin(), nodes.end());
  llvm::sort(ordered, [&](const auto& one, const auto& other) { return graph.IsAbove(one.first, other.first); });
  return ordered;
}

/// Why the variable's values are not free of those of others; empty where they are.
std::string_view Unsettled(const Space& space, VariableId id) {
  if (space.IsFree(id)) return "";
  switch (space[id].kind) {
    case Variable::Kind::kQuantity:
      return "made of several facts";
    case Variable::Kind::kOrder:
      return "compares two quantities";
    case Variable::Kind::kCondition:
      return "asks of elements and of other facts at once, or goes through tiers";
    default:
      return "its elements are asked for quantities made of several facts";
  }
}

std::size_t DepthOf(const graph::Graph& graph, NodeId root) {
  std::map<NodeId, std::size_t> known;
  const auto visit = [&](const auto& self, NodeId node) -> std::size_t {
    if (graph.IsTerminal(node)) return 0;
    if (const auto found = known.find(node); found != known.end()) return found->second;
    std::size_t deepest = 0;
    for (const graph::Edge& edge : graph.Edges(node)) deepest = std::max(deepest, self(self, edge.to));
    return known[node] = deepest + 1;
  };
  return visit(visit, root);
}

std::string WhereText(const GraphView& view, NodeId option_sets) {
  graph::Graph& graph = SpaceOf(view).graph;
  const auto products = lower::CoverOptionSets(graph, DraftOf(view), option_sets, graph.Not(view.option_sets));
  return lower::DescribeProducts(*DraftOf(view).draft, products);
}

void AddCounts(const GraphView& view, lower::CaseCounter& counter, const lower::LoweredDecision& lowered,
               const Style& style, std::string& text) {
  const auto counted = counter.Count(lowered.outcome, view.option_sets);
  if (!counted) {
    text += fmt::format("  cases are not counted: {}\n",
                        counter.IsSettled(lowered.outcome)
                            ? "that would take too many nodes"
                            : "which values of the quantities below go together is not settled");
    return;
  }
  const Type& type = DecisionOf(view, lowered).type;
  for (const lower::CountedSets& sets : *counted) {
    const std::string where = WhereText(view, sets.option_sets);
    if (!where.empty()) text += style.Paint(Ink::kFaint, "  where " + where) + "\n";
    std::size_t width = 0;
    std::size_t digits = 0;
    for (const auto& [leaf, cases] : sets.cases) {
      width = std::max(width, Columns(LeafText(SpaceOf(view), type, leaf)));
      digits = std::max(digits, Columns(CountText(cases)));
    }
    for (const auto& [leaf, cases] : sets.cases) {
      text += fmt::format("  {}   {} cases\n", Padded(LeafText(SpaceOf(view), type, leaf), width),
                          PaddedLeft(CountText(cases), digits));
    }
  }
}

/// Decisions share outcomes that are alike in the graph, be they a `green` and a `dog`: then each is named with its
/// decisions.
struct NamedLeaf {
  std::string text;
  Type type;  // of the first decision that has it
};
std::map<NodeId, NamedLeaf> NamedLeaves(const GraphView& view) {
  Space& space = SpaceOf(view);
  std::map<NodeId, NamedLeaf> named;
  std::map<NodeId, std::map<std::string, std::vector<std::string>>> decisions;  // by text
  for (const lower::LoweredDecision& lowered : view.decisions) {
    const check::Decision& decision = DecisionOf(view, lowered);
    for (const graph::Terminal terminal : space.graph.Terminals(lowered.outcome)) {
      const NodeId leaf = space.graph.TerminalNode(terminal);
      const std::string text = LeafText(space, decision.type, leaf);
      named.try_emplace(leaf, NamedLeaf{text, decision.type});
      decisions[leaf][text].push_back(decision.name);
    }
  }
  for (auto& [leaf, name] : named) {
    if (decisions[leaf].size() == 1) continue;
    std::vector<std::string> parts;
    for (const auto& [text, of] : decisions[leaf]) parts.push_back(fmt::format("{} of {}", text, Joined(of, "and")));
    name.text = Joined(parts, "or");
  }
  return named;
}

/// Outcomes in colours that a colour-blind reader can tell apart (M. Okabe and K. Ito, Color Universal Design, 2008).
std::string ColourOf(const GraphView& view, const Type& type, NodeId leaf) {
  static constexpr std::array kByStrength = {"#56b4e9", "#f0e442", "#e69f00", "#d55e00",
                                             "#cc79a7", "#009e73", "#0072b2", "#999999"};
  const auto* const value = std::get_if<Value>(&SpaceOf(view).LeafOf(leaf));
  if (value == nullptr) return "#bbbbbb";
  if (const auto* const truth = std::get_if<bool>(value)) return *truth ? "#e69f00" : "#56b4e9";
  const auto* const member = std::get_if<Member>(value);
  if (member == nullptr) return "#eeeeee";
  const std::size_t members = SpaceOf(view).Words().enums[type.enumeration].members.size();
  // The strongest is the strongest colour, however many there are.
  const std::size_t step = members <= 3 ? 2 - std::min<std::size_t>(2, members - 1) + member->index : member->index;
  static constexpr std::array kOfThree = {"#56b4e9", "#f0e442", "#d55e00"};
  return members <= 3 ? kOfThree[std::min<std::size_t>(step, 2)] : kByStrength[std::min<std::size_t>(step, 7)];
}

std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char each : text) {
    if (each == '"' || each == '\\') escaped += '\\';
    escaped += each;
  }
  return escaped;
}

/// Broken into lines, so that boxes stay narrow.
std::string Wrapped(const std::string& text, std::size_t width) {
  std::string wrapped;
  std::size_t column = 0;
  for (const char each : text) {
    if (each == ' ' && column >= width) {
      wrapped += "\\n";
      column = 0;
      continue;
    }
    if (each == '"' || each == '\\') wrapped += '\\';
    wrapped += each;
    ++column;
  }
  return wrapped;
}

class Drawing {
 public:
  explicit Drawing(const GraphView& view)
      : view_(view),
        space_(SpaceOf(view)),
        graph_(space_.graph),
        terms_(TermsOfFacts(*DraftOf(view).draft)),
        leaves_(NamedLeaves(view)) {}

  std::string Draw() {
    text_ = "digraph \"" + Escaped(DraftOf(view_).draft->name) +
            "\" {\n"
            "  rankdir=TB; ranksep=0.35; nodesep=0.25; bgcolor=white;\n"
            "  node [fontname=\"Helvetica\" fontsize=11 style=filled fillcolor=white color=\"#555555\"];\n"
            "  edge [fontname=\"Helvetica\" fontsize=9 color=\"#777777\" arrowsize=0.6];\n";
    const std::vector<NodeId> nodes = graph_.Reachable(Roots(view_));
    const bool is_whole = nodes.size() <= kMaxDrawn;
    for (const lower::LoweredDecision& decision : view_.decisions) {
      const std::string& name = DecisionOf(view_, decision).name;
      text_ += fmt::format("  \"decision {0}\" [label=\"{0}\" shape=plaintext fontsize=14];\n", name);
      AddEdge("decision " + name, is_whole ? NameOf(decision.outcome) : GroupOf(decision.outcome), "");
    }
    for (const NodeId node : nodes) {
      if (graph_.IsTerminal(node)) AddLeaf(node);
    }
    if (is_whole) {
      for (const lower::LoweredDecision& decision : view_.decisions) FindCites(decision);
      if (graph_.Exhausted()) cites_.clear();  // what was found may be wrong
      AddNodes(nodes);
    } else {
      AddGroups(nodes);
    }
    AddLegend(is_whole, nodes.size());
    return text_ + "}\n";
  }

 private:
  static std::string NameOf(NodeId node) { return fmt::format("n{}", node.Index()); }
  std::string GroupOf(NodeId node) const {
    return graph_.IsTerminal(node) ? NameOf(node) : "term " + TermOf(graph_.VariableOf(node));
  }
  /// All that is asked for one term of one entity is one box; what no term asks for, one a fact.
  std::string TermOf(VariableId id) const {
    const Variable& variable = space_[id];
    if (!variable.fact.IsValid()) return VariableText(space_, id);
    std::string path = space_.PathOf(variable.place, variable.fact);
    const auto found = terms_.find(variable.fact);
    if (found == terms_.end()) return path;
    const check::Term& term = DraftOf(view_).draft->terms[found->second];
    const std::string entity = path.substr(0, path.size() - space_.Words().facts[variable.fact].ShownName().size());
    const std::string cite = term.cites.empty() ? "" : " " + term.cites.front().text;
    return (term.of == space_[variable.place].entity ? entity : "") + term.name + cite;
  }

  void AddEdge(const std::string& from, const std::string& to, const std::string& label) {
    text_ += fmt::format("  \"{}\" -> \"{}\" [label=\"{}\"];\n", Escaped(from), Escaped(to), Wrapped(label, 28));
  }

  void AddLeaf(NodeId node) {
    const NamedLeaf& leaf = leaves_.at(node);
    text_ += fmt::format("  {} [label=\"{}\" shape=box fillcolor=\"{}\"];\n", NameOf(node), Wrapped(leaf.text, 28),
                         ColourOf(view_, leaf.type, node));
  }

  /// Of each way into an outcome, the rule that decides, where it is the same one in every case that goes there.
  void FindCites(const lower::LoweredDecision& decision) {
    std::vector<NodeId> nodes = graph_.Reachable(decision.outcome);
    std::erase_if(nodes, [&](NodeId node) { return graph_.IsTerminal(node); });
    llvm::sort(nodes, [&](NodeId one, NodeId other) {
      return graph_.IsAbove(graph_.VariableOf(one), graph_.VariableOf(other));
    });
    std::map<NodeId, NodeId> reached;  // in which cases
    std::map<std::pair<NodeId, NodeId>, NodeId> ways;
    reached[decision.outcome] = view_.option_sets;
    const auto add = [&](auto& to, const auto& key, NodeId cases) {
      const auto [found, is_new] = to.try_emplace(key, cases);
      if (!is_new) found->second = graph_.Or(found->second, cases);
    };
    for (const NodeId node : nodes) {
      for (const graph::Graph::Run& run : graph_.Runs(node)) {
        const NodeId here = graph_.InCells(graph_.VariableOf(node), run.first, run.last);
        const NodeId cases = graph_.And(reached[node], here);
        if (graph_.IsTerminal(run.to)) {
          add(ways, std::pair(node, run.to), cases);
        } else {
          add(reached, run.to, cases);
        }
      }
    }
    for (const auto& [way, cases] : ways) {
      if (const auto rule = OnlyRule(decision, cases)) cites_[way].insert(CiteOf(*rule));
    }
  }

  /// The rule that decides all of these cases, where no other does in any.
  std::optional<check::RuleId> OnlyRule(const lower::LoweredDecision& decision, NodeId cases) {
    std::optional<check::RuleId> only;
    for (const auto& [rule, decides] : decision.deciding) {
      const NodeId both = graph_.And(
          cases, graph_.Replace(decides, [&](NodeId leaf) { return leaf == graph_.Yes() ? leaf : graph_.No(); }));
      if (both == graph_.No()) continue;
      if (both != cases || only) return std::nullopt;
      only = rule;
    }
    return only;
  }

  [[nodiscard]] std::string CiteOf(check::RuleId id) const {
    const check::Rule& rule = DraftOf(view_).draft->rules[id];
    return rule.cites.empty() ? rule.name : rule.cites.front().text;
  }

  void AddNodes(const std::vector<NodeId>& nodes) {
    for (const NodeId node : nodes) {
      if (graph_.IsTerminal(node)) continue;
      const VariableId variable = graph_.VariableOf(node);
      const char* const shape = space_.IsOption(variable) ? "diamond" : "ellipse";
      text_ += fmt::format("  {} [label=\"{}\" shape={}];\n", NameOf(node), Wrapped(VariableText(space_, variable), 24),
                           shape);
      // Runs with the same child are one edge.
      std::map<NodeId, std::vector<std::string>> labels;
      for (const graph::Graph::Run& run : graph_.Runs(node))
        labels[run.to].push_back(CellsText(space_, variable, run.first, run.last));
      for (const auto& [child, texts] : labels) {
        std::string label = Joined(texts, "or");
        for (const std::string& cite : cites_[{node, child}]) label += " [" + cite + "]";
        AddEdge(NameOf(node), NameOf(child), label);
      }
    }
  }

  void AddGroups(const std::vector<NodeId>& nodes) {
    std::map<std::string, std::size_t> count;
    std::set<std::pair<std::string, std::string>> edges;
    for (const NodeId node : nodes) {
      if (graph_.IsTerminal(node)) continue;
      const std::string from = GroupOf(node);
      ++count[from];
      for (const graph::Edge& edge : graph_.Edges(node)) edges.emplace(from, GroupOf(edge.to));
    }
    for (const auto& [group, size] : count) {
      text_ += fmt::format("  \"{}\" [label=\"{}\\n{}\" shape=box style=\"rounded,filled\"];\n", Escaped(group),
                           Wrapped(group.substr(5), 28), Counted(size, "node"));
    }
    for (const auto& [from, to] : edges) {
      if (from != to) AddEdge(from, to, "");
    }
  }

  void AddLegend(bool is_whole, std::size_t nodes) {
    const std::string what =
        is_whole ? "round: a fact; diamond: an option; box: the\\loutcome; [§…]: the one rule that decides\\l"
                 : fmt::format("{} nodes, too many to be read:\\lone box a term, joined as its nodes are\\l", nodes);
    text_ += fmt::format("  legend [label=\"{}\" shape=note fontsize=9 fillcolor=\"#f7f7f7\"];\n", what);
  }

  const GraphView& view_;
  Space& space_;
  graph::Graph& graph_;
  std::map<FactId, check::TermId> terms_;
  std::map<NodeId, NamedLeaf> leaves_;
  std::map<std::pair<NodeId, NodeId>, std::set<std::string>> cites_;
  std::string text_;
};

}  // namespace

std::string GraphStatsText(const GraphView& view, const Style& style) {
  Space& space = SpaceOf(view);
  const graph::Graph& graph = space.graph;
  std::string text = fmt::format("{}: {} nodes, built in {:.0f} ms; {} nodes made on the way, {:.1f} MB\n",
                                 DraftOf(view).draft->name, graph.Reachable(Roots(view)).size(), view.milliseconds,
                                 graph.Size(), static_cast<double>(graph.Bytes()) / 1'000'000);
  if (space.IsReordered())
    text += "in the order of the text it grew large: facts that belong together were put beside one another\n";
  const auto by_variable = NodesByVariable(view);
  lower::CaseCounter counter(*view.lowered);
  for (const lower::LoweredDecision& decision : view.decisions) {
    text +=
        fmt::format("\n{}: {} nodes, at most {} tests\n", style.Paint(Ink::kStrong, DecisionOf(view, decision).name),
                    graph.Reachable(decision.outcome).size(), DepthOf(graph, decision.outcome));
    AddCounts(view, counter, decision, style, text);
  }
  std::size_t total = 0;
  std::size_t width = 0;
  for (const auto& [variable, nodes] : by_variable) {
    total += nodes;
    width = std::max(width, Columns(VariableText(space, variable)));
  }
  width = std::min<std::size_t>(width, 60);
  if (!by_variable.empty()) text += "\nnodes   share\n";
  for (const auto& [variable, nodes] : by_variable) {
    const std::string_view unsettled = Unsettled(space, variable);
    text += fmt::format(
        "{:>5}  {:>4.0f} %   {}{}\n", nodes, 100.0 * static_cast<double>(nodes) / static_cast<double>(total),
        unsettled.empty() ? VariableText(space, variable) : Padded(VariableText(space, variable), width),
        unsettled.empty() ? "" : style.Paint(Ink::kFaint, fmt::format("   {}", unsettled)));
  }
  return text;
}

std::string GraphJson(const GraphView& view, const std::string& diagnostics) {
  Space& space = SpaceOf(view);
  const graph::Graph& graph = space.graph;
  const std::map<NodeId, NamedLeaf> leaves = NamedLeaves(view);
  lower::CaseCounter counter(*view.lowered);
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", DraftOf(view).draft->name);
      json.attribute("milliseconds", view.milliseconds);
      json.attribute("bytes", static_cast<std::int64_t>(graph.Bytes()));
      json.attributeArray("decisions", [&] {
        for (const lower::LoweredDecision& decision : view.decisions) {
          json.object([&] {
            WriteText(json, "decision", DecisionOf(view, decision).name);
            json.attribute("root", static_cast<std::int64_t>(decision.outcome.Index()));
            json.attribute("nodes", static_cast<std::int64_t>(graph.Reachable(decision.outcome).size()));
            json.attribute("depth", static_cast<std::int64_t>(DepthOf(graph, decision.outcome)));
            const auto counted = counter.Count(decision.outcome, view.option_sets);
            json.attribute("counted", counted.has_value());
            if (!counted) return;
            json.attributeArray("cases", [&] {
              for (const lower::CountedSets& sets : *counted) {
                json.object([&] {
                  WriteText(json, "where", WhereText(view, sets.option_sets));
                  for (const auto& [leaf, cases] : sets.cases)
                    WriteText(json, LeafText(space, DecisionOf(view, decision).type, leaf), cases.ToPlainText());
                });
              }
            });
          });
        }
      });
      json.attributeArray("nodes", [&] {
        for (const NodeId node : graph.Reachable(Roots(view))) {
          json.object([&] {
            json.attribute("node", static_cast<std::int64_t>(node.Index()));
            if (graph.IsTerminal(node)) {
              WriteText(json, "outcome", leaves.at(node).text);
              return;
            }
            const VariableId variable = graph.VariableOf(node);
            WriteText(json, "asks", VariableText(space, variable));
            json.attributeArray("edges", [&] {
              for (const graph::Graph::Run& run : graph.Runs(node)) {
                json.object([&] {
                  WriteText(json, "where", CellsText(space, variable, run.first, run.last));
                  json.attribute("to", static_cast<std::int64_t>(run.to.Index()));
                });
              }
            });
          });
        }
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

std::string GraphDot(const GraphView& view) { return Drawing(view).Draw(); }

}  // namespace proviso::report
