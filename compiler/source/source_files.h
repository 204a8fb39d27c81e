// source_files.h: owns the texts that are read; turns offsets into lines and columns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/ids.h"
#include "runtime/base/span.h"

namespace proviso::source {

/// Files over this size are refused at once (32 MB).
inline constexpr std::size_t kMaxFileBytes = 32U << 20;

/// 1-based; columns count characters (UTF-8 code points), as an editor does.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

struct SourceFile {
  std::string path;  // as given, for messages
  std::string text;
  std::vector<std::uint32_t> line_starts;        // byte offsets; the first is 0
  std::vector<std::uint32_t> characters_before;  // before each block of the text, so that long lines cost nothing
};

/// Why a file could not be read as text.
struct ReadFailure {
  enum class Kind : std::uint8_t { kUnreadable, kTooLarge, kNotUtf8, kBinary } kind;
  std::string detail;        // the system's words, or the limit
  std::uint32_t offset = 0;  // kNotUtf8, kBinary: the first offending byte
};

/// All texts of one run. Files are added once and never change; ids stay valid.
class SourceFiles {
 public:
  /// Reads `path` whole. `-` is standard input; a byte order mark is skipped. So that a diagnostic can show the
  /// place, a file that is not UTF-8 is added with its text up to there, and a binary one with no text; a file
  /// that is unreadable or too large is not added, and `id` then names nothing.
  std::optional<ReadFailure> Read(const std::string& path, FileId& id);

  /// Adds a text that is at hand.
  FileId Add(std::string path, std::string text);

  [[nodiscard]] const SourceFile& operator[](FileId id) const { return files_[id]; }
  [[nodiscard]] std::size_t size() const { return files_.size(); }

  /// An offset beyond the text is at its end.
  [[nodiscard]] LineColumn Locate(FileId file, std::uint32_t offset) const;
  /// Line `line` (1-based) without its end (`\n` or `\r\n`); empty where there is no such line.
  [[nodiscard]] std::string_view Line(FileId file, std::uint32_t line) const;
  [[nodiscard]] std::string_view Text(const Span& span) const;
  /// `path:line:column`; empty for a span that is nowhere.
  [[nodiscard]] std::string Place(const Span& span) const;

 private:
  Store<FileId, SourceFile> files_;
};

/// Byte offset of the first byte that is not UTF-8 (overlong forms, surrogates and values beyond U+10FFFF
/// included); nothing where all is well.
[[nodiscard]] std::optional<std::uint32_t> FindInvalidUtf8(std::string_view text);

}  // namespace proviso::source
