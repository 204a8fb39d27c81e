// history.h: what drafts came to in the scenarios of a run, to be compared with what they come to later.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "compiler/load/workspace.h"
#include "harness/scenario/suite.h"

namespace proviso::history {

/// One decision of a draft in one scenario of a suite; a name that a suite has again is numbered: `Name (2)`.
struct Place {
  std::string suite;
  std::string scenario;
  std::string draft;
  std::string decision;
  auto operator<=>(const Place&) const = default;
};

/// By option set (`ai_compute=alt_1,notify_compute=low`; those settled are left out) the outcome, as the language
/// writes it, or `no outcome`.
using Outcomes = std::map<std::string, std::string>;

/// One run.
struct Run {
  std::string time;                           // `2031-03-01T09:30:00Z`
  std::map<std::string, std::string> drafts;  // by name, SHA-256 of its text, of what it amends, and the vocabulary's
  std::map<Place, Outcomes> outcomes;
};

/// What the decisions that the suites' expectations name come to, under the option sets that they speak of, whether or
/// not that is as expected.
[[nodiscard]] Run RunOf(load::Workspace& workspace, llvm::ArrayRef<const scenario::Suite*> suites);

/// As a line of JSON, with its end, and back; nothing where it is none.
[[nodiscard]] std::string LineOf(const Run& run);
[[nodiscard]] std::optional<Run> ReadLine(std::string_view line);

/// The same outcome before and now, of one decision in so many scenarios.
struct Change {
  std::string draft;
  std::string decision;
  std::string before;
  std::string now;
  std::vector<Place> places;    // each once
  std::size_t option_sets = 0;  // over all of them
};

struct Comparison {
  std::vector<std::string> edited;  // drafts whose text is another
  std::vector<Change> changes;      // by draft, decision and outcomes
  std::size_t same = 0;             // outcomes: of a decision in a scenario under an option set
  std::size_t added = 0;            // that only now are
  std::size_t gone = 0;             // that only before were
};

[[nodiscard]] Comparison Compare(const Run& before, const Run& now);

}  // namespace proviso::history
