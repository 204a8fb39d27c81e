// points.h: where a draft decides between yes and no: the conditions of rules, terms that are conditions, conditions on
// the elements of lists, and alternatives of options. Each is made of conditions by `and`, `or`, `not`, `at least N
// of`.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/check/checked_draft.h"

namespace proviso::cover {

enum class Truth : std::uint8_t { kNo, kYes, kUnknown };

/// One condition of a point, as it stands there.
struct Leaf {
  std::variant<check::ExprId, check::RuleId> what;  // a rule: that this exception does not take away
  std::vector<Citation> cites;
  std::array<std::size_t, 2> seen{};  // no, yes
  /// The scenario in which turning the leaf would have turned the result: by the leaf's truth and the result.
  std::array<std::array<std::string, 2>, 2> turns;

  /// The two that show that it decides alone; nothing where none do.
  [[nodiscard]] std::optional<std::pair<std::string, std::string>> ShownBy() const;
};

struct Point {
  std::string inside;  // `term covered`, `rule frontier_ai`
  check::ExprId root;
  std::vector<Leaf> leaves;  // of the root, in the order of the text, then exceptions
  /// Each situation once, and the first scenario that had it.
  std::map<std::vector<Truth>, std::string> noticed;

  /// Counts one situation, `truths` by leaf.
  void Notice(const check::CheckedDraft& draft, const std::vector<Truth>& truths, const std::string& scenario);

 private:
  [[nodiscard]] Truth Result(const check::CheckedDraft& draft, const std::vector<Truth>& truths) const;
};

/// The point at an expression; `cites` are of what it stands in, for leaves without their own.
[[nodiscard]] Point PointAt(const check::CheckedDraft& draft, check::ExprId root, std::string inside,
                            const std::vector<Citation>& cites);

}  // namespace proviso::cover
