#include "compiler/format/ink.h"

#include <algorithm>

namespace proviso::format {
namespace {

/// How many bytes of blank `text` has at `offset`; the language counts U+00A0 and U+FEFF as blanks.
std::size_t BlankLength(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(offset);
  if (rest.starts_with("\xC2\xA0")) return 2;
  if (rest.starts_with("\xEF\xBB\xBF")) return 3;
  return std::string_view(" \t\r\n").find(rest.front()) != std::string_view::npos ? 1 : 0;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

/// A comma, or a `_` between digits.
bool IsInkless(std::string_view text, std::size_t offset) {
  if (text[offset] == ',') return true;
  return text[offset] == '_' && offset > 0 && offset + 1 < text.size() && IsDigit(text[offset - 1]) &&
         IsDigit(text[offset + 1]);
}

/// The end of the piece of ink that begins at `begin`.
std::size_t EndOfInk(std::string_view text, std::size_t begin) {
  if (text[begin] != '"') return begin + 1;
  std::size_t end = begin + 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

class Reader {
 public:
  Reader(std::string_view text, const std::vector<syntax::Comment>& comments) : text_(text), comments_(comments) {}

  Trivia Read() {
    while (offset_ < text_.size()) {
      if (next_comment_ < comments_.size() && comments_[next_comment_].span.begin == offset_) {
        ReadComment(comments_[next_comment_++]);
      } else if (const std::size_t blank = BlankLength(text_, offset_); blank > 0) {
        line_ends_ += text_[offset_] == '\n' ? 1 : 0;
        offset_ += blank;
      } else if (IsInkless(text_, offset_)) {
        line_ends_ = 0;
        ++offset_;
      } else {
        ReadInk();
      }
    }
    return std::move(trivia_);
  }

 private:
  void ReadComment(const syntax::Comment& comment) {
    const bool follows_comment = !trivia_.comments.empty() && trivia_.comments.back().ink == ink_;
    const bool own_line = comment.own_line || follows_comment;
    trivia_.comments.push_back({comment.text, ink_, own_line, line_ends_ > 1});
    gap_ |= own_line;
    line_ends_ = 0;
    offset_ = comment.span.end;
  }

  void ReadInk() {
    if (line_ends_ > 1) trivia_.ink_after_blank.push_back(ink_);
    if (gap_ || line_ends_ > 1) trivia_.offsets_after_gap.push_back(static_cast<std::uint32_t>(offset_));
    gap_ = false;
    line_ends_ = 0;
    offset_ = EndOfInk(text_, offset_);
    ++ink_;
  }

  std::string_view text_;
  const std::vector<syntax::Comment>& comments_;
  Trivia trivia_;
  std::size_t offset_ = 0;
  std::size_t next_comment_ = 0;
  std::uint32_t ink_ = 0;
  int line_ends_ = 0;  // since the last token, comma or comment
  bool gap_ = false;
};

}  // namespace

std::uint32_t InkLength(std::string_view text) {
  std::uint32_t length = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t blank = BlankLength(text, offset);
    const bool is_ink = blank == 0 && !IsInkless(text, offset);
    length += is_ink ? 1 : 0;
    offset = is_ink ? EndOfInk(text, offset) : offset + std::max<std::size_t>(blank, 1);
  }
  return length;
}

bool Trivia::HasBlankBefore(std::uint32_t ink) const { return std::ranges::binary_search(ink_after_blank, ink); }
bool Trivia::HasGapBefore(std::uint32_t offset) const { return std::ranges::binary_search(offsets_after_gap, offset); }

Trivia ReadTrivia(std::string_view text, const std::vector<syntax::Comment>& comments) {
  return Reader(text, comments).Read();
}

}  // namespace proviso::format
