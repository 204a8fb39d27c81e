#include "harness/scenario/find_suites.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace proviso::scenario {
namespace {

bool IsSuite(const std::filesystem::path& path) {
  std::ifstream file(path);
  bool has_vocabulary = false;
  bool has_cases = false;
  for (std::string line; std::getline(file, line) && !(has_vocabulary && has_cases);) {
    const std::string_view text = line;
    has_vocabulary |= text.starts_with("vocabulary:");
    has_cases |= text.starts_with("scenarios:") || text.starts_with("table:");
  }
  return has_vocabulary && has_cases;
}

}  // namespace

std::vector<std::string> FindSuites(const std::string& folder) {
  std::vector<std::string> suites;
  std::error_code error;
  const auto options = std::filesystem::directory_options::skip_permission_denied;
  for (std::filesystem::recursive_directory_iterator entry(folder, options, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code unreadable;
    if (entry->path().extension() == ".yaml" && entry->is_regular_file(unreadable) && IsSuite(entry->path())) {
      suites.push_back(entry->path().lexically_normal().string());
    }
  }
  std::sort(suites.begin(), suites.end());
  return suites;
}

}  // namespace proviso::scenario
