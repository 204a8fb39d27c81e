// run_suite.h: a suite's scenarios against the drafts it names.
#pragma once

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

struct SuiteResult {
  /// Scenarios all of whose expectations held, and totals that are as expected. Rows that only totals speak of count
  /// as no scenario of their own.
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::vector<Failure> failures;  // in the order of the suite
  /// Option sets of each draft that no clause of some scenario speaks of, counted over scenarios that speak of the
  /// draft.
  std::size_t unspoken = 0;
};

struct RunOptions {
  std::string filter;      // only scenarios whose name contains this, and no totals; empty: all
  bool fail_fast = false;  // stop after the first failing scenario
};

/// Evaluates what the suite's expectations speak of, each case under each option set once.
[[nodiscard]] SuiteResult RunSuite(const scenario::Suite& suite, const RunOptions& options);

}  // namespace proviso::test
