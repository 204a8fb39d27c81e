#include "harness/bless/edit.h"

#include <algorithm>

namespace proviso::bless {

std::optional<std::string> Edited(std::string_view text, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& one, const Edit& other) {
    return one.begin != other.begin ? one.begin < other.begin : one.end < other.end;
  });
  edits.erase(std::unique(edits.begin(), edits.end()), edits.end());
  std::string edited;
  std::uint32_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.begin < at) return std::nullopt;
    edited += text.substr(at, edit.begin - at);
    edited += edit.text;
    at = edit.end;
  }
  edited += text.substr(at);
  return edited;
}

}  // namespace proviso::bless
