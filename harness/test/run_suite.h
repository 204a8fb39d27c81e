// run_suite.h: suites' scenarios against the drafts they name.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <optional>
#include <string>
#include <vector>

#include "compiler/reference/evaluate.h"
#include "harness/scenario/suite.h"

namespace proviso::test {

/// One expectation that did not hold, for the option sets with one and the same answer.
struct Failure {
  std::size_t scenario;              // index into Suite::scenarios; or of no scenario (`total`)
  std::optional<std::size_t> total;  // index into Suite::totals
  std::size_t draft;                 // index into Suite::drafts
  std::string decision;
  std::vector<std::size_t> option_sets;  // that fail in this way
  std::string expected;
  std::string got;
  std::string parts_at;  // the first rule or condition where they part, as the draft has it; may be empty
  std::vector<Citation> parts_cites;
  std::string parts_remark;  // what that condition compared
  Span span;                 // of the expectation in the suite
};

/// A scenario that expects something, or one of the suite's totals.
struct TestedCase {
  std::size_t scenario;              // index into Suite::scenarios; or of no scenario (`total`)
  std::optional<std::size_t> total;  // index into Suite::totals
  std::size_t first_failure = 0;     // its failures stand together
  std::size_t failures = 0;
  std::int64_t microseconds = 0;  // of one processor; totals are counted from what their rows came to
};

struct SuiteResult {
  /// Those that were run, in the order of the suite. Rows that only totals speak of are no case of their own.
  std::vector<TestedCase> cases;
  std::size_t passed = 0;         // cases all of whose expectations held
  std::size_t failed = 0;         // the other cases
  std::vector<Failure> failures;  // in the order of the suite
  /// Option sets of each draft that no clause of some scenario speaks of, counted over scenarios that speak of the
  /// draft.
  std::size_t unspoken = 0;
};

/// One of `count` parts that together are everything, each scenario in one.
struct Shard {
  std::size_t index = 0;  // below `count`
  std::size_t count = 1;
};

class Kept;

struct RunOptions {
  std::string filter;      // only scenarios whose name contains this, and no totals; empty: all
  bool fail_fast = false;  // stop after the first failing scenario
  Shard shard;             // a table with totals is in one shard as a whole
  Kept* kept = nullptr;  // scenarios that it has are not run again; to those that are run it is told what they come to
};

/// Evaluates what the suites' expectations speak of, each case under each option set once, on all processors. The
/// results are those of the suites, in their order, whatever order the work was done in; with `fail_fast` they end with
/// the suite that failed. `on_case` is called as cases are done, by one thread at a time, with how many are and of how
/// many.
[[nodiscard]] std::vector<SuiteResult> RunSuites(
    llvm::ArrayRef<const scenario::Suite*> suites, const RunOptions& options,
    llvm::function_ref<void(std::size_t, std::size_t)> on_case = [](std::size_t, std::size_t) {});

}  // namespace proviso::test
