#include "harness/report/diff_over_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

#include "compiler/reference/option_sets.h"
#include "harness/report/json.h"

namespace proviso::report {
namespace {

using compare::ChangedCase;
using compare::ChangeOfCase;
using compare::ComparisonOver;
using compare::DecisionOver;

/// Under which choices, in words; empty where under all.
std::string WhereText(const ComparisonOver& over, const ChangeOfCase& change) {
  std::vector<check::OptionSet> some;
  for (const std::size_t choice : change.choices) some.push_back(over.choices.all[choice]);
  return reference::DescribeOptionSets(over.choices.options, over.choices.all, some);
}

/// Cases with the same change under the same choices.
struct Alike {
  std::string change;  // `prohibited → notifiable`
  std::string where;
  std::vector<std::string> names;
};

/// Changes of most cases first, those of one kind together.
std::vector<Alike> AlikeIn(const ComparisonOver& over, const DecisionOver& decision) {
  std::vector<Alike> all;
  for (const ChangedCase& one : decision.changed) {
    for (const ChangeOfCase& change : one.changes) {
      const std::string text = fmt::format("{} → {}", change.from, change.to);
      const std::string where = WhereText(over, change);
      auto alike = llvm::find_if(all, [&](const Alike& known) { return known.change == text && known.where == where; });
      if (alike == all.end()) alike = all.insert(all.end(), {text, where, {}});
      alike->names.push_back(one.scenario->name);
    }
  }
  std::map<std::string, std::size_t> cases;  // by change
  for (const Alike& alike : all) cases[alike.change] += alike.names.size();
  std::ranges::stable_sort(all, [&](const Alike& one, const Alike& other) {
    const auto key = [&](const Alike& alike) { return std::pair(cases.at(alike.change), alike.change); };
    return one.change != other.change ? key(one) > key(other) : one.names.size() > other.names.size();
  });
  return all;
}

std::size_t CasesWith(const DecisionOver& decision, const std::string& change) {
  return static_cast<std::size_t>(llvm::count_if(decision.changed, [&](const ChangedCase& one) {
    return llvm::any_of(one.changes,
                        [&](const ChangeOfCase& here) { return fmt::format("{} → {}", here.from, here.to) == change; });
  }));
}

std::string DecisionText(const ComparisonOver& over, const DecisionOver& decision, std::size_t limit,
                         const Style& style) {
  std::string text = style.Paint(Ink::kStrong, decision.name);
  if (decision.changed.empty()) return text + fmt::format("   none of {} changes\n", Counted(decision.cases, "case"));
  text += fmt::format("   {} of {} change from {} to {}\n", decision.changed.size(), Counted(decision.cases, "case"),
                      over.names[0], over.names[1]);
  std::string last;
  for (const Alike& alike : AlikeIn(over, decision)) {
    if (alike.change != last)
      text += fmt::format("\n  {}   {}\n", style.Paint(Ink::kStrong, alike.change),
                          Counted(CasesWith(decision, alike.change), "case"));
    last = alike.change;
    text += alike.where.empty() ? "    under every option set\n" : fmt::format("    where {}\n", alike.where);
    for (std::size_t i = 0; i < std::min(limit, alike.names.size()); ++i)
      text += fmt::format("      {}\n", alike.names[i]);
    if (alike.names.size() > limit)
      text += fmt::format("      and {} more (--limit, --format json)\n", alike.names.size() - limit);
  }
  return text;
}

}  // namespace

std::string DiffOverText(const ComparisonOver& over, std::size_t limit, const Style& style) {
  std::string text;
  bool was_short = true;
  for (const DecisionOver& decision : over.decisions) {
    const bool is_short = decision.changed.empty();
    text += (text.empty() || (was_short && is_short) ? "" : "\n") + DecisionText(over, decision, limit, style);
    was_short = is_short;
  }
  return text;
}

std::string DiffOverJson(const ComparisonOver& over, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "a", over.names[0]);
      WriteText(json, "b", over.names[1]);
      json.attributeArray("decisions", [&] {
        for (const DecisionOver& decision : over.decisions) {
          json.object([&] {
            WriteText(json, "decision", decision.name);
            json.attribute("cases", static_cast<std::int64_t>(decision.cases));
            json.attributeArray("changed", [&] {
              for (const ChangedCase& one : decision.changed) {
                json.object([&] {
                  WriteText(json, "suite", one.suite->path);
                  WriteText(json, "scenario", one.scenario->name);
                  json.attributeArray("changes", [&] {
                    for (const ChangeOfCase& change : one.changes) {
                      json.object([&] {
                        WriteText(json, "from", change.from);
                        WriteText(json, "to", change.to);
                        WriteText(json, "where", WhereText(over, change));
                      });
                    }
                  });
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

}  // namespace proviso::report
