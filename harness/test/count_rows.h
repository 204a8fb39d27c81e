// count_rows.h: a table's rows counted by outcome, against the totals a suite expects.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/reference/evaluate.h"
#include "harness/scenario/suite.h"
#include "harness/test/run_suite.h"

namespace proviso::test {

/// Where one row belongs.
struct RowAnswer {
  std::size_t line = 0;  // of the total; as many as it has where none has the row's outcome
  std::string error;     // why there is no outcome
};

[[nodiscard]] RowAnswer AnswerOf(const scenario::Total& total, const reference::Outcome& outcome);

/// The rows of one `Total`, as they come in.
class RowCounter {
 public:
  explicit RowCounter(const scenario::Total& total);

  /// One row's answer under the total's option set number `set` (a position in `Total::option_sets`). The name must
  /// outlive the counter.
  void Add(std::size_t set, std::string_view name, const RowAnswer& answer);

  /// What differs from the total's lines, one failure for each line and the option sets with the same count.
  [[nodiscard]] std::vector<Failure> Failures(const scenario::Suite& suite, std::size_t total_index) const;

 private:
  struct Counted {
    std::vector<std::vector<std::string_view>> names;  // by line
    std::vector<std::string> elsewhere;                // rows whose outcome no line has: `NAME (outcome)`
  };

  const scenario::Total& total_;
  std::vector<Counted> counted_;  // by position in `Total::option_sets`
};

}  // namespace proviso::test
