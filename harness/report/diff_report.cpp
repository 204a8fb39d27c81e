#include "harness/report/diff_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include <map>

#include "compiler/lower/completions.h"
#include "harness/report/case_json.h"
#include "harness/report/json.h"
#include "harness/report/lines.h"
#include "harness/report/region_text.h"
#include "harness/report/space_text.h"
#include "harness/report/witness_text.h"

namespace proviso::report {
namespace {

using compare::Comparison;
using compare::Comparisons;
using compare::Difference;
using compare::Region;
using compare::Verdict;
using Occurs = lower::Occurrence::Verdict;

const check::CheckedDraft& DraftOf(const Comparison& comparison, std::size_t side) {
  return *comparison.sides[side].draft;
}

std::string OutcomeText(const Comparison& comparison, const Difference& difference, evaluate::NodeId leaf) {
  return LeafText(*comparison.lowered.space, difference.type, leaf);
}

std::string ChangeText(const Comparison& comparison, const Difference& difference, const Region& region) {
  return fmt::format("{} → {}", OutcomeText(comparison, difference, region.from),
                     OutcomeText(comparison, difference, region.to));
}

/// How many regions are stricter on the first side, and on the second.
std::array<std::size_t, 2> StricterRegions(const Comparison& comparison, const Difference& difference) {
  std::array<std::size_t, 2> count = {0, 0};
  for (const Region& region : difference.regions) {
    const auto member = [&](evaluate::NodeId leaf) {
      return std::get<Member>(std::get<Value>(comparison.lowered.space->LeafOf(leaf))).index;
    };
    ++count[member(region.from) > member(region.to) ? 0 : 1];
  }
  return count;
}

std::string VerdictText(const Comparison& comparison, const Difference& difference) {
  const std::size_t open = difference.NotSettled();
  if (!difference.is_checked) return "not settled: the graph ran out of room (--max-nodes)";
  const std::string elsewhere = "; identical everywhere else (proved)" +
                                (open == 0 ? "" : fmt::format("; whether {} of them can be is not settled", open));
  const std::string regions = Counted(difference.regions.size(), "region");
  switch (difference.verdict) {
    case Verdict::kIdentical:
      return "identical (proved)";
    case Verdict::kFirstStricter:
      return fmt::format("{} is stricter in {}{}", comparison.sides[0].name, regions, elsewhere);
    case Verdict::kSecondStricter:
      return fmt::format("{} is stricter in {}{}", comparison.sides[1].name, regions, elsewhere);
    case Verdict::kDifferent:
      return fmt::format("different in {}{}", regions, elsewhere);
    case Verdict::kMixed:
      break;
  }
  const auto count = StricterRegions(comparison, difference);
  return fmt::format("mixed: {} is stricter in {}, {} in {}{}", comparison.sides[0].name, Counted(count[0], "region"),
                     comparison.sides[1].name, count[1], elsewhere);
}

/// Of which cases the conditions are said; empty where of all.
std::string WithinText(const Comparison& comparison, const Difference& difference, const Region& region) {
  const auto outcome = [&](evaluate::NodeId leaf) { return OutcomeText(comparison, difference, leaf); };
  switch (region.within) {
    case Region::Within::kFrom:
      return fmt::format("of what is {} in {}", outcome(region.from), comparison.sides[0].name);
    case Region::Within::kTo:
      return fmt::format("of what is {} in {}", outcome(region.to), comparison.sides[1].name);
    case Region::Within::kAll:
    case Region::Within::kPart:
      break;
  }
  return "";
}

/// Of a region that no few conditions say: what the others of its change leave.
std::string ElsewhereText(const Comparison& comparison, const Difference& difference, const Region& region) {
  const auto of_change = llvm::count_if(
      difference.regions, [&](const Region& other) { return other.from == region.from && other.to == region.to; });
  return (of_change > 1 ? "elsewhere" : "all cases of this change") +
         DifferingText(*comparison.lowered.space, region.differing, "both");
}

std::string WhenText(const Comparison& comparison, const Difference& difference, const Region& region) {
  if (region.within == Region::Within::kPart) return ElsewhereText(comparison, difference, region);
  const std::string within = WithinText(comparison, difference, region);
  const std::string text = fmt::format("{}", fmt::join(ConditionTexts(WordsFor(comparison), region.product), "; "));
  return within.empty() ? (text.empty() ? "always" : text) : within + ": " + (text.empty() ? "all" : text);
}

const Vocabulary& WordsOf(const Comparison& comparison) { return comparison.lowered.space->Words(); }

/// What is said of the region but for its case.
std::string SaidOfRegion(const Comparison& comparison, const Difference& difference, const Region& region) {
  std::string text = Wrapped("    when   ", WhenText(comparison, difference, region));
  const std::string under = UnderText(OptionTexts(WordsFor(comparison), region.product));
  if (!under.empty()) text += Wrapped("    under  ", under);
  if (!region.decided_by[0].empty() || !region.decided_by[1].empty()) {
    const std::string from = DecidedByText(DraftOf(comparison, 0), region.decided_by[0]);
    const std::string to = DecidedByText(DraftOf(comparison, 1), region.decided_by[1]);
    text += Wrapped("    by     ", from == to ? from : from + " → " + to);
  }
  if (region.cases) text += fmt::format("    cases  {}\n", CountText(*region.cases));
  return text;
}

/// The options on which it turns whether the region's case is one, each with its alternative; but those that the region
/// names.
std::vector<OptionText> OptionsOfCase(const Comparison& comparison, const Region& region) {
  evaluate::Space& space = *comparison.lowered.space;
  const std::vector<evaluate::VariableId> turned_on =
      space.graph.Support(lower::WhereItMeets(space, region.condition, region.witness->facts));
  std::vector<OptionText> options;
  for (std::size_t i = 0; i < comparison.variables.size(); ++i) {
    const evaluate::VariableId id = comparison.variables[i];
    if (!llvm::is_contained(turned_on, id) || region.product[i].size() == 1) continue;
    graph::Product only(region.product.size());
    for (std::size_t side = 0; side < 2 && only[i].empty(); ++side) {
      const std::size_t option = comparison.lowered.drafts[side].OptionOf(id);
      if (option < region.witness->options[side].size()) only[i] = {region.witness->options[side][option]};
    }
    llvm::append_range(options, OptionTexts(WordsFor(comparison), only));
  }
  return options;
}

std::string CaseText(const Comparison& comparison, const Region& region) {
  const std::string options = UnderText(OptionsOfCase(comparison, region));
  return WitnessText(WordsOf(comparison), *region.witness) + (options.empty() ? "" : "; where " + options);
}

/// What is said of the first regions, in their order.
std::vector<std::string> SaidOfRegions(const Comparison& comparison, const Difference& difference, std::size_t limit) {
  std::vector<std::string> said;
  for (const Region& region : llvm::ArrayRef(difference.regions).take_front(limit))
    said.push_back(SaidOfRegion(comparison, difference, region));
  return said;
}

std::string RegionsText(const Comparison& comparison, const Difference& difference, llvm::ArrayRef<std::string> said,
                        const Style& style) {
  std::string text;
  std::string last;
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Region& region = difference.regions[i];
    const std::string change = ChangeText(comparison, difference, region);
    text += change == last ? "\n" : "\n  " + style.Paint(Ink::kStrong, change) + "\n";
    text += said[i];
    text += region.witness ? style.Paint(Ink::kFaint, Wrapped("    e.g.   ", CaseText(comparison, region)))
                           : "    not settled: no case was found, nor a proof that there is none\n";
    last = change;
  }
  const std::size_t more = difference.regions.size() - said.size();
  if (more > 0) text += fmt::format("\n  {} more, not shown (--format json)\n", Counted(more, "region"));
  return text + (difference.regions.empty() ? "" : "\n");
}

/// Regions of one term that are shown at most.
constexpr std::size_t kMaxOfTerm = 4;

/// `text` of a term as it would be of any entity and for any parameter: `target.held(voting)`.
std::string OfAny(std::string text, llvm::StringRef name) {
  const auto replace = [&](const std::string& part, const char* by) {
    for (std::size_t at = 0; !part.empty() && (at = text.find(part, at)) != std::string::npos;)
      text.replace(at, part.size(), by);
  };
  const std::size_t parameters = name.find('(');
  const std::size_t path = name.take_front(parameters).rfind('.');
  replace(parameters == llvm::StringRef::npos ? "" : name.drop_front(parameters).str(), "()");
  replace(path == llvm::StringRef::npos ? "" : name.take_front(path + 1).str(), "/");
  return text;
}

/// Terms that differ alike.
struct Alike {
  std::string key;
  const Comparison* of;
  const Difference* first;
  std::vector<std::string> said;  // of the first's regions
  std::vector<std::string> names;
  bool are_settled = true;
};

std::vector<Alike> AlikeTerms(const Comparisons& comparisons) {
  std::vector<Alike> all;
  for (const Comparison& one : comparisons.decisions) {
    for (const Difference& term : one.terms) {
      std::vector<std::string> said = SaidOfRegions(one, term, kMaxOfTerm);
      const std::string key =
          OfAny(fmt::format("{}\n{}\n{}", term.name, term.regions.size(), fmt::join(said, "")), term.name);
      auto alike = llvm::find_if(all, [&](const Alike& each) { return each.key == key; });
      if (alike == all.end()) alike = all.insert(alike, Alike{key, &one, &term, std::move(said), {}});
      alike->names.push_back(term.name);
      alike->are_settled = alike->are_settled && term.IsProved();
    }
  }
  return all;
}

std::string TermsText(const Comparisons& comparisons, bool with_regions, const Style& style) {
  std::vector<std::string> names;
  std::vector<std::string> through_others;
  for (const Comparison& one : comparisons.decisions) {
    for (const Difference& term : one.terms) names.push_back(term.name);
    llvm::append_range(through_others, one.through_others);
  }
  if (names.empty()) return "";
  const auto& sides = comparisons.decisions.front().sides;
  std::string text = fmt::format("It comes from terms that {} and {} define differently{}:\n", sides[0].name,
                                 sides[1].name, with_regions ? "" : " (--terms says where)");
  if (!with_regions) return text + Wrapped("  ", fmt::format("{}", fmt::join(names, ", ")));
  text += "\n";
  for (const Alike& alike : AlikeTerms(comparisons)) {
    text += Wrapped("", fmt::format("{}{}", style.Paint(Ink::kStrong, Joined(alike.names, "and")),
                                    alike.are_settled ? "" : "   (not all of it settled)"));
    text += RegionsText(*alike.of, *alike.first, alike.said, style);
  }
  if (!through_others.empty())
    text += Wrapped("Through these alone differ  ", fmt::format("{}", fmt::join(through_others, ", ")));
  return text;
}

std::string_view VerdictName(Verdict verdict) {
  static constexpr std::array<std::string_view, 5> kNames = {"identical", "a_stricter", "b_stricter", "mixed",
                                                             "different"};
  return kNames[static_cast<std::size_t>(verdict)];
}

void WriteDecidedBy(llvm::json::OStream& json, const Comparison& comparison, const Region& region) {
  json.attributeObject("decided_by", [&] {
    for (std::size_t side = 0; side < 2; ++side) {
      json.attributeArray(side == 0 ? "a" : "b", [&] {
        for (const check::RuleId id : region.decided_by[side]) {
          const check::Rule& rule = DraftOf(comparison, side).rules[id];
          json.object([&] {
            WriteText(json, "rule", rule.name);
            WriteCites(json, rule.cites);
          });
        }
      });
    }
  });
}

void WriteOptionSets(llvm::json::OStream& json, const Comparison& comparison, const Region& region) {
  json.attributeArray("option_sets", [&] {
    json.object([&] {
      for (const OptionText& option : OptionTexts(WordsFor(comparison), region.product))
        WriteTexts(json, option.option, option.alternatives);
    });
  });
}

std::string_view WithinName(Region::Within within) {
  static constexpr std::array<std::string_view, 4> kNames = {"all", "from", "to", "part"};
  return kNames[static_cast<std::size_t>(within)];
}

void WriteRegion(llvm::json::OStream& json, const Comparison& comparison, const Difference& difference,
                 const Region& region, llvm::function_ref<void()> more) {
  json.object([&] {
    WriteText(json, "from", OutcomeText(comparison, difference, region.from));
    WriteText(json, "to", OutcomeText(comparison, difference, region.to));
    WriteOptionSets(json, comparison, region);
    WriteText(json, "within", WithinName(region.within));
    const std::string within = WithinText(comparison, difference, region);
    if (!within.empty()) WriteText(json, "of", within);
    WriteText(json, "when", fmt::format("{}", fmt::join(ConditionTexts(WordsFor(comparison), region.product), "; ")));
    if (region.cases) {
      WriteText(json, "cases", region.cases->ToPlainText());
    } else {
      json.attribute("cases", nullptr);
    }
    WriteDecidedBy(json, comparison, region);
    json.attribute("settled", region.occurs == Occurs::kPossible);
    if (more) {
      more();
    } else if (region.witness) {
      WriteCase(json, WordsOf(comparison), region.witness->facts);
      json.attributeObject("options", [&] {
        for (const OptionText& option : OptionsOfCase(comparison, region))
          WriteText(json, option.option, option.alternatives.front());
      });
    }
  });
}

void WriteDifference(llvm::json::OStream& json, const Comparison& comparison, const Difference& difference) {
  WriteText(json, "name", difference.name);
  WriteText(json, "verdict", difference.is_checked ? VerdictName(difference.verdict) : "not_settled");
  json.attribute("proved", difference.IsProved());
  json.attributeArray("regions", [&] {
    for (const Region& region : difference.regions) WriteRegion(json, comparison, difference, region, nullptr);
  });
}

}  // namespace

bool AreEqual(const compare::Comparisons& comparisons) {
  return comparisons.only[0].empty() && comparisons.only[1].empty() && comparisons.of_other_type.empty() &&
         llvm::all_of(comparisons.decisions, [](const Comparison& one) {
           return one.decision.verdict == Verdict::kIdentical && one.decision.IsProved();
         });
}

std::string DiffText(const compare::Comparisons& comparisons, const DiffShown& shown, const Style& style) {
  std::size_t width = 0;
  for (const Comparison& one : comparisons.decisions) width = std::max(width, Columns(one.decision.name));
  std::string text;
  for (const Comparison& one : comparisons.decisions) {
    text += style.Paint(Ink::kStrong, Padded(one.decision.name, width)) + "   " + VerdictText(one, one.decision) + "\n";
    text += RegionsText(one, one.decision, SaidOfRegions(one, one.decision, shown.limit), style);
  }
  text += TermsText(comparisons, shown.terms, style);
  for (const std::string& name : comparisons.of_other_type)
    text += fmt::format("{}   not compared: the two decide it by different types\n", Padded(name, width));
  for (std::size_t side = 0; side < 2; ++side) {
    for (const std::string& name : comparisons.only[side])
      text += fmt::format("{}   only {} decides this\n", Padded(name, width),
                          comparisons.decisions.front().sides[side].name);
  }
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

std::string DiffJson(const compare::Comparisons& comparisons, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attribute("equal", AreEqual(comparisons));
      WriteText(json, "a", comparisons.decisions.front().sides[0].name);
      WriteText(json, "b", comparisons.decisions.front().sides[1].name);
      json.attributeArray("decisions", [&] {
        for (const Comparison& one : comparisons.decisions)
          json.object([&] { WriteDifference(json, one, one.decision); });
      });
      json.attributeArray("terms", [&] {
        for (const Comparison& one : comparisons.decisions) {
          for (const Difference& term : one.terms) {
            json.object([&] {
              if (term.regions.empty()) return WriteText(json, "name", term.name);
              WriteDifference(json, one, term);
            });
          }
        }
      });
      std::vector<std::string> through_others;
      for (const Comparison& one : comparisons.decisions) llvm::append_range(through_others, one.through_others);
      WriteTexts(json, "through_others", through_others);
      WriteTexts(json, "other_type", comparisons.of_other_type);
      WriteTexts(json, "only_a", comparisons.only[0]);
      WriteTexts(json, "only_b", comparisons.only[1]);
      WriteDiagnostics(json, diagnostics);
    });
  });
}

std::string RegionsText(const Comparison& comparison, const Difference& difference, std::size_t limit,
                        const Style& style, MoreOfRegion more) {
  std::string text;
  std::string last;
  const std::size_t shown = std::min(limit, difference.regions.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const Region& region = difference.regions[i];
    const std::string change = ChangeText(comparison, difference, region);
    text += change == last ? "\n" : "\n  " + style.Paint(Ink::kStrong, change) + "\n";
    text += SaidOfRegion(comparison, difference, region) + more(i);
    last = change;
  }
  const std::size_t left = difference.regions.size() - shown;
  if (left > 0) text += fmt::format("\n  {} more, not shown (--format json)\n", Counted(left, "region"));
  return text;
}

void WriteRegions(llvm::json::OStream& json, const Comparison& comparison, const Difference& difference,
                  llvm::function_ref<void(std::size_t)> more) {
  json.attributeArray("regions", [&] {
    for (std::size_t i = 0; i < difference.regions.size(); ++i)
      WriteRegion(json, comparison, difference, difference.regions[i], [&] { more(i); });
  });
}

}  // namespace proviso::report
