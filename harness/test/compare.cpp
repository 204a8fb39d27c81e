#include "harness/test/compare.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/scenario/expectations.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace proviso::test {
namespace {

using check::CheckedDraft;
using check::DecisionId;
using reference::Outcome;

std::string ValuesText(const CheckedDraft& draft, DecisionId decision, const std::vector<Value>& values) {
  std::vector<std::string> texts;
  for (const Value& value : values) {
    texts.push_back(ValueToText(*draft.vocabulary, draft.decisions[decision].type, value));
  }
  return llvm::join(texts, " or ");
}

std::string UndeterminedText(const CheckedDraft& draft, DecisionId decision, const std::vector<Value>& possible) {
  return possible.empty() ? "undetermined" : "undetermined, " + ValuesText(draft, decision, possible);
}

/// `target.holders[0].holder` as `target.holders.holder`.
std::string WithoutElements(llvm::StringRef path) {
  std::string text;
  while (!path.empty()) {
    const auto [before, rest] = path.split('[');
    text += before;
    path = rest.split(']').second;
  }
  return text;
}

std::optional<Mismatch> CompareNeeds(const CheckedDraft& draft, const Case& facts,
                                     const scenario::DecisionExpectation& expected, const Outcome& outcome) {
  std::vector<std::string> missing;
  for (const reference::MissingFact& fact : outcome.missing) {
    missing.push_back(FactPath(facts, *draft.vocabulary, fact.instance, fact.fact));
  }
  for (const std::string& need : expected.needs) {
    const bool is_missing =
        llvm::any_of(missing, [&](const std::string& path) { return path == need || WithoutElements(path) == need; });
    if (is_missing) continue;
    const std::string turns_on = missing.empty() ? "no fact" : llvm::join(missing, ", ");
    return Mismatch{fmt::format("undetermined, needs {}", need), fmt::format("undetermined, turns on {}", turns_on)};
  }
  return std::nullopt;
}

}  // namespace

std::string OutcomeText(const CheckedDraft& draft, DecisionId decision, const Outcome& outcome) {
  if (outcome.error) return "no outcome: " + outcome.error->message;
  if (outcome.determined) return ValuesText(draft, decision, outcome.possible);
  return UndeterminedText(draft, decision, outcome.possible);
}

std::optional<Mismatch> Compare(const CheckedDraft& draft, const Case& facts,
                                const scenario::DecisionExpectation& expected, const Outcome& outcome) {
  const bool is_known = !outcome.error && outcome.determined;
  const bool is_same =
      expected.outcome ? is_known && outcome.value() == *expected.outcome : !outcome.error && !outcome.determined;
  const bool is_possible = expected.possible.empty() || outcome.possible == expected.possible;
  if (!is_same || !is_possible) {
    const std::string wanted =
        expected.outcome ? expected.text : UndeterminedText(draft, expected.decision, expected.possible);
    return Mismatch{wanted, OutcomeText(draft, expected.decision, outcome)};
  }
  return CompareNeeds(draft, facts, expected, outcome);
}

std::optional<Mismatch> CompareBecause(const CheckedDraft& draft, const scenario::Clause& clause,
                                       const check::OptionSet& option_set, CaseAnswers& answers) {
  std::vector<Citation> deciding;
  for (const scenario::DecisionExpectation& decision : clause.decisions) {
    for (const check::RuleId rule : answers.Of(decision.decision, option_set).deciding) {
      for (const Citation& cite : scenario::ParagraphsOf(draft, rule)) {
        if (!llvm::is_contained(deciding, cite)) deciding.push_back(cite);
      }
    }
  }
  std::vector<std::string> texts;
  for (const Citation& cite : deciding) texts.push_back(cite.text);
  for (const Citation& cite : clause.because) {
    if (llvm::any_of(deciding, [&](const Citation& one) { return cite.Encloses(one); })) continue;
    return Mismatch{cite.text, texts.empty() ? "no paragraph" : llvm::join(texts, ", ")};
  }
  return std::nullopt;
}

}  // namespace proviso::test
