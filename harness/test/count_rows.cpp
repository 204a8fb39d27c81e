#include "harness/test/count_rows.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "harness/test/compare.h"

namespace proviso::test {
namespace {

using Line = scenario::Total::Line;
using Names = std::vector<std::string_view>;

constexpr std::size_t kShownNames = 6;

/// The first few, and how many more.
std::string Few(const Names& names) {
  const std::size_t shown = std::min(names.size(), kShownNames);
  std::string text(
      fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", ")));
  if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

Names Without(Names names, Names others) {
  std::sort(names.begin(), names.end());
  std::sort(others.begin(), others.end());
  Names rest;
  std::set_difference(names.begin(), names.end(), others.begin(), others.end(), std::back_inserter(rest));
  return rest;
}

std::string Rows(std::size_t count) { return fmt::format("{} row{}", count, count == 1 ? "" : "s"); }

/// What differs between a line and the rows that came to its outcome.
struct Difference {
  std::string expected;
  std::string got;
  std::string remark;
  auto operator<=>(const Difference&) const = default;
};

std::optional<Difference> Compare(const Line& line, const Names& names, const std::string& outcome) {
  if (const auto* count = std::get_if<std::size_t>(&line.rows)) {
    if (names.size() == *count) return std::nullopt;
    return Difference{fmt::format("{} {}", outcome, Rows(*count)), Rows(names.size()), Few(names)};
  }
  const auto& named = std::get<std::vector<std::string>>(line.rows);
  const Names expected(named.begin(), named.end());
  const Names missing = Without(expected, names);
  const Names added = Without(names, expected);
  if (missing.empty() && added.empty()) return std::nullopt;
  std::string remark;
  if (!missing.empty()) remark = "without " + Few(missing);
  if (!added.empty()) remark += (remark.empty() ? "also " : "; also ") + Few(added);
  return Difference{fmt::format("{} {}", outcome, Rows(expected.size())), Rows(names.size()), remark};
}

}  // namespace

RowCounter::RowCounter(const scenario::Total& total) : total_(total), counted_(total.option_sets.size()) {
  for (Counted& counted : counted_) counted.names.resize(total.lines.size());
}

RowAnswer AnswerOf(const scenario::Total& total, const reference::Outcome& outcome) {
  if (outcome.error) return {.line = total.lines.size(), .error = outcome.error->message};
  const auto line = llvm::find_if(total.lines, [&](const Line& candidate) {
    return candidate.outcome ? outcome.determined && outcome.value() == *candidate.outcome : !outcome.determined;
  });
  return {.line = static_cast<std::size_t>(line - total.lines.begin()), .error = {}};
}

void RowCounter::Add(std::size_t set, std::string_view name, const RowAnswer& answer) {
  Counted& counted = counted_[set];
  if (answer.line < total_.lines.size()) return counted.names[answer.line].push_back(name);
  counted.elsewhere.push_back(answer.error.empty() ? std::string(name) : fmt::format("{} ({})", name, answer.error));
}

std::vector<Failure> RowCounter::Failures(const scenario::Suite& suite, std::size_t total_index) const {
  const check::CheckedDraft& draft = *suite.drafts[total_.draft]->draft;
  const check::Decision& decision = draft.decisions[total_.decision];
  std::map<std::pair<std::size_t, Difference>, std::vector<std::size_t>> differences;
  for (std::size_t set = 0; set < counted_.size(); ++set) {
    const std::size_t option_set = total_.option_sets[set];
    for (std::size_t i = 0; i < total_.lines.size(); ++i) {
      const Line& line = total_.lines[i];
      const std::string outcome =
          line.outcome ? ValueToText(*draft.vocabulary, decision.type, *line.outcome) : "undetermined";
      if (auto difference = Compare(line, counted_[set].names[i], outcome)) {
        differences[{i, std::move(*difference)}].push_back(option_set);
      }
    }
    const std::vector<std::string>& elsewhere = counted_[set].elsewhere;
    if (elsewhere.empty()) continue;
    differences[{total_.lines.size(),
                 {"every row accounted for", Rows(elsewhere.size()) + " with another outcome",
                  Few(Names(elsewhere.begin(), elsewhere.end()))}}]
        .push_back(option_set);
  }
  std::vector<Failure> failures;
  for (const auto& [key, option_sets] : differences) {
    const auto& [line, difference] = key;
    const Span span = line < total_.lines.size() ? total_.lines[line].span : total_.span;
    const std::string at = difference.remark.empty() ? "" : "the rows that came";
    failures.push_back({suite.scenarios.size(),
                        total_index,
                        total_.draft,
                        decision.name,
                        option_sets,
                        difference.expected,
                        difference.got,
                        at,
                        {},
                        difference.remark,
                        span});
  }
  return failures;
}

}  // namespace proviso::test
