// diff_scenarios.h: a comparison's regions as scenarios.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "harness/compare/compare.h"
#include "harness/scenario/write_suite.h"

namespace proviso::cli {

/// One of the two that are compared, as it was loaded; its path is empty where a suite cannot name it.
struct DiffSource {
  std::shared_ptr<const check::CheckedDraft> draft;
  std::string path;
};

/// The case of each region that has one as a scenario, with what either draft says of it, for a person to judge.
class RegionScenarios {
 public:
  RegionScenarios(const compare::Comparisons& comparisons, std::array<DiffSource, 2> sources);

  [[nodiscard]] llvm::ArrayRef<scenario::NewScenario> All() const { return all_; }
  /// The drafts that a suite of them uses.
  [[nodiscard]] llvm::ArrayRef<std::string> Paths() const { return paths_; }
  /// Why they cannot stand in a suite; empty where they can.
  [[nodiscard]] const std::string& Problem() const { return problem_; }

 private:
  void Add(const compare::Comparison& comparison, const compare::Region& region,
           const std::array<DiffSource, 2>& sources);

  std::string problem_;
  std::vector<std::string> paths_;
  std::deque<Case> cases_;
  std::deque<lower::Answer> answers_;
  std::map<std::string, std::size_t> names_;
  std::vector<scenario::NewScenario> all_;
};

/// Adds them to the suite at `path`, or makes it. Says how many were added, or why it could not be done; whether it
/// could.
bool WriteRegions(const compare::Comparisons& comparisons, const std::array<DiffSource, 2>& sources,
                  const std::string& path, Terminal& terminal);

}  // namespace proviso::cli
