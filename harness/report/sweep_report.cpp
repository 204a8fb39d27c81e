#include "harness/report/sweep_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/report/count_table.h"
#include "harness/report/sweep_words.h"

namespace proviso::report {
namespace {

using sweep::Flip;
using sweep::Group;
using sweep::OverCases;
using sweep::SweptCase;
using sweep::SweptDecision;

/// More groups than this make no table that can be read.
constexpr std::size_t kMaxGroupsInMatrix = 30;

const check::Decision& DecisionOf(const OverCases& over, const SweptDecision& swept) {
  return over.draft->draft->decisions[swept.decision];
}

/// Nothing to be shown in a table: `59 no, 19 yes`.
bool IsPlain(const SweptDecision& swept) {
  return swept.groups.size() == 1 && llvm::all_of(swept.cases, [](const SweptCase& one) {
           return llvm::all_of(one.break_even,
                               [](const auto& option) { return option.flips.empty() && option.is_settled; });
         });
}

std::string PlainCounts(const SweptDecision& swept, llvm::ArrayRef<SweptCase> cases) {
  std::map<std::size_t, std::size_t> counts;  // by column
  for (const SweptCase& one : cases) ++counts[one.columns.front()];
  std::vector<std::string> texts;
  for (const auto& [column, count] : counts)
    texts.push_back(counts.size() == 1 ? swept.columns[column] : fmt::format("{} {}", count, swept.columns[column]));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string CountsText(const OverCases& over, const SweptDecision& swept, std::size_t limit, const Style& style) {
  const check::CheckedDraft& draft = *over.draft->draft;
  const std::size_t sets = over.draft->option_sets.size();
  const std::string title =
      fmt::format("{} of {} under {}{}", DecisionOf(over, swept).name, Counted(swept.cases.size(), "case"), draft.name,
                  sets == 1 ? "" : fmt::format(" ({} option sets)", sets));
  if (IsPlain(swept)) return style.Paint(Ink::kStrong, title) + fmt::format("   {}\n", PlainCounts(swept, swept.cases));
  std::vector<std::size_t> shown;  // the columns
  for (std::size_t i = 0; i < swept.columns.size(); ++i) {
    const bool is_used = llvm::any_of(swept.groups, [&](const Group& group) { return group.counts[i] > 0; });
    if (is_used || swept.columns[i] == "undetermined") shown.push_back(i);
  }
  const auto pick = [&](const auto& all) {
    auto picked = all;
    picked.clear();
    for (const std::size_t i : shown) picked.push_back(all[i]);
    return picked;
  };
  std::vector<std::string> texts;
  std::vector<CountRow> rows;
  for (std::size_t i = 0; i < std::min(limit, swept.groups.size()); ++i) {
    texts.push_back(GroupText(*over.draft, swept.groups[i]));
    const std::string head = swept.groups.size() == 1 ? (sets == 1 ? "  all" : "  under every option set")
                                                      : fmt::format("  {:<2} {}", GroupName(i), texts[i]);
    rows.push_back({head, pick(swept.groups[i].counts)});
  }
  if (swept.groups.size() > limit)
    rows.push_back({fmt::format("  and {} more (--limit)", Counted(swept.groups.size() - limit, "group")), {}});
  const std::string legend = OptionLegend(draft, texts);
  return CountTable(title, pick(swept.columns), rows, style) + (legend.empty() ? "" : "where\n" + legend);
}

/// One letter for each outcome that occurs in the cases, where letters tell them apart; the weakest is a dot. Empty
/// where they do not.
std::map<std::size_t, std::string> Symbols(const OverCases& over, const SweptDecision& swept,
                                           llvm::ArrayRef<SweptCase> cases) {
  const Type& type = DecisionOf(over, swept).type;
  if (type.kind != TypeKind::kEnum) return {};
  const Enumeration& members = over.draft->draft->vocabulary->enums[type.enumeration];
  std::map<std::size_t, std::string> symbols;
  std::set<std::string> taken;
  for (const SweptCase& one : cases) {
    for (const std::size_t column : one.columns) {
      if (symbols.contains(column)) continue;
      const std::string& name = swept.columns[column];
      const bool is_member = members.Find(name).has_value();
      const bool is_weakest = members.ordered && name == members.members.front().name;
      const std::string symbol = !is_member   ? (name == "undetermined" ? "?" : "!")
                                 : is_weakest ? "·"
                                              : std::string(1, static_cast<char>(std::toupper(name.front())));
      if (!taken.insert(symbol).second) return {};
      symbols[column] = symbol;
    }
  }
  return symbols;
}

std::string MatrixText(const OverCases& over, const SweptDecision& swept, std::size_t limit, const Style& style) {
  if (swept.changed == 0) return "";
  const std::string title = fmt::format("{} that an option changes", Counted(swept.changed, "case"));
  if (swept.groups.size() > kMaxGroupsInMatrix)
    return fmt::format("\n{}   ({} groups of option sets: --format csv)\n", title, swept.groups.size());
  const auto cases = llvm::ArrayRef(swept.cases).take_front(swept.changed);
  const std::map<std::size_t, std::string> symbols = Symbols(over, swept, cases);
  const auto cell = [&](const SweptCase& one, std::size_t group) {
    const std::size_t column = one.columns[group];
    return symbols.empty() ? swept.columns[column] : symbols.at(column);
  };
  std::size_t width = Columns(title);
  std::vector<std::size_t> widths;
  for (std::size_t group = 0; group < swept.groups.size(); ++group) {
    widths.push_back(Columns(GroupName(group)));
    for (const SweptCase& one : cases) widths.back() = std::max(widths.back(), Columns(cell(one, group)));
  }
  const auto shown = cases.take_front(limit);
  for (const SweptCase& one : shown) width = std::max(width, Columns(one.scenario->name) + 2);
  const auto line = [&](std::string text, llvm::function_ref<std::string(std::size_t)> at) {
    text = Padded(text, width);
    for (std::size_t group = 0; group < widths.size(); ++group) text += "  " + Padded(at(group), widths[group]);
    return text.substr(0, text.find_last_not_of(' ') + 1) + "\n";
  };
  std::string text = "\n" + style.Paint(Ink::kStrong, line(title, GroupName));
  for (const SweptCase& one : shown)
    text += line("  " + one.scenario->name, [&](std::size_t group) { return cell(one, group); });
  if (cases.size() > limit) text += fmt::format("  and {} more (--limit, --format csv)\n", cases.size() - limit);
  std::vector<std::string> legend;
  for (const auto& [column, symbol] : symbols) legend.push_back(symbol + " " + swept.columns[column]);
  return text + (legend.empty() ? "" : fmt::format("{}\n", fmt::join(legend, ", ")));
}

/// `changed by one option alone: notify_compute 19, bio_compute 1`.
std::string ChangedByText(const OverCases& over, const SweptDecision& swept) {
  std::map<check::OptionId, std::size_t> counts;
  for (const SweptCase& one : swept.cases) {
    for (const check::OptionId option : one.changed_by) ++counts[option];
  }
  std::vector<std::string> texts;
  for (const auto& [option, count] : counts)
    texts.push_back(fmt::format("{} {}", over.draft->draft->options[option].name, count));
  return texts.empty() ? "" : fmt::format("changed by one option alone: {}\n", fmt::join(texts, ", "));
}

/// `40 that none changes: 38 not_covered, 2 undetermined`.
std::string UnchangedText(const SweptDecision& swept) {
  const auto cases = llvm::ArrayRef(swept.cases).drop_front(swept.changed);
  if (cases.empty() || swept.groups.size() == 1) return "";
  return fmt::format("{} that none changes: {}\n", Counted(cases.size(), "case"), PlainCounts(swept, cases));
}

/// Flips that are said alike, by the values at which they are.
struct FlipList {
  std::string head;
  std::vector<std::pair<const Flip*, std::string>> flips;  // with the case's name
};

std::vector<FlipList> FlipLists(const OverCases& over, const SweptDecision& swept, std::size_t option) {
  std::vector<FlipList> lists;
  for (const SweptCase& one : swept.cases) {
    for (const Flip& flip : one.break_even[option].flips) {
      const FlipText text = TextOf(over, swept.decision, over.options[option], flip);
      const std::string head = text.change + (text.where.empty() ? "" : ", where " + text.where);
      auto list = llvm::find_if(lists, [&](const FlipList& known) { return known.head == head; });
      if (list == lists.end()) list = lists.insert(lists.end(), {head, {}});
      list->flips.emplace_back(&flip, one.scenario->name);
    }
  }
  for (FlipList& list : lists) {
    std::ranges::stable_sort(list.flips, [](const auto& one, const auto& other) {
      return std::pair(other.first->edge, other.first->is_after) < std::pair(one.first->edge, one.first->is_after);
    });
  }
  return lists;
}

std::string FlipsText(const OverCases& over, const SweptDecision& swept, std::size_t option, const FlipList& list,
                      std::size_t limit) {
  constexpr std::size_t kMaxNames = 4;
  std::vector<std::pair<std::string, std::vector<std::string>>> lines;  // the values, and the cases
  std::size_t more = 0;
  for (const auto& [flip, name] : list.flips) {
    const std::string values = TextOf(over, swept.decision, over.options[option], *flip).values;
    if (!lines.empty() && lines.back().first == values) {
      lines.back().second.push_back(name);
    } else if (lines.size() < limit) {
      lines.push_back({values, {name}});
    } else {
      ++more;
    }
  }
  std::size_t width = 0;
  for (const auto& [values, names] : lines) width = std::max(width, Columns(values));
  std::string text = "  " + list.head + "\n";
  for (auto& [values, names] : lines) {
    if (names.size() > kMaxNames + 1) {
      names[kMaxNames] = fmt::format("and {} more", names.size() - kMaxNames);
      names.resize(kMaxNames + 1);
    }
    text += fmt::format("    {}   {}\n", Padded(values, width), fmt::join(names, ", "));
  }
  if (more > 0) text += fmt::format("    and {} more, at smaller values (--limit, --format csv)\n", more);
  return text;
}

std::string BreakEvenText(const OverCases& over, const SweptDecision& swept, std::size_t limit, const Style& style) {
  std::string text;
  const check::CheckedDraft& draft = *over.draft->draft;
  for (std::size_t i = 0; i < over.options.size(); ++i) {
    const std::vector<FlipList> lists = FlipLists(over, swept, i);
    std::vector<std::string> open;
    for (const SweptCase& one : swept.cases) {
      if (!one.break_even[i].is_settled) open.push_back(one.scenario->name);
    }
    if (lists.empty() && open.empty()) continue;
    text += "\n" + style.Paint(Ink::kStrong, "break-even of " + draft.options[over.options[i].Option()].name) + "\n";
    for (const FlipList& list : lists) text += FlipsText(over, swept, i, list, limit);
    if (!open.empty()) text += fmt::format("  not settled for {}\n", Counted(open.size(), "case"));
  }
  return text;
}

}  // namespace

std::string OverCasesText(const OverCases& over, std::size_t limit, const Style& style) {
  std::string text;
  bool was_plain = false;
  for (const SweptDecision& swept : over.decisions) {
    const bool is_apart = !text.empty() && !(was_plain && IsPlain(swept));
    was_plain = IsPlain(swept);
    text += (is_apart ? "\n" : "") + CountsText(over, swept, limit, style) + MatrixText(over, swept, limit, style) +
            ChangedByText(over, swept) + UnchangedText(swept) + BreakEvenText(over, swept, limit, style);
  }
  std::vector<std::string> not_asked;
  for (const check::OptionId id : over.not_asked) not_asked.push_back(over.draft->draft->options[id].name);
  if (!not_asked.empty())
    text += fmt::format("\nno break-even of {}: its values are worked out from facts, or it is asked about by name\n",
                        Joined(not_asked, "and"));
  return text;
}

}  // namespace proviso::report
