#include "harness/scenario/expectations.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/reference/option_sets.h"
#include "harness/scenario/fact_path.h"
#include "llvm/ADT/STLExtras.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using check::CheckedDraft;
using check::DecisionId;
using diagnostics::Kind;

namespace {

constexpr std::string_view kUndetermined = "undetermined";

/// Keys of a clause that are no decisions.
const std::vector<std::string>& ClauseWords() {
  static const std::vector<std::string> kWords = {"under", "needs", "possible", "because"};
  return kWords;
}

bool Agree(const DecisionExpectation& one, const DecisionExpectation& other) {
  if (one.outcome != other.outcome) return false;
  return one.possible.empty() || other.possible.empty() || one.possible == other.possible;
}

std::string Describe(const load::LoadedDraft& draft, const OptionSetIndices& indices) {
  std::vector<check::OptionSet> some;
  for (const std::size_t index : indices) some.push_back(draft.option_sets[index]);
  return reference::DescribeOptionSets(*draft.draft, draft.option_sets, some);
}

std::vector<Citation> AllParagraphs(const CheckedDraft& draft) {
  std::vector<Citation> all;
  for (std::size_t i = 0; i < draft.rules.size(); ++i) {
    const std::vector<Citation>& cites = ParagraphsOf(draft, check::RuleId(i));
    all.insert(all.end(), cites.begin(), cites.end());
  }
  return all;
}

}  // namespace

const std::vector<Citation>& ParagraphsOf(const CheckedDraft& draft, check::RuleId id) {
  const check::Rule& rule = draft.rules[id];
  return rule.cites.empty() ? draft.decisions[rule.decision].cites : rule.cites;
}

std::vector<DraftExpectation> ExpectationReader::ReadExpect(YamlId node) {
  std::vector<DraftExpectation> expectations;
  const YamlNode* mapping = shapes_.Mapping(node, "`expect`");
  if (mapping == nullptr) return expectations;
  if (mapping->entries.empty()) sink_.Report<Kind::kAssertsNothing>(mapping->span, "`expect`");
  for (const YamlEntry& entry : mapping->entries) {
    const std::optional<std::size_t> draft = FindDraft({entry.key, entry.key_span});
    if (!draft) continue;
    DraftExpectation expectation{*draft, {}};
    for (const YamlId clause : ClausesOf(entry.value)) {
      if (auto read = ReadClause(*draft, document_[clause])) expectation.clauses.push_back(std::move(*read));
    }
    CheckAgreement(expectation);
    expectations.push_back(std::move(expectation));
  }
  return expectations;
}

std::optional<std::size_t> ExpectationReader::FindDraft(const PlacedText& name) {
  std::vector<std::string> names;
  for (const load::LoadedDraft* draft : drafts_) names.push_back(draft->draft->name);
  const auto found = llvm::find(names, name.text);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  Suggest(sink_.Report<Kind::kUnknownExpectedDraft>(name.span, Quoted(name.text)), name.text, names);
  return std::nullopt;
}

std::optional<DecisionId> ExpectationReader::FindDecision(std::size_t draft, const PlacedText& name) {
  if (const auto decision = Draft(draft).FindDecision(name.text)) return decision;
  std::vector<std::string> names;
  for (const check::Decision& decision : Draft(draft).decisions) {
    if (!decision.of) names.push_back(decision.name);
  }
  auto& report = sink_.Report<Kind::kUnknownExpectedDecision>(name.span, Quoted(name.text), Quoted(Draft(draft).name));
  if (Nearest(name.text, names).empty() && !Nearest(name.text, ClauseWords()).empty()) names = ClauseWords();
  Suggest(report, name.text, names);
  return std::nullopt;
}

std::vector<YamlId> ExpectationReader::ClausesOf(YamlId node) const {
  const YamlNode& value = document_[node];
  std::vector<YamlId> clauses;
  for (const YamlId clause : value.IsSequence() ? value.items : std::vector{node}) {
    if (shapes_.Mapping(clause, "a clause") != nullptr) clauses.push_back(clause);
  }
  if (value.IsSequence() && value.items.empty()) sink_.Report<Kind::kAssertsNothing>(value.span, "an empty list");
  return clauses;
}

std::optional<OptionSetIndices> ExpectationReader::UnderOf(std::size_t draft, const YamlNode& clause) {
  const YamlEntry* under = document_.Find(clause, "under");
  if (under == nullptr) return AllOptionSets(*drafts_[draft]);
  return under_.FromYaml(*drafts_[draft], document_, under->value);
}

std::optional<Clause> ExpectationReader::ReadClause(std::size_t draft, const YamlNode& mapping) {
  Clause clause;
  clause.span = mapping.span;
  bool has_decision = false;
  for (const YamlEntry& entry : mapping.entries) {
    if (entry.key == "because") ReadBecause(draft, entry, clause);
    if (llvm::is_contained(ClauseWords(), entry.key)) continue;
    has_decision = true;
    if (auto read = ReadDecision(draft, entry)) clause.decisions.push_back(std::move(*read));
  }
  if (!has_decision) sink_.Report<Kind::kAssertsNothing>(mapping.span, "this clause");
  ReadUndetermined(draft, mapping, clause);
  const std::optional<OptionSetIndices> option_sets = UnderOf(draft, mapping);
  if (!option_sets || clause.decisions.empty()) return std::nullopt;
  clause.option_sets = *option_sets;
  return clause;
}

std::optional<DecisionExpectation> ExpectationReader::ReadDecision(std::size_t draft, const YamlEntry& entry) {
  const std::optional<DecisionId> decision = FindDecision(draft, {entry.key, entry.key_span});
  if (!decision) return std::nullopt;
  std::optional<ExpectedOutcome> outcome = ReadOutcome(draft, *decision, entry.value);
  if (!outcome) return std::nullopt;
  const YamlNode& value = document_[entry.value];
  DecisionExpectation read;
  read.decision = *decision;
  read.outcome = std::move(outcome->value);
  read.text = read.outcome ? ValueToText(*Draft(draft).vocabulary, OutcomeType(draft, *decision), *read.outcome)
                           : std::string(kUndetermined);
  read.span = entry.key_span.file == value.span.file && entry.key_span.begin < value.span.end
                  ? Join(entry.key_span, value.span)
                  : entry.key_span;
  return read;
}

std::optional<ExpectedOutcome> ExpectationReader::ReadOutcome(std::size_t draft, DecisionId decision, YamlId node) {
  const YamlNode& value = document_[node];
  if (value.IsScalar()) return OutcomeFromText(draft, decision, {value.text, value.span});
  auto read = ValueReader(*Draft(draft).vocabulary, sink_)
                  .FromYaml(OutcomeType(draft, decision), Draft(draft).decisions[decision].name, document_, node);
  if (!read) return std::nullopt;
  return ExpectedOutcome{std::move(read)};
}

std::optional<ExpectedOutcome> ExpectationReader::OutcomeFromText(std::size_t draft, DecisionId decision,
                                                                  const PlacedText& text) {
  if (text.text == kUndetermined) return ExpectedOutcome{};
  auto value = ValueReader(*Draft(draft).vocabulary, sink_)
                   .FromText(OutcomeType(draft, decision), Draft(draft).decisions[decision].name, text.text, text.span);
  if (!value) return std::nullopt;
  return ExpectedOutcome{std::move(value)};
}

void ExpectationReader::ReadBecause(std::size_t draft, const YamlEntry& entry, Clause& clause) {
  const auto texts = shapes_.Texts(entry.value, "`because`");
  if (!texts) return;
  clause.because_span = entry.key_span;
  const std::vector<Citation> all = AllParagraphs(Draft(draft));
  for (const PlacedText& text : *texts) {
    const Citation cited{text.text};
    clause.because.push_back(cited);
    if (llvm::any_of(all, [&](const Citation& one) { return cited.Encloses(one); })) continue;
    std::vector<std::string> candidates;
    for (const Citation& one : all) candidates.push_back(one.text);
    Suggest(sink_.Report<Kind::kUnknownParagraph>(text.span, Quoted(Draft(draft).name), Quoted(text.text)), text.text,
            candidates);
  }
}

void ExpectationReader::ReadUndetermined(std::size_t draft, const YamlNode& mapping, Clause& clause) {
  const bool has_unread = clause.decisions.empty();  // already reported
  for (const std::string_view word : {"needs", "possible"}) {
    const YamlEntry* entry = document_.Find(mapping, word);
    if (entry == nullptr) continue;
    const bool is_needs = word == "needs";
    const std::vector<std::string> needs = is_needs ? ReadNeeds(draft, entry->value) : std::vector<std::string>();
    bool has_any = has_unread;
    for (DecisionExpectation& decision : clause.decisions) {
      if (decision.outcome) continue;
      has_any = true;
      if (is_needs) decision.needs = needs;
      if (!is_needs) decision.possible = ReadPossible(draft, decision.decision, entry->value);
    }
    if (!has_any) sink_.Report<Kind::kNothingUndetermined>(entry->key_span, word);
  }
}

std::vector<std::string> ExpectationReader::ReadNeeds(std::size_t draft, YamlId node) {
  std::vector<std::string> needs;
  const Vocabulary& vocabulary = *Draft(draft).vocabulary;
  PathReader paths(vocabulary, sink_, Elements::kAny);
  for (const PlacedText& text : shapes_.Texts(node, "`needs`").value_or(std::vector<PlacedText>())) {
    if (const auto key = paths.Whole(text.text, text.span)) needs.push_back(PathText(vocabulary, *key));
  }
  return needs;
}

std::vector<Value> ExpectationReader::ReadPossible(std::size_t draft, DecisionId decision, YamlId node) {
  std::vector<Value> possible;
  for (const PlacedText& text : shapes_.Texts(node, "`possible`").value_or(std::vector<PlacedText>())) {
    auto value =
        ValueReader(*Draft(draft).vocabulary, sink_)
            .FromText(OutcomeType(draft, decision), Draft(draft).decisions[decision].name, text.text, text.span);
    if (!value) continue;
    if (llvm::is_contained(possible, *value)) sink_.Report<Kind::kGivenTwice>(text.span, Quoted(text.text));
    possible.push_back(std::move(*value));
  }
  llvm::sort(possible);
  return possible;
}

void ExpectationReader::CheckAgreement(const DraftExpectation& expectation) {
  std::map<std::pair<DecisionId, std::size_t>, const DecisionExpectation*> said;
  for (const Clause& clause : expectation.clauses) {
    for (const DecisionExpectation& here : clause.decisions) {
      const DecisionExpectation* elsewhere = nullptr;
      OptionSetIndices both;
      for (const std::size_t option_set : clause.option_sets) {
        const DecisionExpectation* before = said.try_emplace({here.decision, option_set}, &here).first->second;
        if (Agree(here, *before) || (elsewhere != nullptr && elsewhere != before)) continue;
        elsewhere = before;
        both.push_back(option_set);
      }
      if (elsewhere != nullptr) ReportDisagreement(expectation.draft, here, *elsewhere, both);
    }
  }
}

void ExpectationReader::ReportDisagreement(std::size_t draft, const DecisionExpectation& here,
                                           const DecisionExpectation& elsewhere, const OptionSetIndices& both) {
  const std::string& decision = Draft(draft).decisions[here.decision].name;
  const std::string where = Describe(*drafts_[draft], both);
  auto& report = here.text == elsewhere.text
                     ? sink_.Report<Kind::kPossibleDisagree>(here.span, decision)
                     : sink_.Report<Kind::kClausesDisagree>(here.span, decision, here.text, elsewhere.text);
  report.AddNote(where.empty() ? "both clauses speak of every option set; the other:"
                               : fmt::format("both clauses speak of the option sets where {}; the other:", where),
                 elsewhere.span);
}

/// The decision's type, with `none` for those that may come to nothing.
Type ExpectationReader::OutcomeType(std::size_t draft, DecisionId decision) const {
  Type type = Draft(draft).decisions[decision].type;
  type.or_none = type.or_none || type.IsNumber() || type.kind == TypeKind::kDate || type.kind == TypeKind::kDays;
  return type;
}

}  // namespace proviso::scenario
