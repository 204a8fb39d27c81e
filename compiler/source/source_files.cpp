#include "compiler/source/source_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <llvm/Support/ConvertUTF.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <variant>

namespace proviso::source {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

ReadFailure SystemFailure(int error) { return {ReadFailure::Kind::kUnreadable, std::strerror(error)}; }

ReadFailure TooLarge() {
  return {ReadFailure::Kind::kTooLarge, fmt::format("the limit is {} MB", kMaxFileBytes >> 20)};
}

/// A file open for reading, closed at the end; standard input is left open.
class OpenFile {
 public:
  explicit OpenFile(const std::string& path)
      : descriptor_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (descriptor_ > STDIN_FILENO) close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  [[nodiscard]] int Descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

std::variant<std::string, ReadFailure> ReadAll(int descriptor, std::size_t expected_bytes) {
  std::string text;
  std::size_t size = 0;
  while (true) {
    text.resize(std::max(expected_bytes + 1, size + (std::size_t{64} << 10)));
    const ssize_t count = read(descriptor, text.data() + size, text.size() - size);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SystemFailure(errno);
    if (count == 0) break;
    size += static_cast<std::size_t>(count);
    if (size > kMaxFileBytes) return TooLarge();
  }
  text.resize(size);
  return text;
}

std::variant<std::string, ReadFailure> ReadBytes(const std::string& path) {
  const OpenFile file(path);
  struct stat status = {};
  if (file.Descriptor() < 0 || fstat(file.Descriptor(), &status) != 0) return SystemFailure(errno);
  if (S_ISDIR(status.st_mode)) return SystemFailure(EISDIR);
  const auto stated_size = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
  if (S_ISREG(status.st_mode) && stated_size > kMaxFileBytes) return TooLarge();
  return ReadAll(file.Descriptor(), S_ISREG(status.st_mode) ? stated_size : 0);
}

/// Why `bytes` are not a text, if they are not.
std::optional<ReadFailure> CheckIsText(std::string_view bytes) {
  const std::size_t zero = bytes.find('\0');
  if (zero != std::string_view::npos) {
    return ReadFailure{ReadFailure::Kind::kBinary, "it holds a zero byte", static_cast<std::uint32_t>(zero)};
  }
  if (const auto invalid = FindInvalidUtf8(bytes)) {
    const auto byte = static_cast<unsigned char>(bytes[*invalid]);
    return ReadFailure{ReadFailure::Kind::kNotUtf8, fmt::format("byte 0x{:02X}", byte), *invalid};
  }
  return std::nullopt;
}

std::vector<std::uint32_t> FindLineStarts(std::string_view text) {
  std::vector<std::uint32_t> starts = {0};
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    starts.push_back(static_cast<std::uint32_t>(end + 1));
  }
  return starts;
}

constexpr std::size_t kBlockBytes = 1024;

std::uint32_t CountCharacters(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::vector<std::uint32_t> CountBlocks(std::string_view text) {
  std::vector<std::uint32_t> characters_before = {0};
  for (std::size_t start = 0; start + kBlockBytes <= text.size(); start += kBlockBytes) {
    characters_before.push_back(characters_before.back() + CountCharacters(text.substr(start, kBlockBytes)));
  }
  return characters_before;
}

std::uint32_t CharactersBefore(const SourceFile& source, std::size_t offset) {
  const std::size_t block = offset / kBlockBytes;
  const std::size_t start = block * kBlockBytes;
  return source.characters_before[block] + CountCharacters(std::string_view(source.text).substr(start, offset - start));
}

}  // namespace

std::optional<ReadFailure> SourceFiles::Read(const std::string& path, FileId& id) {
  auto read = ReadBytes(path);
  if (auto* failure = std::get_if<ReadFailure>(&read)) {
    id = FileId();
    return std::move(*failure);
  }
  std::string text = std::move(std::get<std::string>(read));
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  std::optional<ReadFailure> failure = CheckIsText(text);
  if (failure) text.resize(failure->kind == ReadFailure::Kind::kNotUtf8 ? failure->offset : 0);
  id = Add(path, std::move(text));
  return failure;
}

FileId SourceFiles::Add(std::string path, std::string text) {
  std::vector<std::uint32_t> line_starts = FindLineStarts(text);
  std::vector<std::uint32_t> characters_before = CountBlocks(text);
  return files_.Add({std::move(path), std::move(text), std::move(line_starts), std::move(characters_before)});
}

LineColumn SourceFiles::Locate(FileId file, std::uint32_t offset) const {
  const SourceFile& source = files_[file];
  const std::size_t place = std::min<std::size_t>(offset, source.text.size());
  const auto after = std::ranges::upper_bound(source.line_starts, place);
  const std::uint32_t column = CharactersBefore(source, place) - CharactersBefore(source, *(after - 1)) + 1;
  return {static_cast<std::uint32_t>(after - source.line_starts.begin()), column};
}

std::string_view SourceFiles::Line(FileId file, std::uint32_t line) const {
  const SourceFile& source = files_[file];
  if (line == 0 || line > source.line_starts.size()) return {};
  const std::size_t start = source.line_starts[line - 1];
  const std::size_t end = line < source.line_starts.size() ? source.line_starts[line] - 1 : source.text.size();
  std::string_view text = std::string_view(source.text).substr(start, end - start);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::string_view SourceFiles::Text(const Span& span) const {
  if (!span.file.IsValid()) return {};
  const std::string_view text = files_[span.file].text;
  const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, text.size());
  return text.substr(begin, end - begin);
}

std::string SourceFiles::Place(const Span& span) const {
  if (!span.file.IsValid()) return {};
  const LineColumn at = Locate(span.file, span.begin);
  return fmt::format("{}:{}:{}", files_[span.file].path, at.line, at.column);
}

std::optional<std::uint32_t> FindInvalidUtf8(std::string_view text) {
  const auto* const begin = reinterpret_cast<const llvm::UTF8*>(text.data());
  const llvm::UTF8* const end = begin + text.size();
  const auto is_ascii = [](llvm::UTF8 byte) { return byte < 0x80U; };
  for (const llvm::UTF8* at = begin;; at += llvm::getNumBytesForUTF8(*at)) {
    at = std::find_if_not(at, end, is_ascii);
    if (at == end) return std::nullopt;
    if (!llvm::isLegalUTF8Sequence(at, end)) return static_cast<std::uint32_t>(at - begin);
  }
}

}  // namespace proviso::source
