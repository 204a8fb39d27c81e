#include "compiler/lower/describe_witness.h"
#include "harness/report/explanation_json.h"
#include "harness/report/json.h"
#include "harness/report/run_report.h"

namespace proviso::report {
namespace {

using llvm::json::OStream;
using reference::MissingFact;
using reference::Outcome;

void WriteFacts(OStream& json, llvm::StringRef key, const CaseRun& run, const std::vector<MissingFact>& facts) {
  json.attributeArray(key, [&] {
    for (const MissingFact& one : facts) {
      const Fact& fact = run.draft->vocabulary->facts[one.fact];
      json.object([&] {
        WriteText(json, "path", FactPath(*run.facts, *run.draft->vocabulary, one.instance, one.fact));
        WriteText(json, "description", fact.description);
        WriteCites(json, fact.cites);
        const FactState& state = run.facts->State(*run.draft->vocabulary, one.instance, one.fact);
        if (state.value) WriteText(json, "value", ValueToText(*run.draft->vocabulary, fact.type, *state.value));
      });
    }
  });
}

/// Which option sets a group is: each object an option to the alternatives it may have, others any.
void WriteProducts(OStream& json, const CaseRun& run, const AnswerGroup& group) {
  json.attributeArray("where_options", [&] {
    for (const lower::OptionProduct& product : group.where_products) {
      json.object([&] {
        for (std::size_t i = 0; i < product.size(); ++i) {
          const check::Option& option = run.draft->options[check::OptionId(i)];
          std::vector<std::string> names;
          for (const std::uint32_t alternative : product[i]) names.push_back(option.alternatives[alternative].name);
          if (!names.empty()) WriteTexts(json, option.name, names);
        }
      });
    }
  });
}

void WriteExample(OStream& json, const CaseRun& run, const check::OptionSet& set) {
  json.attributeObject("example", [&] {
    for (std::size_t i = 0; i < set.size(); ++i) {
      const check::Option& option = run.draft->options[check::OptionId(i)];
      WriteText(json, option.name, option.alternatives[set[i]].name);
    }
  });
}

void WriteCompletions(OStream& json, const CaseRun& run, const CaseRun::Decision& decision, const AnswerGroup& group) {
  const Type& type = run.draft->decisions[decision.id].type;
  json.attributeArray("completions", [&] {
    for (const auto& [value, completion] : group.completions) {
      json.object([&] {
        WriteText(json, "outcome", ValueToText(*run.draft->vocabulary, type, value));
        json.attributeObject("facts", [&] {
          for (const auto& [path, text] : lower::WitnessFacts(*run.draft, completion.facts))
            WriteText(json, path, text);
        });
        json.attributeObject("options", [&] {
          for (const auto& [option, name] : lower::WitnessOptions(*run.draft, completion))
            WriteText(json, option, name);
        });
      });
    }
  });
}

void WriteAnswer(OStream& json, const CaseRun& run, const CaseRun::Decision& decision, const AnswerGroup& group) {
  const Outcome& outcome = group.outcome;
  json.object([&] {
    WriteText(json, "outcome", AnswerText(run, decision, outcome));
    json.attribute("determined", outcome.determined && !outcome.error);
    if (!outcome.determined && !outcome.possible.empty())
      WriteTexts(json, "possible", PossibleTexts(run, decision, outcome));
    json.attribute("settled", group.is_settled);
    if (!outcome.determined && !outcome.error) WriteCompletions(json, run, decision, group);
    if (outcome.error) WriteText(json, "error", outcome.error->message);
    WriteText(json, "where", group.where);
    WriteProducts(json, run, group);
    WriteText(json, "option_sets", group.option_sets.ToPlainText());
    WriteExample(json, run, group.example);
    WriteCites(json, DecidingCites(run, outcome));
    WriteFacts(json, "missing", run, outcome.missing);
    WriteFacts(json, "assumed", run, outcome.assumed);
  });
}

void WriteDecisions(OStream& json, const CaseRun& run) {
  json.attributeArray("decisions", [&] {
    for (const CaseRun::Decision& decision : run.decisions) {
      json.object([&] {
        WriteText(json, "decision", run.draft->decisions[decision.id].name);
        json.attributeArray("answers", [&] {
          for (const AnswerGroup& group : decision.groups) WriteAnswer(json, run, decision, group);
        });
      });
    }
  });
}

void WriteExplained(OStream& json, const std::vector<ExplainedGroup>& explained, const source::SourceFiles& files) {
  json.attributeArray("explanations", [&] {
    for (const ExplainedGroup& one : explained) {
      json.object([&] {
        WriteText(json, "where", one.group.where);
        json.attributeArray("decisions", [&] {
          for (const auto& decision : one.decisions) WriteExplanation(json, decision.explanation, files);
        });
      });
    }
  });
}

}  // namespace

std::string RunJson(const CaseRun& run, const std::vector<ExplainedGroup>& explained,
                    const std::vector<WhatIfGroup>& what_if, const source::SourceFiles& files,
                    const std::string& diagnostics) {
  return JsonText([&](OStream& json) {
    json.object([&] {
      WriteText(json, "draft", run.draft->name);
      WriteText(json, "option_sets", run.option_sets.ToPlainText());
      WriteDecisions(json, run);
      if (!explained.empty()) WriteExplained(json, explained, files);
      if (!what_if.empty()) WriteWhatIf(json, run, what_if, files);
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
