// redundant.h: what suites could do without: scenarios whose part others have too, and facts that nothing reads.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <compare>
#include <string>
#include <vector>

#include "harness/scenario/suite.h"

namespace proviso::cover {

/// A scenario that was written out, or a row of a table.
struct ScenarioAt {
  const scenario::Suite* suite;
  std::size_t scenario;  // index into Suite::scenarios

  auto operator<=>(const ScenarioAt&) const = default;
};

struct Redundant {
  std::size_t compared = 0;           // all but the rows of tables with totals, which account for each of them
  std::vector<ScenarioAt> scenarios;  // in the order of the suites
};

/// Scenarios without all of which together, of every draft of the suites,
/// - each situation (goals.h) in which the suites show a piece is still shown by some scenario, and
/// - any two of the drafts under option sets of which some scenario expects different outcomes of a decision of one
///   name still have such a scenario.
/// Those that are `needed` for something else are none of them; of two alike the first stays. Not the most that there
/// could be. What `because`, `needs` and `possible` say is not looked at. Linear in scenarios and pieces, square in
/// drafts under option sets that no scenario expects the same of.
[[nodiscard]] Redundant FindRedundant(llvm::ArrayRef<const scenario::Suite*> suites, llvm::ArrayRef<ScenarioAt> needed);

/// A fact that scenarios of a suite give a value, which none of the decisions that they expect reads.
struct NeverRead {
  const scenario::Suite* suite;
  std::string fact;       // its path from the case, without the numbers of elements: `stages.level`
  std::size_t scenarios;  // that give it one
  Span span;              // of the first such value
};

struct Unread {
  std::vector<NeverRead> facts;                // in the order of the suites, then by path
  std::vector<const scenario::Suite*> suites;  // of which every fact is one of them, and that state some
};

/// By the text of the drafts that the suite expects something of: a fact is read where a decision that is expected
/// comes to it, under some option set. `no`, `none` and empty lists, as `complete` fills them in, are no such values.
[[nodiscard]] Unread FindNeverRead(llvm::ArrayRef<const scenario::Suite*> suites);

}  // namespace proviso::cover
