// memory.h: what mutants came to in runs before, in a file for each text of a draft.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "harness/mutate/exam.h"

namespace proviso::mutate {

enum class Verdict : std::uint8_t {
  kKilled,      // some expectation does not hold of it
  kEquivalent,  // it decides every case as the draft does: proved
  kSurvived,    // it decides some case otherwise, and no expectation notices
  kNotSettled,  // no expectation notices, and neither a case nor a proof was found
};

struct Known {
  Verdict verdict = Verdict::kNotSettled;
  std::size_t noticed_by = 0;  // kKilled: a question of the exam
};

/// Verdicts by content: that of an equivalent mutant holds for the draft's text, that of a noticed one as long as the
/// suite that notices it stays the same, that of others as long as all suites do. Asked by several threads.
class Memory {
 public:
  /// Reads what is known from `folder`, if anything. `program` names what compiles and evaluates: what another version
  /// found is not trusted.
  Memory(load::Workspace& workspace, const Exam& exam, const std::string& folder, const std::string& program);

  [[nodiscard]] std::optional<Known> Recall(const std::string& mutant) const;
  void Keep(const std::string& mutant, const Known& known);
  /// Writes what is new; why that could not be done, empty where it was.
  [[nodiscard]] std::string Save() const;

 private:
  /// As kept: `by` is the suite and scenario, or the suites, that the verdict turns on.
  struct Line {
    Verdict verdict = Verdict::kNotSettled;
    std::string by;
    bool is_new = false;
  };
  void Read();
  [[nodiscard]] std::string Turning(const Known& known) const;

  std::string path_;
  std::vector<std::string> by_question_;          // suite and scenario
  std::map<std::string, std::size_t> questions_;  // back
  std::string all_suites_;
  std::map<std::string, Line> lines_;  // by the mutant's hash
  mutable std::mutex mutex_;
};

}  // namespace proviso::mutate
