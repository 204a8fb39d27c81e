// watch.h: what has been saved since one last looked.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace proviso::cli {

/// Tells by size and time of last change, which is looked up for each file: some tens of files take a tenth of a
/// millisecond, on every kind of file system.
class Watch {
 public:
  /// From now on these files too are looked at; what was saved after `since`, when they began to be read, is new.
  void Add(const std::vector<std::string>& paths, std::chrono::system_clock::time_point since);

  /// Those that were saved, came or went since this was asked last, or they were added.
  [[nodiscard]] std::set<std::string> Saved();

 private:
  struct Stamp {
    std::int64_t time = 0;
    std::uint64_t size = 0;
    std::uint64_t file = 0;  // another one may have taken its place
    auto operator<=>(const Stamp&) const = default;
  };
  [[nodiscard]] static Stamp StampOf(const std::string& path);

  std::map<std::string, Stamp> stamps_;
};

}  // namespace proviso::cli
