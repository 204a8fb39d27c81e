#include "harness/report/loopholes_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include "compiler/reference/written.h"
#include "harness/report/case_json.h"
#include "harness/report/diff_report.h"
#include "harness/report/json.h"
#include "harness/report/lines.h"
#include "harness/report/what_if_report.h"
#include "harness/report/witness_text.h"

namespace proviso::report {
namespace {

using loopholes::Escapes;
using loopholes::Example;
using loopholes::Opening;

std::string FactName(const Vocabulary& words, FactId id) {
  const Fact& fact = words.facts[id];
  const std::string name = fact.owner == words.case_entity ? "" : words.entities[fact.owner].name + ".";
  return name + fact.ShownName();
}

std::string PathText(const Vocabulary& words, const std::vector<FactId>& path) {
  std::vector<std::string> names;
  for (const FactId fact : path) names.push_back(words.facts[fact].ShownName());
  return fmt::format("{}", fmt::join(names, "."));
}

std::string OutcomeText(const WayTried& way, const Value& value) {
  return ValueToText(*way.draft->vocabulary, way.draft->decisions[way.decision].type, value);
}

std::string VerdictText(const Escapes& escapes) {
  if (!escapes.decision.is_checked) return "not settled: the graph ran out of room (--max-nodes)";
  const std::string elsewhere =
      escapes.is_exact ? "; nowhere else (proved)"
                       : "; whether elsewhere is not settled: something is asked supposing what the change turns on";
  const auto open = static_cast<std::size_t>(
      llvm::count_if(escapes.examples, [](const auto& example) { return !example.has_value(); }));
  if (escapes.examples.empty())
    return escapes.is_exact ? "no case escapes (proved)" : "no case was found that escapes" + elsewhere;
  const std::string not_settled =
      open == 0 ? "" : fmt::format("; whether there are any in {} of them is not settled", open);
  return fmt::format("cases escape in {}{}{}", Counted(escapes.examples.size(), "region"), elsewhere, not_settled);
}

std::string UnderText(const Escapes& escapes, const Opening& opening) {
  const std::string under = lower::DescribeProducts(*escapes.comparison.sides.front().draft, opening.under);
  const std::string text = under.empty() ? "under every option set" : "where " + under;
  return text + (opening.is_complete ? "" : "; whether elsewhere is not settled");
}

/// `prohibited → notifiable   where ai_compute is alt_1`.
std::string OpeningsText(const WayTried& way, const Escapes& escapes) {
  if (llvm::none_of(way.draft->options, [](const check::Option& option) { return !option.settled; })) return "";
  std::vector<Line> lines;
  for (const Opening& opening : escapes.openings) {
    lines.push_back({fmt::format("  {} → {}", OutcomeText(way, opening.from), OutcomeText(way, opening.to)),
                     UnderText(escapes, opening)});
  }
  return Aligned(lines, Style());
}

std::string CostOf(const Vocabulary& words, FactId fact) {
  const std::optional<Cost> cost = words.facts[fact].controlled;
  return !cost || *cost == Cost::kUnsaid ? "" : *cost == Cost::kCheap ? ", cheap" : ", costly";
}

std::string ExampleText(const WayTried& way, const Example& example, const Style& style) {
  const Vocabulary& words = *way.draft->vocabulary;
  std::string text = style.Paint(Ink::kFaint, Wrapped("    e.g.   ", WitnessText(words, example.before)));
  std::string lead = "    then   ";
  for (const change::FactChange& fact : example.change.facts) {
    const std::string far = HowFarText(words, fact);
    const std::string cost = way.transform != nullptr ? "" : CostOf(words, fact.fact);
    std::string said = FactChangeText(words, fact);
    if (!far.empty()) said += "   " + far;
    text += Wrapped(lead, said + cost);
    lead = "    and    ";
  }
  return text;
}

std::int64_t NumberOf(const WayTried& way, std::size_t index) {
  return way.transform->first + static_cast<std::int64_t>(index);
}

void WriteExample(llvm::json::OStream& json, const WayTried& way, const Example& example) {
  const Vocabulary& words = *way.draft->vocabulary;
  WriteCase(json, words, example.before.facts);
  json.attributeArray("changes", [&] {
    for (const change::FactChange& fact : example.change.facts) WriteFactChange(json, words, fact);
  });
  json.attribute("distance", example.change.distance);
}

void WriteOpening(llvm::json::OStream& json, const WayTried& way, const Opening& opening) {
  json.object([&] {
    WriteText(json, "from", OutcomeText(way, opening.from));
    WriteText(json, "to", OutcomeText(way, opening.to));
    json.attribute("complete", opening.is_complete);
    json.attributeArray("option_sets", [&] {
      for (const lower::OptionProduct& product : opening.under) {
        json.object([&] {
          for (std::size_t i = 0; i < std::min(product.size(), way.draft->options.size()); ++i) {
            const check::Option& option = way.draft->options[check::OptionId(i)];
            std::vector<std::string> names;
            for (const std::uint32_t alternative : product[i]) names.push_back(option.alternatives[alternative].name);
            if (!names.empty()) WriteTexts(json, option.name, names);
          }
        });
      }
    });
  });
}

}  // namespace

std::string WayText(const WayTried& way) {
  const Vocabulary& words = *way.draft->vocabulary;
  if (way.transform != nullptr) {
    const check::Transform& transform = *way.transform;
    const auto last = transform.first + static_cast<std::int64_t>(transform.values.size()) - 1;
    return fmt::format(
        "transform {}{}: {} becomes {}", transform.name,
        transform.parameter.empty() ? "" : fmt::format(" ({}: {} to {})", transform.parameter, transform.first, last),
        PathText(words, transform.path), reference::Written(*way.draft, (*way.draft)[transform.values.front()]));
  }
  std::vector<std::string> names;
  for (const FactId fact : way.facts) names.push_back(FactName(words, fact) + CostOf(words, fact));
  return way.facts.size() == 1 ? "controlled " + names.front()
                               : fmt::format("controlled facts together ({})", names.size());
}

std::string EscapesText(const WayTried& way, std::size_t last, const Escapes& escapes, std::size_t limit,
                        const Style& style) {
  std::string text = style.Paint(Ink::kStrong, way.draft->decisions[way.decision].name);
  if (way.transform != nullptr && !way.transform->parameter.empty()) {
    text += fmt::format(", {} is {}", way.transform->parameter, NumberOf(way, way.index));
    if (last != way.index) text += fmt::format(" to {}", NumberOf(way, last));
    if (last != way.index && !escapes.examples.empty()) text += fmt::format(", shown for {}", NumberOf(way, way.index));
  }
  text += "   " + VerdictText(escapes) + "\n" + OpeningsText(way, escapes);
  const auto more = [&](std::size_t region) {
    const std::optional<Example>& example = escapes.examples[region];
    return example ? ExampleText(way, *example, style) : std::string();
  };
  text += RegionsText(escapes.comparison, escapes.decision, limit, style, more);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

std::string EscapesJson(const WayTried& way, const Escapes& escapes) {
  const Vocabulary& words = *way.draft->vocabulary;
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      if (way.transform != nullptr) {
        WriteText(json, "transform", way.transform->name);
        if (!way.transform->parameter.empty()) json.attribute("number", NumberOf(way, way.index));
      }
      json.attributeArray("facts", [&] {
        for (const FactId fact : way.transform != nullptr ? std::vector{way.transform->path.back()} : way.facts) {
          json.object([&] {
            WriteText(json, "fact", FactName(words, fact));
            if (words.facts[fact].controlled) WriteText(json, "control", ControlToText(*words.facts[fact].controlled));
          });
        }
      });
      WriteText(json, "decision", way.draft->decisions[way.decision].name);
      WriteText(json, "verdict", escapes.IsSome() ? "escapes" : escapes.IsNone() ? "none" : "not_settled");
      json.attribute("complete", escapes.IsChecked());
      json.attributeArray("openings", [&] {
        for (const Opening& opening : escapes.openings) WriteOpening(json, way, opening);
      });
      WriteRegions(json, escapes.comparison, escapes.decision, [&](std::size_t region) {
        if (escapes.examples[region]) WriteExample(json, way, *escapes.examples[region]);
      });
    });
  });
}

std::string LoopholesJson(const check::CheckedDraft& draft, const std::vector<std::string>& tried,
                          const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      WriteText(json, "draft", draft.name);
      json.attributeArray("tried", [&] {
        for (const std::string& one : tried) json.rawValue(llvm::StringRef(Indented(one, 4)).trim());
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
