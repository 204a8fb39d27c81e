// doc.h: a layout with choices: text, and places where a line may end (after Wadler, "A prettier printer").
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "runtime/base/ids.h"

namespace proviso::format {

using Doc = Id<struct DocTag>;

enum class DocKind : std::uint8_t {
  kText,      // written as it is
  kSpaces,    // `amount` blanks; none at a line's end
  kLine,      // a line's end where its group is broken, else `amount` blanks
  kHardLine,  // always a line's end
  kRow,       // its parts, one after the other
  kGroup,     // on one line if it fits, else broken: each of its own lines ends
  kBroken,    // a group that is always broken
  kNest,      // lines inside begin `amount` columns further right
  kAlign,     // lines inside begin where the first part does
  kFlat,      // on one line
  kIfBroken,  // its part where the group is broken, else nothing
  kChoice,    // where the group is broken: the first part if its first line fits, else the second
};

struct DocNode {
  DocKind kind = DocKind::kText;
  bool keeps_blank = false;  // kLine, kHardLine: an empty line that the author left here stays
  bool always_breaks = false;
  int amount = 0;
  int width = 0;          // on one line, in code points
  std::uint32_t ink = 0;  // as in ink.h
  std::string text;
  std::vector<Doc> parts;
};

/// Words to be set apart by single blanks, or a layout.
using Piece = std::variant<std::string_view, Doc>;

class DocStore {
 public:
  [[nodiscard]] const DocNode& operator[](Doc doc) const { return nodes_[doc]; }

  /// One token, never broken.
  Doc Text(std::string text);
  /// Words and blanks: a comment may stand between any two of them.
  Doc Words(std::string_view words);
  Doc Spaces(int amount);
  Doc Line();
  /// Nothing where its group is not broken.
  Doc SoftLine();
  /// A line between things that may be set apart by an empty line.
  Doc ItemLine();
  Doc HardLine();
  Doc HardItemLine();
  Doc Row(std::initializer_list<Piece> pieces);
  Doc Row(std::vector<Doc> parts);
  Doc Group(Doc part);
  Doc Broken(Doc part);
  Doc Nest(int amount, Doc part);
  Doc Align(Doc part);
  Doc Flat(Doc part);
  Doc IfBroken(Doc part);
  Doc Choice(Doc first, Doc second);
  /// What `lay` makes of each item.
  template <typename Items, typename Lay>
  static std::vector<Doc> Each(const Items& items, Lay lay) {
    std::vector<Doc> docs;
    docs.reserve(items.size());
    for (const auto& item : items) docs.push_back(lay(item));
    return docs;
  }
  /// Ends the line only where what follows, up to the next such place, does not fit on it.
  Doc LineIfNeeded(int nest = 2) { return Group(Nest(nest, Line())); }

 private:
  Doc AddLine(DocKind kind, int amount, bool keeps_blank);
  Doc AddAround(DocKind kind, int amount, std::vector<Doc> parts);

  Store<Doc, DocNode> nodes_;
};

/// How many columns a text takes: its code points.
[[nodiscard]] int ColumnWidth(std::string_view text);

}  // namespace proviso::format
