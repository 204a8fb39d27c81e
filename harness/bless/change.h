// change.h: expectations that no longer hold → what a suite would say instead, as edits of its text.
#pragma once

#include <string>
#include <vector>

#include "compiler/load/workspace.h"
#include "harness/bless/edit.h"
#include "harness/scenario/suite.h"
#include "harness/test/run_suite.h"

namespace proviso::bless {

/// What one decision, or `because`, was expected to be and now is, under some of the option sets.
struct Replaced {
  std::string where;  // which option sets, in words; empty: all that the clause speaks of
  std::string what;   // the decision, or `because`
  std::string before;
  std::string now;
};

/// One clause of a suite, or one cell of its table.
struct Change {
  std::string scenario;
  std::string draft;
  Span span;                          // of the first expectation that changes
  std::vector<std::size_t> failures;  // indices into SuiteResult::failures: those that would be no more
  std::vector<Replaced> replaced;
  std::vector<Edit> edits;  // of the file that `span` is in
  std::string refusal;      // why it is to be made by hand; there are no edits then
};

/// All changes that would make the suite's failing expectations hold, in the order of the failures. A clause whose
/// option sets now differ becomes several. Totals are refused: they say something of many rows, which are to be looked
/// at.
[[nodiscard]] std::vector<Change> FindChanges(load::Workspace& workspace, const scenario::Suite& suite,
                                              const test::SuiteResult& result);

}  // namespace proviso::bless
