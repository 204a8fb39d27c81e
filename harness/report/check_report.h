// check_report.h: which files compile, and what was found in them (JSON shape: README.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace proviso::report {

struct CheckedFile {
  std::string path;
  bool is_fine = false;
  /// Of a draft whose findings were asked for.
  struct Findings {
    std::size_t asked = 0;  // pieces of the draft
    std::size_t found = 0;  // and shown
    std::size_t waived = 0;
    std::size_t not_settled = 0;
  };
  std::optional<Findings> findings;
};

/// A line for each file without errors: the diagnostics speak of the others.
[[nodiscard]] std::string CheckText(const std::vector<CheckedFile>& files);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string CheckJson(const std::vector<CheckedFile>& files, const std::string& diagnostics);

}  // namespace proviso::report
