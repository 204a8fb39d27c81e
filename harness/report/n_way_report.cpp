#include "harness/report/n_way_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <set>

#include "harness/report/case_json.h"
#include "harness/report/json.h"
#include "harness/report/lines.h"
#include "harness/report/region_text.h"
#include "harness/report/space_text.h"
#include "harness/report/witness_text.h"

namespace proviso::report {
namespace {

using compare::Part;
using compare::Parting;
using compare::Piece;
using Occurs = lower::Occurrence::Verdict;

std::string OutcomeText(const Parting& parting, const Part& part, std::size_t draft) {
  return LeafText(*parting.lowered.space, parting.type, part.outcomes[draft]);
}

/// The baseline, then the others.
std::vector<std::size_t> OrderOf(const NWayRun& run) {
  std::vector<std::size_t> order = {run.baseline};
  for (std::size_t i = 0; i < run.sides.size(); ++i) {
    if (i != run.baseline) order.push_back(i);
  }
  return order;
}

/// By the outcomes in the order of the columns, of ordered ones the strongest first.
std::vector<const Part*> Sorted(const NWayRun& run, const Parting& parting) {
  std::vector<const Part*> parts;
  for (const Part& part : parting.parts) parts.push_back(&part);
  const std::vector<std::size_t> order = OrderOf(run);
  std::ranges::stable_sort(parts, [&](const Part* one, const Part* other) {
    for (const std::size_t draft : order) {
      const evaluate::NodeId mine = one->outcomes[draft];
      const evaluate::NodeId theirs = other->outcomes[draft];
      if (mine != theirs) return parting.lowered.space->LeafOf(theirs) < parting.lowered.space->LeafOf(mine);
    }
    return false;
  });
  return parts;
}

/// Whether drafts have options of the name that are not one.
bool IsOfSeveral(const Parting& parting, const std::string& name) {
  std::set<evaluate::VariableId> of_name;
  for (const lower::LoweredDraft& draft : parting.lowered.drafts) {
    const auto option = draft.draft->FindOption(name);
    if (option && draft.options[option->Index()].IsValid()) of_name.insert(draft.options[option->Index()]);
  }
  return of_name.size() > 1;
}

/// In the case, the alternatives of the options that the part itself, not only a term, turns on.
std::string OptionsText(const NWayRun& run, const Parting& parting, const Part& part) {
  const std::vector<evaluate::VariableId> support = parting.lowered.space->graph.Support(part.condition);
  std::set<evaluate::VariableId> named;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < parting.lowered.drafts.size(); ++i) {
    const lower::LoweredDraft& draft = parting.lowered.drafts[i];
    for (std::size_t option = 0; option < draft.options.size(); ++option) {
      const evaluate::VariableId variable = draft.options[option];
      if (!variable.IsValid() || !llvm::is_contained(support, variable) || !named.insert(variable).second) continue;
      const check::Option& of_draft = draft.draft->options[check::OptionId(option)];
      const std::string side = IsOfSeveral(parting, of_draft.name) ? run.sides[i].name + "." : "";
      texts.push_back(
          fmt::format("{}{} is {}", side, of_draft.name, of_draft.alternatives[part.witness->options[i][option]].name));
    }
  }
  return fmt::format("{}", fmt::join(texts, ", "));
}

SaidOf WordsFor(const NWayRun& run, const Parting& parting) {
  SaidOf of{parting.lowered, parting.variables, {}};
  for (const compare::Side& side : run.sides) of.names.push_back(side.name);
  return of;
}

/// `of what is free in before`; empty where it is of all cases.
std::string WithinText(const NWayRun& run, const Parting& parting, const Part& part, const Piece& piece) {
  if (piece.within >= run.sides.size()) return "";
  return fmt::format("of what is {} in {}", OutcomeText(parting, part, piece.within), run.sides[piece.within].name);
}

std::string WhenText(const NWayRun& run, const Parting& parting, const Part& part, const Piece& piece) {
  if (piece.within == Piece::kPart) {
    return (part.pieces.size() > 1 ? "elsewhere" : "all cases of these outcomes") +
           DifferingText(*parting.lowered.space, piece.differing, "all");
  }
  const std::string within = WithinText(run, parting, part, piece);
  const std::string text = fmt::format("{}", fmt::join(ConditionTexts(WordsFor(run, parting), piece.product), "; "));
  return within.empty() ? (text.empty() ? "always" : text) : within + ": " + (text.empty() ? "all" : text);
}

/// What is said of a part but for its outcomes.
std::string SaidOfPart(const NWayRun& run, const Parting& parting, const Part& part, const Style& style) {
  std::string text;
  for (const Piece& piece : part.pieces) {
    text +=
        Wrapped(&piece == &part.pieces.front() ? "    when   " : "    or     ", WhenText(run, parting, part, piece));
    const std::string under = UnderText(OptionTexts(WordsFor(run, parting), piece.product));
    if (!under.empty()) text += Wrapped("    under  ", under);
    if (piece.cases) text += fmt::format("    cases  {}\n", CountText(*piece.cases));
  }
  if (part.cases && llvm::any_of(part.pieces, [](const Piece& piece) { return !piece.cases; }))
    text += fmt::format("    cases  {} in all\n", CountText(*part.cases));
  if (!part.witness) return text + "    not settled: no case was found, nor a proof that there is none\n";
  const std::string options = OptionsText(run, parting, part);
  return text +
         style.Paint(Ink::kFaint, Wrapped("    e.g.   ", WitnessText(parting.lowered.space->Words(), *part.witness) +
                                                             (options.empty() ? "" : "; where " + options)));
}

std::string VerdictText(const Parting& parting) {
  if (!parting.is_checked) return "not settled: the graph ran out of room (--max-nodes)";
  if (parting.parts.empty()) return "alike in all (proved)";
  const std::size_t open = parting.NotSettled();
  return fmt::format("not alike in {}; alike everywhere else (proved){}", Counted(parting.parts.size(), "part"),
                     open == 0 ? "" : fmt::format("; whether {} of them can be is not settled", open));
}

std::string PartsText(const NWayRun& run, const Parting& parting, std::size_t limit, const Style& style) {
  const std::vector<const Part*> parts = Sorted(run, parting);
  const std::vector<std::size_t> order = OrderOf(run);
  std::vector<std::vector<std::string>> rows = {{}};
  for (const std::size_t draft : order) rows.front().push_back(run.sides[draft].name);
  for (std::size_t i = 0; i < std::min(limit, parts.size()); ++i) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::size_t draft : order) {
      const bool is_same = draft != run.baseline && parts[i]->outcomes[draft] == parts[i]->outcomes[run.baseline];
      row.push_back(is_same ? "=" : OutcomeText(parting, *parts[i], draft));
    }
  }
  std::vector<std::size_t> widths(order.size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Columns(row[i]));
  }
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string line = " ";
    for (std::size_t column = 0; column < widths.size(); ++column)
      line += " " + Padded(rows[i][column], widths[column] + 2);
    line.erase(line.find_last_not_of(' ') + 1);
    text += (i == 0 ? style.Paint(Ink::kStrong, line) : line) + "\n";
    if (i == 0) continue;
    text += SaidOfPart(run, parting, *parts[i - 1], style);
  }
  if (parts.size() > limit)
    text += fmt::format("  {} more, not shown (--format json)\n", Counted(parts.size() - limit, "part"));
  return text;
}

void WriteByDraft(llvm::json::OStream& json, llvm::StringRef key, const NWayRun& run,
                  llvm::function_ref<void(std::size_t)> write) {
  json.attributeObject(key, [&] {
    for (std::size_t i = 0; i < run.sides.size(); ++i) {
      json.attributeBegin(run.sides[i].name);
      write(i);
      json.attributeEnd();
    }
  });
}

void WriteCases(llvm::json::OStream& json, const std::optional<Exact>& cases) {
  if (cases) {
    WriteText(json, "cases", cases->ToPlainText());
  } else {
    json.attribute("cases", nullptr);
  }
}

void WriteRegions(llvm::json::OStream& json, const NWayRun& run, const Parting& parting, const Part& part) {
  json.attributeArray("regions", [&] {
    for (const Piece& piece : part.pieces) {
      json.object([&] {
        const SaidOf of = WordsFor(run, parting);
        json.attributeArray("option_sets", [&] {
          json.object([&] {
            for (const OptionText& option : OptionTexts(of, piece.product))
              WriteTexts(json, option.option, option.alternatives);
          });
        });
        WriteText(json, "within", piece.within == Piece::kAll ? "all" : piece.within == Piece::kPart ? "part" : "of");
        if (const std::string within = WithinText(run, parting, part, piece); !within.empty())
          WriteText(json, "of", within);
        WriteText(json, "when", fmt::format("{}", fmt::join(ConditionTexts(of, piece.product), "; ")));
        WriteCases(json, piece.cases);
      });
    }
  });
}

void WritePart(llvm::json::OStream& json, const NWayRun& run, const Parting& parting, const Part& part) {
  json.object([&] {
    WriteByDraft(json, "outcomes", run, [&](std::size_t i) { json.value(OutcomeText(parting, part, i)); });
    WriteRegions(json, run, parting, part);
    WriteCases(json, part.cases);
    json.attribute("settled", part.occurs == Occurs::kPossible);
    if (!part.witness) return;
    WriteByDraft(json, "options", run, [&](std::size_t i) {
      const check::CheckedDraft& draft = *run.sides[i].draft;
      json.object([&] {
        for (std::size_t option = 0; option < draft.options.size(); ++option) {
          const check::Option& of_draft = draft.options[check::OptionId(option)];
          if (!of_draft.settled)
            WriteText(json, of_draft.name, of_draft.alternatives[part.witness->options[i][option]].name);
        }
      });
    });
    WriteCase(json, parting.lowered.space->Words(), part.witness->facts);
  });
}

}  // namespace

bool AreAlike(const NWayRun& run) {
  return llvm::all_of(run.decisions,
                      [](const Parting& parting) { return parting.is_checked && parting.parts.empty(); });
}

std::string NWayText(const NWayRun& run, std::size_t limit, const Style& style) {
  std::string text;
  bool was_short = true;
  for (const Parting& parting : run.decisions) {
    const bool is_short = parting.parts.empty() || !parting.is_checked;
    if (!text.empty() && !(was_short && is_short)) text += "\n";
    text += style.Paint(Ink::kStrong, parting.decision) + "   " + VerdictText(parting) + "\n";
    if (!is_short) text += PartsText(run, parting, limit, style);
    was_short = is_short;
  }
  return text;
}

std::string NWayJson(const NWayRun& run, const std::string& diagnostics) {
  return JsonText([&](llvm::json::OStream& json) {
    json.object([&] {
      json.attributeArray("drafts", [&] {
        for (const compare::Side& side : run.sides) json.value(side.name);
      });
      WriteText(json, "baseline", run.sides[run.baseline].name);
      json.attributeArray("decisions", [&] {
        for (const Parting& parting : run.decisions) {
          json.object([&] {
            WriteText(json, "decision", parting.decision);
            json.attribute("proved", parting.is_checked && parting.NotSettled() == 0);
            json.attributeArray("parts", [&] {
              for (const Part* const part : Sorted(run, parting)) WritePart(json, run, parting, *part);
            });
          });
        }
      });
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
