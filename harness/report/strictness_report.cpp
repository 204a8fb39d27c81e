#include "harness/report/strictness_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/Sequence.h>

#include <array>
#include <map>

#include "compiler/reference/option_sets.h"
#include "harness/report/case_json.h"
#include "harness/report/count_table.h"
#include "harness/report/json.h"
#include "harness/report/sweep_words.h"
#include "harness/scenario/csv.h"

namespace proviso::report {
namespace {

using sweep::OptionStep;
using sweep::Relation;
using sweep::Strictness;

std::string ClassText(const StrictnessRun& run, const Strictness& found, std::size_t number) {
  return reference::DescribeOptionSets(*run.draft->draft, run.draft->option_sets, found.classes[number].option_sets);
}

std::string_view RelationName(Relation relation) {
  static constexpr std::array<std::string_view, 5> kNames = {"same", "stricter", "weaker", "neither", "not_settled"};
  return kNames[static_cast<std::size_t>(relation)];
}

std::string StepText(const StrictnessRun& run, const Strictness& found, const OptionStep& step) {
  const std::vector<check::Alternative>& alternatives = run.draft->draft->options[step.option].alternatives;
  const std::string& from = alternatives[step.from].name;
  const std::string& to = alternatives[step.to].name;
  switch (step.relation) {
    case Relation::kSame:
      return fmt::format("{} and {} come to the same", from, to);
    case Relation::kStricter:
      return fmt::format("{} is stricter than {}", from, to);
    case Relation::kNeither:
      return fmt::format("{} and {} {}", from, to, found.has_order ? "are each stricter in some case" : "differ");
    case Relation::kWeaker:
    case Relation::kNotSettled:
      break;
  }
  if (!step.is_from_stricter) return fmt::format("{} and {}: not settled", from, to);
  if (!found.has_order) return fmt::format("{} and {} differ", from, to);
  return fmt::format("{} is stricter than {} in some case, whether the other way round too is not settled", from, to);
}

/// The options that the decision does not turn on are named together.
std::string StepsText(const StrictnessRun& run, const Strictness& found) {
  std::map<check::OptionId, std::vector<std::string>> texts;
  std::vector<std::string> without;
  for (const OptionStep& step : found.steps) texts[step.option].push_back(StepText(run, found, step));
  std::size_t width = 0;
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& [option, steps] : texts) {
    const std::string& name = run.draft->draft->options[option].name;
    const bool is_same = llvm::all_of(found.steps, [&, id = option](const OptionStep& step) {
      return step.option != id || step.relation == Relation::kSame;
    });
    if (is_same) {
      without.push_back(name);
      continue;
    }
    lines.emplace_back(name, fmt::format("{}", fmt::join(steps, "; ")));
    width = std::max(width, Columns(name));
  }
  std::string text;
  for (const auto& [name, steps] : lines) text += fmt::format("  {}   {}\n", Padded(name, width), steps);
  if (!without.empty()) text += fmt::format("  no effect of {}\n", Joined(without, "and"));
  return text;
}

std::string ClassesText(const StrictnessRun& run, const Strictness& found, std::size_t limit) {
  std::vector<std::string> texts;
  std::size_t width = 0;
  for (std::size_t i = 0; i < std::min(limit, found.classes.size()); ++i) {
    texts.push_back(fmt::format("{:<2} {}", GroupName(i), ClassText(run, found, i)));
    width = std::max(width, Columns(texts.back()));
  }
  std::string text;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::vector<std::string> below;
    for (const std::size_t number : found.NextBelow(i)) below.push_back(GroupName(number));
    const std::string beside = below.empty() ? "" : "   stricter than " + Joined(below, "and");
    text += fmt::format("  {}{}\n", beside.empty() ? texts[i] : Padded(texts[i], width), beside);
  }
  if (found.classes.size() > limit)
    text += fmt::format("  and {} more (--limit, --format csv)\n", found.classes.size() - limit);
  return text;
}

std::size_t PairsWith(const Strictness& found, Relation relation) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < found.classes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) count += found.relations[i][j] == relation ? 1 : 0;
  }
  return count;
}

std::string DecisionText(const StrictnessRun& run, const Strictness& found, std::size_t limit, const Style& style) {
  const check::CheckedDraft& draft = *run.draft->draft;
  const std::size_t sets = run.draft->option_sets.size();
  std::string head =
      fmt::format("{} under {} of {}", draft.decisions[found.decision].name, Counted(sets, "option set"), draft.name);
  if (found.is_too_large) return style.Paint(Ink::kStrong, head) + "   not settled: too large (--set, --max-nodes)\n";
  const std::size_t open = PairsWith(found, Relation::kNotSettled);
  const std::string limits = found.is_within_limits ? ", but for cases whose arithmetic leaves its limits" : "";
  if (found.classes.size() == 1)
    return style.Paint(Ink::kStrong, head) + fmt::format("   all the same (proved{})\n", limits);
  const bool may_be_same = llvm::any_of(llvm::seq<std::size_t>(0, found.classes.size()), [&](std::size_t i) {
    return llvm::any_of(llvm::seq<std::size_t>(0, i), [&](std::size_t j) {
      return found.relations[i][j] == Relation::kNotSettled && !found.less_in[i][j] && !found.less_in[j][i];
    });
  });
  std::string text = style.Paint(Ink::kStrong, head) + fmt::format("   {}{} different{}", may_be_same ? "at most " : "",
                                                                   found.classes.size(),
                                                                   open == 0 ? fmt::format(" (proved{})", limits) : "");
  text += "\n" + StepsText(run, found) + "\n" + ClassesText(run, found, limit);
  if (open > 0) text += fmt::format("  not settled how {} of classes stand to each other\n", Counted(open, "pair"));
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < found.classes.size(); ++i) texts.push_back(ClassText(run, found, i));
  const std::string legend = OptionLegend(draft, texts);
  return text + (legend.empty() ? "" : "where\n" + legend);
}

void WriteClass(llvm::json::OStream& json, const StrictnessRun& run, const Strictness& found, std::size_t number) {
  json.object([&] {
    WriteText(json, "class", GroupName(number));
    WriteText(json, "where", ClassText(run, found, number));
    json.attribute("option_sets", static_cast<std::int64_t>(found.classes[number].option_sets.size()));
    json.attributeArray("next_below", [&] {
      for (const std::size_t below : found.NextBelow(number)) json.value(GroupName(below));
    });
  });
}

void WritePairs(llvm::json::OStream& json, const Strictness& found) {
  json.attributeArray("pairs", [&] {
    for (std::size_t i = 0; i < found.classes.size(); ++i) {
      for (std::size_t j = i + 1; j < found.classes.size(); ++j) {
        json.object([&] {
          WriteText(json, "a", GroupName(i));
          WriteText(json, "b", GroupName(j));
          WriteText(json, "a_is", RelationName(found.relations[i][j]));
          const auto write_case = [&](llvm::StringRef key, const std::optional<std::size_t>& number) {
            if (number) json.attribute(key, static_cast<std::int64_t>(*number));
          };
          write_case(found.has_order ? "a_less_in" : "differ_in", found.less_in[i][j]);
          if (found.has_order) write_case("b_less_in", found.less_in[j][i]);
        });
      }
    }
  });
}

void WriteDecision(llvm::json::OStream& json, const StrictnessRun& run, const Strictness& found) {
  const check::CheckedDraft& draft = *run.draft->draft;
  WriteText(json, "decision", draft.decisions[found.decision].name);
  json.attribute("ordered", found.has_order);
  json.attribute("settled", found.IsSettled());
  json.attribute("within_limits", found.is_within_limits);
  json.attributeArray("options", [&] {
    for (const OptionStep& step : found.steps) {
      const check::Option& option = draft.options[step.option];
      json.object([&] {
        WriteText(json, "option", option.name);
        WriteText(json, "a", option.alternatives[step.from].name);
        WriteText(json, "b", option.alternatives[step.to].name);
        WriteText(json, "a_is", RelationName(step.relation));
        json.attribute("a_stricter_in_some", step.is_from_stricter);
        json.attribute("b_stricter_in_some", step.is_to_stricter);
      });
    }
  });
  json.attributeArray("classes", [&] {
    for (std::size_t i = 0; i < found.classes.size(); ++i) WriteClass(json, run, found, i);
  });
  WritePairs(json, found);
  json.attributeArray("cases", [&] {
    for (const Case& facts : found.cases) json.object([&] { WriteCase(json, *draft.vocabulary, facts); });
  });
}

}  // namespace

std::string StrictnessText(const StrictnessRun& run, std::size_t limit, const Style& style) {
  std::string text;
  for (const Strictness& found : run.decisions) {
    const std::string here = DecisionText(run, found, limit, style);
    const bool is_short = llvm::count(here, '\n') == 1;
    text += (text.empty() || is_short ? "" : "\n") + here;
  }
  return text;
}

std::string StrictnessJson(const StrictnessRun& run, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", run.draft->draft->name);
      json.attribute("option_sets", static_cast<std::int64_t>(run.draft->option_sets.size()));
      json.attributeArray("decisions", [&] {
        for (const Strictness& found : run.decisions) json.object([&] { WriteDecision(json, run, found); });
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

std::string StrictnessCsv(const StrictnessRun& run) {
  const Strictness& found = run.decisions.front();
  const auto name = [&](std::size_t number) {
    const std::string text = ClassText(run, found, number);
    return scenario::CsvCellText(text.empty() ? "every option set" : text);
  };
  std::string text = "class,option sets";
  for (std::size_t i = 0; i < found.classes.size(); ++i) text += "," + name(i);
  text += "\n";
  for (std::size_t i = 0; i < found.classes.size(); ++i) {
    text += fmt::format("{},{}", name(i), found.classes[i].option_sets.size());
    for (std::size_t j = 0; j < found.classes.size(); ++j)
      text += fmt::format(",{}", i == j ? "same" : RelationName(found.relations[i][j]));
    text += "\n";
  }
  return text;
}

std::string StrictnessDot(const StrictnessRun& run) {
  const Strictness& found = run.decisions.front();
  const check::CheckedDraft& draft = *run.draft->draft;
  // Graphviz comes to grief over edges that are no part of the order; what is not settled is counted.
  const std::size_t open = PairsWith(found, Relation::kNotSettled);
  const std::string not_settled = open == 0 ? "" : fmt::format("; not settled of {}", Counted(open, "pair"));
  std::string text = fmt::format(
      "digraph strictness {{\n  label=\"{}, {}: the stricter above{}\"; labelloc=t; fontname=\"sans-serif\";\n"
      "  node [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=11];\n  edge [arrowhead=none];\n",
      draft.name, draft.decisions[found.decision].name, not_settled);
  for (std::size_t i = 0; i < found.classes.size(); ++i) {
    std::string label = ClassText(run, found, i);
    if (label.empty()) label = "every option set";
    for (std::size_t at = 0; (at = label.find(", and ", at)) != std::string::npos;) label.replace(at, 6, "\\n");
    text += fmt::format("  {} [label=\"{}\"];\n", GroupName(i), label);
  }
  for (std::size_t i = 0; i < found.classes.size(); ++i) {
    for (const std::size_t below : found.NextBelow(i))
      text += fmt::format("  {} -> {};\n", GroupName(i), GroupName(below));
  }
  return text + "}\n";
}

}  // namespace proviso::report
