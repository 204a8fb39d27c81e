#include "harness/report/region_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <array>
#include <map>

#include "harness/report/space_text.h"
#include "harness/report/style.h"

namespace proviso::report {
namespace {

using evaluate::List;
using evaluate::NodeId;
using evaluate::Space;
using evaluate::Variable;
using evaluate::VariableId;
using Cells = std::vector<std::uint32_t>;

/// Runs of neighbouring cells, each as `CellsText` has them.
std::vector<std::string> RunTexts(const Space& space, VariableId id, const Cells& cells) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < cells.size();) {
    std::size_t next = i + 1;
    while (next < cells.size() && cells[next] == cells[next - 1] + 1) ++next;
    texts.push_back(CellsText(space, id, cells[i], cells[next - 1] + 1));
    i = next;
  }
  return texts;
}

bool IsTruth(const Variable& variable) {
  return variable.kind == Variable::Kind::kMember || variable.kind == Variable::Kind::kCondition ||
         (variable.kind == Variable::Kind::kFact && variable.type.kind == TypeKind::kBoolean && !variable.has_none);
}

bool HasIntervals(const Variable& variable) {
  return !variable.begins.empty() && variable.kind != Variable::Kind::kOrder;
}

/// Each of `cells` by its name, or what they are not where that is shorter.
std::string NamedCells(const Space& space, VariableId id, const Cells& cells) {
  const std::size_t all = space.graph.Cells(id);
  const bool by_absence = cells.size() > all / 2 && all > 2;
  std::vector<std::string> names;
  for (std::uint32_t cell = 0; cell < all; ++cell) {
    if (llvm::is_contained(cells, cell) != by_absence) names.push_back(CellsText(space, id, cell, cell + 1));
  }
  return (by_absence ? "is not " : "is ") + Joined(names, "or");
}

/// `name` stands for the variable.
std::string PlainText(const Space& space, VariableId id, const Cells& cells, const std::string& name) {
  const Variable& variable = space[id];
  if (IsTruth(variable)) return (cells.front() == 0 ? "not " : "") + name;
  if (HasIntervals(variable)) {
    const std::vector<std::string> texts = RunTexts(space, id, cells);
    return fmt::format("{} {}{}", name, texts.front() == "none" ? "is " : "", Joined(texts, "or"));
  }
  return name + " " + NamedCells(space, id, cells);
}

/// Says which answers to the questions asked of a list its cells are.
class ListText {
 public:
  ListText(Space& space, VariableId id, NodeId options)
      : space_(space), variable_(space[id]), list_(space[variable_.list]), options_(options) {}

  /// `cells`: ascending.
  std::string Of(const Cells& cells) {
    graph::Graph answers;
    std::vector<VariableId> questions;
    for (std::size_t i = 0; i < list_.questions.size(); ++i) questions.push_back(answers.AddVariable(i, 3));
    std::vector<Row> rows;
    for (std::uint32_t cell = 0; cell < list_.Cells(); ++cell) {
      rows.push_back({{}, std::ranges::binary_search(cells, cell)});
      for (std::size_t i = 0; i < questions.size(); ++i) rows.back().answers.push_back(AnswerOf(cell, i));
    }
    std::ranges::sort(rows);
    const NodeId possible = Where(answers, questions, rows, 0, [](const Row&) { return true; });
    const auto said = [&](bool are_wanted) -> std::optional<std::string> {
      const NodeId these =
          Where(answers, questions, rows, 0, [&](const Row& row) { return row.is_wanted == are_wanted; });
      const auto products =
          graph::Cover(answers, questions, these, answers.Or(these, answers.Not(possible)), kMaxProducts);
      if (!products || products->size() > kMaxShown) return std::nullopt;
      std::vector<std::string> texts;
      for (const graph::Product& product : *products) texts.push_back(ProductText(product));
      return fmt::format("{}", fmt::join(texts, ", or "));
    };
    if (const auto text = said(true)) return *text;
    if (const auto text = said(false)) return "not so that " + *text;
    return fmt::format("{} answers what is asked of it in one of {} ways of {}", Name(), cells.size(), list_.Cells());
  }

 private:
  static constexpr std::size_t kMaxProducts = 64;
  static constexpr std::size_t kMaxShown = 4;

  /// What a list can look like.
  struct Row {
    std::vector<std::uint8_t> answers;
    bool is_wanted;
    auto operator<=>(const Row&) const = default;
  };

  /// Yes for the answers of those rows, which are sorted and alike in what is asked before `question`.
  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are questions
  static NodeId Where(graph::Graph& answers, llvm::ArrayRef<VariableId> questions, llvm::ArrayRef<Row> rows,
                      std::size_t question, llvm::function_ref<bool(const Row&)> is_such) {
    if (question == questions.size()) return llvm::any_of(rows, is_such) ? answers.Yes() : answers.No();
    std::array<NodeId, 3> children = {answers.No(), answers.No(), answers.No()};
    while (!rows.empty()) {
      const std::uint8_t answer = rows.front().answers[question];
      const auto alike = rows.take_while([&](const Row& row) { return row.answers[question] == answer; });
      children[answer] = Where(answers, questions, alike, question + 1, is_such);
      rows = rows.drop_front(alike.size());
    }
    return answers.ByCell(questions[question], children);
  }

  std::string Name() const { return space_.PathOf(variable_.place, variable_.fact); }

  /// 0 no, 1 yes, 2 it depends on options.
  std::uint8_t AnswerOf(std::size_t cell, std::size_t question) {
    const NodeId answer = list_.answers[question][cell];
    const auto [known, is_new] = simplified_.try_emplace(answer);
    if (is_new) known->second = space_.graph.SimplifyWithin(answer, options_);
    return known->second == space_.graph.No() ? 0 : known->second == space_.graph.Yes() ? 1 : 2;
  }

  std::string ProductText(const graph::Product& product) {
    std::vector<std::string> some;
    std::vector<std::string> none;
    for (std::size_t i = 0; i < product.size(); ++i) {
      if (product[i].empty()) continue;
      const bool is_no = product[i] == Cells{0};
      std::string text = ElementText(i);
      if (product[i] == Cells{2}) text += " (by option)";
      if (!llvm::is_contained(is_no ? none : some, text)) (is_no ? none : some).push_back(text);
    }
    std::vector<std::string> parts;
    for (const std::string& text : some) parts.push_back(fmt::format("some of {}: {}", Name(), text));
    for (const std::string& text : none) parts.push_back(fmt::format("none of {}: {}", Name(), text));
    return fmt::format("{}", fmt::join(parts, ", and "));
  }

  /// What the question asks of an element, by its facts where that is short, else as the drafter has it.
  std::string ElementText(std::size_t question) {
    graph::Graph& graph = space_.graph;
    const NodeId condition = graph.Replace(list_.classes, [&](NodeId leaf) {
      const auto* const value = std::get_if<Value>(&space_.LeafOf(leaf));
      const auto* const member = value == nullptr ? nullptr : std::get_if<Member>(value);
      if (member == nullptr) return graph.No();
      return AnswerOf(list_.joined[member->index].front(), question) == 1 ? graph.Yes() : graph.No();
    });
    const std::vector<VariableId> facts = graph.Support(condition);
    const auto products = graph::Cover(graph, facts, condition, condition, 4);
    if (!products || products->size() != 1) return list_.questions[question];
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      const Cells& cells = products->front()[i];
      if (cells.empty()) continue;
      if (space_[facts[i]].kind == Variable::Kind::kList || texts.size() == 3) return list_.questions[question];
      std::string name = VariableText(space_, facts[i]);
      const std::string prefix = Name() + "[].";
      if (name.starts_with(prefix)) name = name.substr(prefix.size());
      texts.push_back(PlainText(space_, facts[i], cells, name));
    }
    return texts.empty() ? list_.questions[question] : fmt::format("{}", fmt::join(texts, " and "));
  }

  Space& space_;
  const Variable& variable_;
  const List& list_;
  NodeId options_;
  std::map<NodeId, NodeId> simplified_;  // answers, within the options
};

/// The options of the product, as a condition.
NodeId OptionsOf(const SaidOf& of, const graph::Product& product) {
  graph::Graph& graph = of.lowered.space->graph;
  NodeId all = graph.Yes();
  for (const lower::LoweredDraft& draft : of.lowered.drafts) all = graph.And(all, draft.option_sets);
  for (std::size_t i = 0; i < product.size(); ++i) {
    const VariableId id = of.variables[i];
    if (!product[i].empty() && of.lowered.space->IsOption(id))
      all = graph.And(all, graph::InAnyOf(graph, id, product[i]));
  }
  return all;
}

/// ` in before`: the drafts whose meaning of a term the variable stands for; empty where all mean it, or it is no term.
std::string InText(const SaidOf& of, VariableId id) {
  if (!of.lowered.space->IsTerm(id)) return "";
  std::vector<std::string> names;
  for (std::size_t i = 0; i < of.lowered.drafts.size(); ++i) {
    const auto is_it = [&](const lower::NamedTerm& term) { return term.variable == id; };
    if (llvm::any_of(of.lowered.drafts[i].terms, is_it)) names.push_back(of.names[i]);
  }
  return names.empty() || names.size() == of.names.size() ? "" : " in " + Joined(names, "and");
}

/// The first draft that has the option.
const std::string& FirstWith(const SaidOf& of, VariableId option) {
  std::size_t draft = 0;
  while (draft + 1 < of.names.size() && !llvm::is_contained(of.lowered.drafts[draft].options, option)) ++draft;
  return of.names[draft];
}

/// Whether the quantity is none where the fact is.
// NOLINTNEXTLINE(misc-no-recursion): as deep as quantities are
bool IsNoneWith(const Space& space, evaluate::QuantityId id, const Variable& fact) {
  using Quantity = evaluate::Quantity;
  const Quantity& quantity = space[id];
  if (quantity.kind == Quantity::Kind::kFact) return quantity.place == fact.place && quantity.fact == fact.fact;
  if (quantity.kind == Quantity::Kind::kLinear)
    return llvm::any_of(quantity.terms, [&](const auto& term) { return IsNoneWith(space, term.first, fact); });
  const bool ignores_none =
      quantity.operation == Quantity::Operation::kGreatest || quantity.operation == Quantity::Operation::kSmallest;
  return quantity.kind == Quantity::Kind::kOperation && !ignores_none &&
         llvm::any_of(quantity.operands,
                      [&](evaluate::QuantityId operand) { return IsNoneWith(space, operand, fact); });
}

/// Whether the variable says nothing in the product, which makes a fact `none` that it is made of.
bool IsVacuous(const SaidOf& of, const graph::Product& product, VariableId id) {
  const Space& space = *of.lowered.space;
  const Variable& variable = space[id];
  if (!variable.quantity.IsValid()) return false;
  for (std::size_t i = 0; i < product.size(); ++i) {
    const Variable& fact = space[of.variables[i]];
    const bool is_none = fact.kind == Variable::Kind::kFact && fact.has_none && product[i] == Cells{0};
    if (is_none && (IsNoneWith(space, variable.quantity, fact) ||
                    (variable.other.IsValid() && IsNoneWith(space, variable.other, fact))))
      return true;
  }
  return false;
}

}  // namespace

SaidOf WordsFor(const compare::Comparison& comparison) {
  return {comparison.lowered, comparison.variables, {comparison.sides[0].name, comparison.sides[1].name}};
}

std::vector<std::string> ConditionTexts(const SaidOf& of, const graph::Product& product) {
  Space& space = *of.lowered.space;
  std::vector<std::string> texts;
  const NodeId options = OptionsOf(of, product);
  for (std::size_t i = 0; i < product.size(); ++i) {
    const VariableId id = of.variables[i];
    if (product[i].empty() || space.IsOption(id) || IsVacuous(of, product, id)) continue;
    if (space[id].kind == Variable::Kind::kList) {
      texts.push_back(ListText(space, id, options).Of(product[i]));
    } else {
      texts.push_back(PlainText(space, id, product[i], VariableText(space, id)) + InText(of, id));
    }
  }
  return texts;
}

std::vector<OptionText> OptionTexts(const SaidOf& of, const graph::Product& product) {
  const Space& space = *of.lowered.space;
  std::vector<OptionText> texts;
  for (std::size_t i = 0; i < product.size(); ++i) {
    const VariableId id = of.variables[i];
    if (product[i].empty() || !space.IsOption(id)) continue;
    const evaluate::Choice& choice = space.Options()[space[id].option];
    const auto same_name =
        llvm::count_if(space.Options(), [&](const evaluate::Choice& other) { return other.name == choice.name; });
    texts.push_back({(same_name > 1 ? FirstWith(of, id) + "." : "") + choice.name, {}});
    for (const std::uint32_t cell : product[i]) texts.back().alternatives.push_back(choice.alternatives[cell]);
  }
  return texts;
}

std::string UnderText(llvm::ArrayRef<OptionText> options) {
  std::vector<std::string> texts;
  for (const OptionText& option : options)
    texts.push_back(fmt::format("{} is {}", option.option, Joined(option.alternatives, "or")));
  return fmt::format("{}", fmt::join(texts, ", and "));
}

std::string DifferingText(const Space& space, llvm::ArrayRef<VariableId> differing, std::string_view in_all) {
  if (differing.empty()) return "";
  std::vector<std::string> names;
  for (const VariableId id : differing) names.push_back(VariableText(space, id));
  return fmt::format(", where {} {} not the same in {}", Joined(names, "or"), names.size() == 1 ? "is" : "are", in_all);
}

std::string DecidedByText(const check::CheckedDraft& draft, const std::vector<check::RuleId>& rules) {
  constexpr std::size_t kMaxShown = 3;
  std::vector<std::string> texts;
  for (const check::RuleId id : rules) {
    if (texts.size() == kMaxShown && rules.size() > kMaxShown + 1) {
      texts.push_back(Counted(rules.size() - kMaxShown, "rule") + " more");
      break;
    }
    const check::Rule& rule = draft.rules[id];
    texts.push_back(rule.name + (rule.cites.empty() ? "" : " " + rule.cites.front().text));
  }
  return texts.empty() ? "otherwise" : Joined(texts, "or");
}

}  // namespace proviso::report
