// expectations.h: what a suite expects of its drafts: outcomes, under which option sets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/read_value.h"
#include "harness/scenario/shapes.h"
#include "harness/scenario/suite.h"
#include "harness/scenario/under.h"
#include "harness/scenario/yaml.h"

namespace proviso::scenario {

using Drafts = std::vector<const load::LoadedDraft*>;

/// An expected outcome; no value: `undetermined`.
struct ExpectedOutcome {
  std::optional<Value> value;
};

/// Reads expectations of the drafts at hand; reports what they do not have.
class ExpectationReader {
 public:
  ExpectationReader(const Drafts& drafts, const YamlDocument& document, diagnostics::DiagnosticSink& sink)
      : drafts_(drafts), document_(document), sink_(sink), shapes_(document, sink), under_(sink) {}

  /// `expect:`: a mapping of drafts and their clauses.
  [[nodiscard]] std::vector<DraftExpectation> ReadExpect(YamlId node);

  /// Reports clauses that expect different outcomes under the same option sets.
  void CheckAgreement(const DraftExpectation& expectation);

  // For tables and totals:
  [[nodiscard]] std::optional<std::size_t> FindDraft(const PlacedText& name);
  [[nodiscard]] std::optional<check::DecisionId> FindDecision(std::size_t draft, const PlacedText& name);
  [[nodiscard]] std::optional<ExpectedOutcome> OutcomeFromText(std::size_t draft, check::DecisionId decision,
                                                               const PlacedText& text);
  /// One clause, or a list of them; each is a mapping.
  [[nodiscard]] std::vector<YamlId> ClausesOf(YamlId node) const;
  /// What a clause's `under` says; all option sets where it has none.
  [[nodiscard]] std::optional<OptionSetIndices> UnderOf(std::size_t draft, const YamlNode& clause);

 private:
  [[nodiscard]] std::optional<Clause> ReadClause(std::size_t draft, const YamlNode& mapping);
  [[nodiscard]] std::optional<DecisionExpectation> ReadDecision(std::size_t draft, const YamlEntry& entry);
  [[nodiscard]] std::optional<ExpectedOutcome> ReadOutcome(std::size_t draft, check::DecisionId decision, YamlId node);
  void ReadBecause(std::size_t draft, const YamlEntry& entry, Clause& clause);
  void ReadUndetermined(std::size_t draft, const YamlNode& mapping, Clause& clause);
  [[nodiscard]] std::vector<std::string> ReadNeeds(std::size_t draft, YamlId node);
  [[nodiscard]] std::vector<Value> ReadPossible(std::size_t draft, check::DecisionId decision, YamlId node);

  void ReportDisagreement(std::size_t draft, const DecisionExpectation& here, const DecisionExpectation& elsewhere,
                          const OptionSetIndices& both);

  [[nodiscard]] const check::CheckedDraft& Draft(std::size_t index) const { return *drafts_[index]->draft; }
  [[nodiscard]] Type OutcomeType(std::size_t draft, check::DecisionId decision) const;

  const Drafts& drafts_;
  const YamlDocument& document_;
  diagnostics::DiagnosticSink& sink_;
  Shapes shapes_;
  UnderReader under_;
};

/// The paragraphs that a rule stands for: its own, else those of its decision.
[[nodiscard]] const std::vector<Citation>& ParagraphsOf(const check::CheckedDraft& draft, check::RuleId id);

}  // namespace proviso::scenario
