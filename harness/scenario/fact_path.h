// fact_path.h: where a fact stands in a case: `target.holders[0].share(voting)`, read by the vocabulary.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "runtime/base/vocabulary.h"

namespace proviso::scenario {

/// One fact on the way, and which element where it is a list.
struct PathStep {
  FactId fact;
  std::optional<std::uint32_t> element;
  auto operator<=>(const PathStep&) const = default;
};

/// A way from the case to a fact, or to an element of a list.
using FactKey = std::vector<PathStep>;

/// `target.ai_systems[0].training_compute`; empty for the case itself.
[[nodiscard]] std::string PathText(const Vocabulary& vocabulary, const FactKey& key);

/// A path that may stop within a fact with parameters: `share`, still without its member.
struct PathSoFar {
  FactKey steps;
  std::string family;                  // the fact's name, where members are still missing
  std::vector<std::string> arguments;  // members so far

  [[nodiscard]] bool IsWhole() const { return family.empty(); }
};

/// Whether a path may go through a list without saying which element.
enum class Elements : std::uint8_t { kNumbered, kAny };

class PathReader {
 public:
  PathReader(const Vocabulary& vocabulary, diagnostics::DiagnosticSink& sink, Elements elements)
      : vocabulary_(vocabulary), sink_(sink), elements_(elements) {}

  /// Goes on from `from` by what `text` says; reports what the vocabulary does not have.
  [[nodiscard]] std::optional<PathSoFar> Extend(PathSoFar from, std::string_view text, const Span& span);

  /// A path from the case that ends at a fact or an element.
  [[nodiscard]] std::optional<FactKey> Whole(std::string_view text, const Span& span);

  /// Reports that a path ends at a fact whose member is missing.
  void ReportUnfinished(const PathSoFar& path, const Span& span);

 private:
  struct Token;
  [[nodiscard]] static std::optional<std::vector<Token>> Split(std::string_view text);
  bool Take(PathSoFar& path, const Token& token, const Span& span);
  bool TakeName(PathSoFar& path, const std::string& name, const Span& span);
  bool TakeArguments(PathSoFar& path, const std::vector<std::string>& members, const Span& span);
  bool TakeElement(PathSoFar& path, std::uint32_t element, const Span& span);
  bool ReportUnknown(const PathSoFar& path, EntityId entity, const std::string& name, const Span& span);
  [[nodiscard]] std::vector<std::string> MembersAfter(const PathSoFar& path, EntityId entity) const;
  [[nodiscard]] std::vector<std::string> OneLevelBelow(EntityId entity, const std::string& name) const;
  [[nodiscard]] std::optional<EntityId> EntityAt(const PathSoFar& path) const;
  [[nodiscard]] std::string Shown(const PathSoFar& path) const;

  const Vocabulary& vocabulary_;
  diagnostics::DiagnosticSink& sink_;
  Elements elements_;
};

}  // namespace proviso::scenario
