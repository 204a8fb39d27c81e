// format_report.h: which files have the canonical layout (JSON shape: README.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace proviso::report {

enum class Layout : std::uint8_t {
  kCanonical,
  kOther,  // and was left so
  kRewritten,
  kUnwritable,
  kUnknown,  // the file has syntax errors, or could not be read
};

struct FormattedFile {
  std::string path;
  Layout layout = Layout::kUnknown;
};

/// A line for each file in another layout.
[[nodiscard]] std::string FormatText(const std::vector<FormattedFile>& files);

/// `diagnostics` is a JSON array.
[[nodiscard]] std::string FormatJson(const std::vector<FormattedFile>& files, const std::string& diagnostics);

}  // namespace proviso::report
