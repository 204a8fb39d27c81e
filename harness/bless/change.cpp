#include "harness/bless/change.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>

#include <map>
#include <optional>
#include <utility>

#include "compiler/reference/option_sets.h"
#include "harness/bless/clause_editor.h"
#include "harness/bless/option_products.h"
#include "harness/scenario/expectations.h"
#include "harness/scenario/write_suite.h"
#include "harness/scenario/yaml.h"
#include "harness/test/case_answers.h"
#include "harness/test/compare.h"

namespace proviso::bless {
namespace {

using scenario::Clause;
using scenario::DecisionExpectation;
using scenario::YamlDocument;
using scenario::YamlId;

/// What each of the clause's decisions is now: nothing where it is as expected.
using Now = std::vector<std::optional<std::string>>;

struct Group {
  Now now;
  std::vector<std::size_t> option_sets;
};

/// Works out one clause's change.
class ClauseChange {
 public:
  ClauseChange(const load::LoadedDraft& draft, const Clause& clause, const Case& facts)
      : draft_(draft), clause_(clause), facts_(facts), answers_(draft.draft, facts) {}

  /// Fills in what is replaced, the edits, or the refusal.
  void Make(std::string_view text, const YamlDocument& document, YamlId of_draft, std::size_t index, Change& change) {
    if (!FindGroups(change)) return;
    DescribeAll(change);
    ClauseEditor editor(text, document, of_draft, index);
    const Group& first = groups_.front();
    if (!MakeFirst(editor, first, change)) return;
    for (std::size_t i = 0; i < groups_.size(); ++i) AddClauses(editor, groups_[i], i == 0);
    std::optional<std::vector<Edit>> edits = editor.Finish();
    if (edits) change.edits = std::move(*edits);
    if (!edits) change.refusal = "it is laid out in a way that is not edited";
  }

 private:
  [[nodiscard]] const check::CheckedDraft& Checked() const { return *draft_.draft; }
  [[nodiscard]] const check::OptionSet& OptionSet(std::size_t set) const { return draft_.option_sets[set]; }

  /// As expected first, then by what they are now.
  bool FindGroups(Change& change) {
    std::map<Now, std::vector<std::size_t>> by_now;
    for (const std::size_t set : clause_.option_sets) {
      Now now;
      for (const DecisionExpectation& expected : clause_.decisions) {
        const reference::Outcome& outcome = answers_.Of(expected.decision, OptionSet(set));
        if (outcome.error) {
          change.refusal = "there is no outcome: " + outcome.error->message;
          return false;
        }
        const bool holds = !test::Compare(Checked(), facts_, expected, outcome);
        now.push_back(holds ? std::nullopt : std::optional(ValueText(expected.decision, outcome)));
      }
      by_now[std::move(now)].push_back(set);
    }
    for (auto& [now, option_sets] : by_now) groups_.push_back({now, std::move(option_sets)});
    return true;
  }

  [[nodiscard]] std::string ValueText(check::DecisionId decision, const reference::Outcome& outcome) const {
    if (!outcome.determined) return "undetermined";
    return scenario::SuiteValueText(*Checked().vocabulary, Checked().decisions[decision].type, outcome.value());
  }

  void DescribeAll(Change& change) {
    for (const Group& group : groups_) {
      for (std::size_t i = 0; i < group.now.size(); ++i) {
        if (!group.now[i]) continue;
        const DecisionExpectation& expected = clause_.decisions[i];
        const auto mismatch = test::Compare(Checked(), facts_, expected,
                                            answers_.Of(expected.decision, OptionSet(group.option_sets.front())));
        change.replaced.push_back(
            {Where(group), Checked().decisions[expected.decision].name, mismatch->expected, mismatch->got});
      }
    }
  }

  /// Which of the clause's option sets, in words; empty where it is all of them.
  [[nodiscard]] std::string Where(const Group& group) const {
    if (groups_.size() == 1) return "";
    std::vector<check::OptionSet> some;
    for (const std::size_t set : group.option_sets) some.push_back(OptionSet(set));
    return reference::DescribeOptionSets(Checked(), draft_.option_sets, some);
  }

  /// The clause itself comes to speak of the first group, or of its first product.
  bool MakeFirst(ClauseEditor& editor, const Group& group, Change& change) {
    for (std::size_t i = 0; i < group.now.size(); ++i) {
      if (group.now[i]) editor.Set(Checked().decisions[clause_.decisions[i].decision].name, *group.now[i]);
    }
    if (groups_.size() > 1) {
      editor.Set("under", scenario::UnderText(Checked(), ProductsOf(draft_, group.option_sets).front()));
    }
    return MakeUndetermined(editor, group, change) && MakeBecause(editor, group, change);
  }

  /// `needs` and `possible` hold for all undetermined decisions of a clause; they are put right where there is one.
  bool MakeUndetermined(ClauseEditor& editor, const Group& group, Change& change) {
    const bool has_any = editor.Has("needs") || editor.Has("possible");
    if (!has_any || llvm::none_of(group.now, [](const auto& now) { return now.has_value(); })) return true;
    if (clause_.decisions.size() > 1) {
      change.refusal = "`needs` and `possible` of several decisions are put right by hand";
      return false;
    }
    const DecisionExpectation& expected = clause_.decisions.front();
    const reference::Outcome& outcome = answers_.Of(expected.decision, OptionSet(group.option_sets.front()));
    if (editor.Has("possible")) SetOrRemove(editor, "possible", PossibleTexts(expected, outcome));
    if (!editor.Has("needs")) return true;
    const std::vector<std::string> needs = NeedsThatHold(expected, outcome);
    if (needs.size() == expected.needs.size()) return true;
    SetOrRemove(editor, "needs", needs);
    change.replaced.push_back({Where(group), "needs", llvm::join(expected.needs, ", "),
                               needs.empty() ? "not said any more" : llvm::join(needs, ", ")});
    return true;
  }

  [[nodiscard]] std::vector<std::string> PossibleTexts(const DecisionExpectation& expected,
                                                       const reference::Outcome& outcome) const {
    std::vector<std::string> texts;
    if (outcome.determined) return texts;
    for (const Value& value : outcome.possible) {
      const Type& type = Checked().decisions[expected.decision].type;
      texts.push_back(scenario::SuiteValueText(*Checked().vocabulary, type, value));
    }
    return texts;
  }

  [[nodiscard]] std::vector<std::string> NeedsThatHold(const DecisionExpectation& expected,
                                                       const reference::Outcome& outcome) const {
    std::vector<std::string> texts;
    if (outcome.determined) return texts;
    for (const std::string& need : expected.needs) {
      DecisionExpectation alone;
      alone.decision = expected.decision;
      alone.needs = {need};
      if (!test::Compare(Checked(), facts_, alone, outcome)) texts.push_back(scenario::YamlText(need));
    }
    return texts;
  }

  static void SetOrRemove(ClauseEditor& editor, const std::string& key, const std::vector<std::string>& texts) {
    if (texts.empty()) {
      editor.Remove(key);
    } else {
      editor.Set(key, "[" + llvm::join(texts, ", ") + "]");
    }
  }

  /// What still decides stays; else what now decides takes its place.
  bool MakeBecause(ClauseEditor& editor, const Group& group, Change& change) {
    std::vector<std::string> kept;
    for (const Citation& cite : clause_.because) {
      if (DecidesEverywhere(cite, group)) kept.push_back(cite.text);
    }
    if (kept.size() == clause_.because.size()) return true;
    std::vector<std::string> before;
    for (const Citation& cite : clause_.because) before.push_back(cite.text);
    if (kept.empty()) kept = Deciding(group);
    if (kept.empty()) {
      change.refusal = "no paragraph decides, and `because` asks for one";
      return false;
    }
    change.replaced.push_back({Where(group), "because", llvm::join(before, ", "), llvm::join(kept, ", ")});
    for (std::string& text : kept) text = CiteText(text);
    editor.Set("because", "[" + llvm::join(kept, ", ") + "]");
    return true;
  }

  [[nodiscard]] bool DecidesEverywhere(const Citation& cite, const Group& group) {
    Clause alone = clause_;
    alone.because = {cite};
    return llvm::none_of(group.option_sets, [&](std::size_t set) {
      return test::CompareBecause(Checked(), alone, OptionSet(set), answers_).has_value();
    });
  }

  /// The paragraphs that decide under each of the group's option sets.
  [[nodiscard]] std::vector<std::string> Deciding(const Group& group) {
    std::vector<std::string> texts;
    for (const DecisionExpectation& expected : clause_.decisions) {
      for (const check::RuleId rule : answers_.Of(expected.decision, OptionSet(group.option_sets.front())).deciding) {
        for (const Citation& cite : scenario::ParagraphsOf(Checked(), rule)) {
          if (!llvm::is_contained(texts, cite.text) && DecidesEverywhere(cite, group)) texts.push_back(cite.text);
        }
      }
    }
    return texts;
  }

  /// A citation needs no quotes but where it has signs of YAML's.
  static std::string CiteText(const std::string& text) {
    return llvm::StringRef(text).find_first_of(",[]{}:#\"'") == llvm::StringRef::npos ? text : "\"" + text + "\"";
  }

  /// Clauses for the group's products; the clause itself has the very first.
  void AddClauses(ClauseEditor& editor, const Group& group, bool is_first) const {
    const std::vector<lower::OptionProduct> products = ProductsOf(draft_, group.option_sets);
    for (std::size_t i = is_first ? 1 : 0; i < products.size() && groups_.size() > 1; ++i) {
      Entries entries = {{"under", scenario::UnderText(Checked(), products[i])}};
      for (std::size_t d = 0; d < clause_.decisions.size(); ++d) {
        const DecisionExpectation& expected = clause_.decisions[d];
        const check::Decision& decision = Checked().decisions[expected.decision];
        const std::string as_before =
            expected.outcome ? scenario::SuiteValueText(*Checked().vocabulary, decision.type, *expected.outcome)
                             : "undetermined";
        entries.emplace_back(decision.name, group.now[d].value_or(as_before));
      }
      editor.AddClause(entries);
    }
  }

  const load::LoadedDraft& draft_;
  const Clause& clause_;
  const Case& facts_;
  test::CaseAnswers answers_;
  std::vector<Group> groups_;
};

/// As a cell of CSV.
std::string CellText(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

class ChangeFinder {
 public:
  ChangeFinder(load::Workspace& workspace, const scenario::Suite& suite, const test::SuiteResult& result)
      : workspace_(workspace), suite_(suite), result_(result) {}

  std::vector<Change> Find() {
    for (const test::TestedCase& tested : result_.cases) {
      if (tested.failures == 0) continue;
      if (tested.total) {
        AddTotals(tested);
      } else {
        AddScenario(tested);
      }
    }
    return std::move(changes_);
  }

 private:
  void AddTotals(const test::TestedCase& tested) {
    for (std::size_t i = 0; i < tested.failures; ++i) {
      const test::Failure& failure = result_.failures[tested.first_failure + i];
      Change change = NewChange("totals", failure.draft, failure.span);
      change.failures = {tested.first_failure + i};
      change.replaced.push_back({"", failure.decision, failure.expected, failure.got});
      change.refusal = "totals speak of many rows, which are to be looked at";
      changes_.push_back(std::move(change));
    }
  }

  void AddScenario(const test::TestedCase& tested) {
    const scenario::Scenario& scenario = suite_.scenarios[tested.scenario];
    for (std::size_t e = 0; e < scenario.expectations.size(); ++e) {
      const scenario::DraftExpectation& expectation = scenario.expectations[e];
      for (std::size_t c = 0; c < expectation.clauses.size(); ++c) {
        const std::vector<std::size_t> failures = FailuresOf(tested, expectation.draft, expectation.clauses[c]);
        if (failures.empty()) continue;
        Change change = NewChange(scenario.name, expectation.draft, result_.failures[failures.front()].span);
        change.failures = failures;
        if (tested.scenario >= suite_.first_row) {
          MakeCell(scenario, expectation, c, change);
        } else {
          MakeClause(tested.scenario, e, c, change);
        }
        changes_.push_back(std::move(change));
      }
    }
  }

  [[nodiscard]] Change NewChange(const std::string& scenario, std::size_t draft, const Span& span) const {
    return {scenario, suite_.drafts[draft]->draft->name, span, {}, {}, {}, {}};
  }

  /// Those whose place is one of the clause's.
  [[nodiscard]] std::vector<std::size_t> FailuresOf(const test::TestedCase& tested, std::size_t draft,
                                                    const Clause& clause) const {
    std::vector<std::size_t> failures;
    for (std::size_t i = tested.first_failure; i < tested.first_failure + tested.failures; ++i) {
      const test::Failure& failure = result_.failures[i];
      const bool is_here =
          failure.decision == "because"
              ? failure.span == clause.because_span
              : llvm::any_of(clause.decisions, [&](const auto& one) { return one.span == failure.span; });
      if (failure.draft == draft && is_here) failures.push_back(i);
    }
    return failures;
  }

  void MakeClause(std::size_t scenario, std::size_t expectation, std::size_t clause, Change& change) {
    const YamlDocument* const document = Document(change.span.file);
    if (document == nullptr) return;
    const auto& scenarios = (*document)[document->Find(document->Root(), "scenarios")->value];
    const auto& mapping = (*document)[scenarios.items[scenario]];
    const auto& expect = (*document)[document->Find(mapping, "expect")->value];
    const scenario::DraftExpectation& of_draft = suite_.scenarios[scenario].expectations[expectation];
    ClauseChange(*suite_.drafts[of_draft.draft], of_draft.clauses[clause], suite_.scenarios[scenario].facts)
        .Make(workspace_.Files()[change.span.file].text, *document, expect.entries[expectation].value, clause, change);
  }

  void MakeCell(const scenario::Scenario& scenario, const scenario::DraftExpectation& expectation, std::size_t index,
                Change& change) {
    const load::LoadedDraft& draft = *suite_.drafts[expectation.draft];
    const Clause& clause = expectation.clauses[index];
    const DecisionExpectation& expected = clause.decisions.front();
    test::CaseAnswers answers(draft.draft, scenario.facts);
    const reference::Outcome& first = answers.Of(expected.decision, draft.option_sets[clause.option_sets.front()]);
    for (const std::size_t failure : change.failures) {
      change.replaced.push_back({"", result_.failures[failure].decision, expected.text, result_.failures[failure].got});
    }
    const bool is_one = llvm::all_of(clause.option_sets, [&](std::size_t set) {
      return answers.Of(expected.decision, draft.option_sets[set]).SameAnswer(first);
    });
    if (!is_one || first.error) {
      change.refusal = is_one ? "there is no outcome: " + first.error->message
                              : "its option sets now differ, and a cell has one outcome";
      return;
    }
    const Type& type = draft.draft->decisions[expected.decision].type;
    const std::string text =
        first.determined ? scenario::SuiteValueText(*draft.draft->vocabulary, type, first.value()) : "undetermined";
    change.edits.push_back({change.span.begin, change.span.end, CellText(text)});
  }

  /// Read once more for the places of its parts; the suite was read from it without errors.
  const YamlDocument* Document(FileId file) {
    if (!document_) document_ = scenario::ReadYaml(workspace_.Files(), file, workspace_.Sink());
    return document_ ? &*document_ : nullptr;
  }

  load::Workspace& workspace_;
  const scenario::Suite& suite_;
  const test::SuiteResult& result_;
  std::optional<YamlDocument> document_;
  std::vector<Change> changes_;
};

}  // namespace

std::vector<Change> FindChanges(load::Workspace& workspace, const scenario::Suite& suite,
                                const test::SuiteResult& result) {
  return ChangeFinder(workspace, suite, result).Find();
}

}  // namespace proviso::bless
