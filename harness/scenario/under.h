// under.h: which option sets of a draft a clause of a suite speaks of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/load/workspace.h"
#include "harness/scenario/shapes.h"
#include "harness/scenario/yaml.h"

namespace proviso::scenario {

/// Indices into `LoadedDraft::option_sets`, ascending.
using OptionSetIndices = std::vector<std::size_t>;

[[nodiscard]] OptionSetIndices AllOptionSets(const load::LoadedDraft& draft);

/// Which alternatives an option may have; option sets match where every choice allows them.
struct OptionChoice {
  check::OptionId option;
  std::vector<std::uint32_t> alternatives;
};

class UnderReader {
 public:
  explicit UnderReader(diagnostics::DiagnosticSink& sink) : sink_(sink) {}

  /// `under:`: a mapping of options to an alternative or a list of them, or the name of an option set. Matching none
  /// is an error, and an alternative that none of those matched has.
  [[nodiscard]] std::optional<OptionSetIndices> FromYaml(const load::LoadedDraft& draft, const YamlDocument& document,
                                                         YamlId node);

  /// The same from a table's header: `option=alternative, …`, or a name.
  [[nodiscard]] std::optional<OptionSetIndices> FromText(const load::LoadedDraft& draft, const PlacedText& text);

  /// What such a text chooses, whether or not some option set matches.
  [[nodiscard]] std::optional<std::vector<OptionChoice>> ChoicesFromText(const check::CheckedDraft& draft,
                                                                         const PlacedText& text);

 private:
  [[nodiscard]] std::optional<std::vector<OptionChoice>> Named(const check::CheckedDraft& draft,
                                                               const PlacedText& name);
  [[nodiscard]] std::optional<OptionChoice> Chosen(const check::CheckedDraft& draft, const PlacedText& option,
                                                   const std::vector<PlacedText>& alternatives);
  [[nodiscard]] std::optional<OptionSetIndices> Matching(const load::LoadedDraft& draft,
                                                         const std::vector<OptionChoice>& choices, const Span& span);

  /// Reports alternatives of the clause that none of the option sets it speaks of has.
  void ReportStale(const load::LoadedDraft& draft, const std::vector<OptionChoice>& choices,
                   const OptionSetIndices& matching, const Span& span);

  diagnostics::DiagnosticSink& sink_;
};

}  // namespace proviso::scenario
