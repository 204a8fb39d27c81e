// replace_file.h: new content for a file, all of it or none.
#pragma once

#include <string>

namespace proviso::cli {

/// Writes beside `path` and renames, so that no reader ever sees half a file; permissions of a file that is there stay,
/// symbolic links are followed. What went wrong, in the system's words; empty where nothing did.
[[nodiscard]] std::string ReplaceFile(const std::string& path, const std::string& text);

}  // namespace proviso::cli
