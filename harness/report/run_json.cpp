#include "harness/report/json.h"
#include "harness/report/run_report.h"

namespace proviso::report {
namespace {

using llvm::json::OStream;
using reference::Explanation;
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

void WriteAnswer(OStream& json, const CaseRun& run, std::size_t decision, const AnswerGroup& group) {
  const Outcome& outcome = run.outcomes[group.option_sets.front()][decision];
  json.object([&] {
    WriteText(json, "outcome", AnswerText(run, decision, outcome));
    json.attribute("determined", outcome.determined && !outcome.error);
    if (!outcome.determined) WriteTexts(json, "possible", PossibleTexts(run, decision, outcome));
    if (outcome.error) WriteText(json, "error", outcome.error->message);
    WriteText(json, "where", group.where);
    json.attributeArray("option_sets", [&] {
      for (const std::size_t set : group.option_sets) json.value(static_cast<std::int64_t>(set));
    });
    WriteCites(json, DecidingCites(run, decision, group));
    WriteFacts(json, "missing", run, MissingFacts(run, decision, group));
    WriteFacts(json, "assumed", run, AssumedFacts(run, decision, group));
  });
}

void WriteDecisions(OStream& json, const CaseRun& run) {
  json.attributeArray("decisions", [&] {
    for (const std::size_t decision : run.shown) {
      json.object([&] {
        WriteText(json, "decision", run.draft->decisions[run.decisions[decision]].name);
        json.attributeArray("answers", [&] {
          for (const AnswerGroup& group : GroupsOfDecision(run, decision)) WriteAnswer(json, run, decision, group);
        });
      });
    }
  });
}

void WriteOptionSets(OStream& json, const CaseRun& run) {
  json.attributeArray("option_sets", [&] {
    for (const check::OptionSet& set : run.option_sets) {
      json.object([&] {
        for (std::size_t i = 0; i < set.size(); ++i) {
          const check::Option& option = run.draft->options[check::OptionId(i)];
          WriteText(json, option.name, option.alternatives[set[i]].name);
        }
      });
    }
  });
}

const char* KindText(Explanation::Kind kind) {
  switch (kind) {
    case Explanation::Kind::kDecision:
      return "decision";
    case Explanation::Kind::kRule:
      return "rule";
    case Explanation::Kind::kException:
      return "exception";
    case Explanation::Kind::kTerm:
      return "term";
    case Explanation::Kind::kCondition:
      return "condition";
    case Explanation::Kind::kFact:
      return "fact";
    case Explanation::Kind::kOption:
      return "option";
  }
  return "";
}

void WriteExplanation(OStream& json, const Explanation& explanation, const source::SourceFiles& files) {
  json.object([&] {
    WriteText(json, "kind", KindText(explanation.kind));
    WriteText(json, "text", explanation.text);
    WriteText(json, "answer", explanation.answer);
    if (!explanation.remark.empty()) WriteText(json, "remark", explanation.remark);
    WriteCites(json, explanation.cites);
    WritePlace(json, files, explanation.span);
    json.attributeArray("parts", [&] {
      for (const Explanation& part : explanation.parts) WriteExplanation(json, part, files);
    });
  });
}

void WriteExplained(OStream& json, const CaseRun& run, const std::vector<ExplainedGroup>& explained,
                    const source::SourceFiles& files) {
  json.attributeArray("explanations", [&] {
    for (const ExplainedGroup& one : explained) {
      json.object([&] {
        WriteText(json, "where", one.group.where);
        json.attributeArray("decisions", [&] {
          for (const std::size_t decision : run.shown) WriteExplanation(json, one.explanations[decision], files);
        });
      });
    }
  });
}

}  // namespace

std::string RunJson(const CaseRun& run, const std::vector<ExplainedGroup>& explained, const source::SourceFiles& files,
                    const std::string& diagnostics) {
  return JsonText([&](OStream& json) {
    json.object([&] {
      WriteText(json, "draft", run.draft->name);
      WriteOptionSets(json, run);
      WriteDecisions(json, run);
      if (!explained.empty()) WriteExplained(json, run, explained, files);
      WriteDiagnostics(json, diagnostics);
    });
  });
}

}  // namespace proviso::report
