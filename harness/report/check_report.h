// check_report.h: which files compile (JSON shape: README.md).
#pragma once

#include <string>
#include <vector>

namespace proviso::report {

struct CheckedFile {
  std::string path;
  bool is_fine = false;
};

/// A line for each file without errors: the diagnostics speak of the others.
[[nodiscard]] std::string CheckText(const std::vector<CheckedFile>& files);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string CheckJson(const std::vector<CheckedFile>& files, const std::string& diagnostics);

}  // namespace proviso::report
