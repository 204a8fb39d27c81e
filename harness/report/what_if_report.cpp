#include "harness/report/what_if_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>

#include "compiler/lower/cell_values.h"
#include "compiler/lower/describe_witness.h"
#include "harness/report/explanation_json.h"
#include "harness/report/lines.h"

namespace proviso::report {
namespace {

using change::Change;
using change::Counterfactual;
using change::FactChange;
using reference::Distance;

/// To two significant digits.
std::string FactorText(double factor) {
  const double rounded = ParseReal(fmt::format("{:.1e}", factor)).value_or(factor);
  return RealToText(rounded);
}

std::string StepsText(const Exact& steps, bool is_up) {
  return fmt::format("{} step{} {}", steps.ToPlainText(), steps == Exact(1) ? "" : "s", is_up ? "more" : "less");
}

std::optional<double> PositiveOf(const Value& value) {
  double number = 0;
  if (const auto* const exact = std::get_if<Exact>(&value)) number = exact->ToDouble();
  if (const auto* const real = std::get_if<double>(&value)) number = *real;
  return number > 0 && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// How much more or less; empty of what is not counted.
std::string HowFar(const Type& type, const Value& before, const Value& after) {
  if (std::holds_alternative<Member>(before) || IsNone(before) || IsNone(after)) return "";
  std::string text;
  const auto from = PositiveOf(before);
  const auto to = PositiveOf(after);
  if (from && to) {
    const std::string factor = FactorText(*to / *from);
    text = factor == "1" ? "hardly different" : factor + (*to > *from ? " times as much" : " of it");
  }
  Type there = type;
  there.or_none = false;
  const auto first = lower::PlaceAmongAll(there, before);
  const auto last = lower::PlaceAmongAll(there, after);
  if (!first || !last || type.kind == TypeKind::kReal) return text;
  const bool is_up = *first < *last;
  return WithTwoBlanks(text, StepsText(is_up ? *last - *first : *first - *last, is_up));
}

std::string ValueText(const Vocabulary& words, FactId fact, const std::optional<Value>& value) {
  return value ? ValueToText(words, words.facts[fact].type, *value) : "unknown";
}

/// For people: the binary64 number next to a plain one is said by that.
std::string ShortValueText(const Vocabulary& words, FactId fact, const std::optional<Value>& value) {
  std::string text = ValueText(words, fact, value);
  const auto* const real = value ? std::get_if<double>(&*value) : nullptr;
  for (const double direction : {-1.0, 1.0}) {
    if (real == nullptr) break;
    const double next = std::nextafter(*real, direction * std::numeric_limits<double>::infinity());
    const std::string plain = ValueToText(words, words.facts[fact].type, Value(next));
    if (plain.size() + 8 < text.size()) text = fmt::format("just {} {}", direction < 0 ? "above" : "below", plain);
  }
  return text;
}

std::string DistanceText(const Distance& distance) {
  std::vector<std::string> parts;
  if (distance.steps && distance.steps->IsZero()) return "exactly " + distance.limit;
  if (distance.factor) {
    const std::string factor = FactorText(*distance.factor);
    parts.push_back(factor == "1"
                        ? fmt::format("just {} {}", distance.is_above ? "over" : "under", distance.limit)
                        : fmt::format("{} {} {}", factor, distance.is_above ? "times" : "of", distance.limit));
  }
  if (distance.steps && distance.is_counted) {
    parts.push_back(StepsText(*distance.steps, distance.is_above) + (distance.factor ? "" : " than " + distance.limit));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// Whether every fact is known.
bool IsWhole(const Vocabulary& words, const Case& facts) {
  return llvm::all_of(facts.instances, [&](const Instance& instance) {
    return llvm::all_of(words.entities[instance.entity].facts,
                        [&](FactId fact) { return instance.facts[words.facts[fact].position].value.has_value(); });
  });
}

void AddChanges(const CaseRun& run, const Type& type, const Counterfactual& one, const Counterfactual::Other& other,
                std::vector<Line>& lines) {
  const Vocabulary& words = *run.draft->vocabulary;
  const std::string& name = run.draft->decisions[one.decision].name;
  const std::string wanted = ValueToText(words, type, other.outcome);
  if (other.changes.empty()) {
    lines.push_back({fmt::format("{} would be {}: no change of at most {} facts was found{}", name, wanted,
                                 change::EditSearch::kMaxFacts,
                                 IsWhole(words, *run.facts) ? "" : ", whatever those are that are not given"),
                     ""});
    return;
  }
  const std::size_t facts = other.changes.front().facts.size();
  lines.push_back({fmt::format("{} would be {} if {} {} otherwise", name, wanted, Counted(facts, "fact"),
                               facts == 1 ? "was" : "were"),
                   "", Ink::kStrong});
  for (const Change& change : other.changes) {
    const char* lead = &change == &other.changes.front() ? "  " : "  or ";
    for (const FactChange& fact : change.facts) {
      lines.push_back({lead + FactChangeText(words, fact), HowFarText(words, fact)});
      lead = "  and ";
    }
  }
}

void AddCounterfactual(const CaseRun& run, const Counterfactual& one, std::vector<Line>& lines) {
  const Type& type = run.draft->decisions[one.decision].type;
  if (one.others.empty()) {
    lines.push_back({fmt::format("{} is {}", run.draft->decisions[one.decision].name, one.outcome), "", Ink::kStrong});
  }
  for (const Counterfactual::Other& other : one.others) {
    if (other.why_not) {
      const std::string wanted = ValueToText(*run.draft->vocabulary, type, other.outcome);
      lines.push_back({fmt::format("{} is {}, not {}", run.draft->decisions[one.decision].name, one.outcome, wanted),
                       "", Ink::kStrong});
      for (const reference::Explanation& part : other.why_not->parts) AddExplanation(part, 1, lines);
      if (other.why_not->parts.empty()) lines.push_back({"  with these facts no rule gives it", ""});
    }
    AddChanges(run, type, one, other, lines);
  }
  if (!one.distances.empty()) lines.push_back({"distances to thresholds", "", Ink::kStrong});
  for (const Distance& distance : one.distances)
    lines.push_back({fmt::format("  {}: {}", distance.text, distance.value), DistanceText(distance)});
}

std::string UnderText(const CaseRun& run, const check::OptionSet& set) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const check::Option& option = run.draft->options[check::OptionId(i)];
    if (!option.settled) texts.push_back(option.name + " is " + option.alternatives[set[i]].name);
  }
  return Joined(texts, "and");
}

const char* KindText(FactChange::Kind kind) {
  return kind == FactChange::Kind::kValue ? "value" : kind == FactChange::Kind::kAdded ? "added" : "dropped";
}

void WriteDistance(llvm::json::OStream& json, const Distance& distance) {
  json.object([&] {
    WriteText(json, "text", distance.text);
    WriteText(json, "value", distance.value);
    WriteText(json, "limit", distance.limit);
    json.attribute("above", distance.is_above);
    if (distance.factor) json.attribute("factor", *distance.factor);
    if (distance.steps) WriteText(json, "steps", distance.steps->ToPlainText());
  });
}

void WriteOther(llvm::json::OStream& json, const CaseRun& run, const Type& type, const Counterfactual::Other& other,
                const source::SourceFiles& files) {
  json.object([&] {
    WriteText(json, "outcome", ValueToText(*run.draft->vocabulary, type, other.outcome));
    if (other.why_not) {
      json.attributeArray("blocked", [&] {
        for (const reference::Explanation& part : other.why_not->parts) WriteExplanation(json, part, files);
      });
    }
    json.attributeArray("changes", [&] {
      for (const Change& change : other.changes) {
        json.object([&] {
          json.attributeArray("facts", [&] {
            for (const FactChange& fact : change.facts) WriteFactChange(json, *run.draft->vocabulary, fact);
          });
          json.attributeObject("case", [&] {
            for (const auto& [path, value] : lower::WitnessFacts(*run.draft, change.after))
              WriteText(json, path, value);
          });
        });
      }
    });
  });
}

}  // namespace

std::string HowFarText(const Vocabulary& words, const FactChange& change) {
  return change.before && change.after ? HowFar(words.facts[change.fact].type, *change.before, *change.after) : "";
}

void WriteFactChange(llvm::json::OStream& json, const Vocabulary& words, const FactChange& fact) {
  json.object([&] {
    WriteText(json, "kind", KindText(fact.kind));
    WriteText(json, "path", fact.path);
    if (fact.kind != FactChange::Kind::kValue) return;
    const Type& type = words.facts[fact.fact].type;
    if (fact.before) WriteText(json, "before", ValueToText(words, type, *fact.before));
    WriteText(json, "after", ValueText(words, fact.fact, fact.after));
    if (!fact.before || !fact.after) return;
    const auto from = PositiveOf(*fact.before);
    const auto to = PositiveOf(*fact.after);
    if (from && to) json.attribute("factor", *to / *from);
    Type there = type;
    there.or_none = false;
    const auto first = lower::PlaceAmongAll(there, *fact.before);
    const auto last = lower::PlaceAmongAll(there, *fact.after);
    if (first && last) WriteText(json, "steps", (*last - *first).ToPlainText());
  });
}

std::string FactChangeText(const Vocabulary& words, const FactChange& change) {
  if (change.kind == FactChange::Kind::kDropped) return "without " + change.path;
  if (change.kind == FactChange::Kind::kAdded) return "with " + change.path;
  const std::string after = ShortValueText(words, change.fact, change.after);
  // A case with an element more says what it is like.
  if (!change.before) return fmt::format("{}: {}", change.path, after);
  return fmt::format("{}: {} → {}", change.path, ShortValueText(words, change.fact, change.before), after);
}

std::string WhatIfText(const CaseRun& run, const std::vector<WhatIfGroup>& groups, const Style& style) {
  std::string text;
  for (const WhatIfGroup& group : groups) {
    std::vector<Line> lines;
    if (!group.is_one) {
      const std::string where = group.where.empty() ? "" : fmt::format("where {}, ", group.where);
      lines.push_back({fmt::format("{}for example {}", where, UnderText(run, group.under)), "", Ink::kGood});
    }
    for (const Counterfactual& one : group.decisions) AddCounterfactual(run, one, lines);
    text += "\n" + Aligned(lines, style);
  }
  return text;
}

void WriteWhatIf(llvm::json::OStream& json, const CaseRun& run, const std::vector<WhatIfGroup>& groups,
                 const source::SourceFiles& files) {
  json.attributeArray("what_if", [&] {
    for (const WhatIfGroup& group : groups) {
      json.object([&] {
        WriteText(json, "where", group.where);
        json.attributeObject("under", [&] {
          for (std::size_t i = 0; i < group.under.size(); ++i) {
            const check::Option& option = run.draft->options[check::OptionId(i)];
            WriteText(json, option.name, option.alternatives[group.under[i]].name);
          }
        });
        json.attributeArray("decisions", [&] {
          for (const Counterfactual& one : group.decisions) {
            json.object([&] {
              WriteText(json, "decision", run.draft->decisions[one.decision].name);
              WriteText(json, "outcome", one.outcome);
              json.attributeArray("others", [&] {
                for (const Counterfactual::Other& other : one.others)
                  WriteOther(json, run, run.draft->decisions[one.decision].type, other, files);
              });
              json.attributeArray("distances", [&] {
                for (const Distance& distance : one.distances) WriteDistance(json, distance);
              });
            });
          }
        });
      });
    }
  });
}

}  // namespace proviso::report
