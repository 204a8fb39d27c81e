#include "compiler/format/doc.h"

#include <algorithm>

#include "compiler/format/ink.h"

namespace proviso::format {

int ColumnWidth(std::string_view text) {
  return static_cast<int>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

Doc DocStore::Text(std::string text) {
  DocNode node;
  node.width = ColumnWidth(text);
  node.ink = InkLength(text);
  node.text = std::move(text);
  return nodes_.Add(std::move(node));
}

Doc DocStore::Words(std::string_view words) {
  std::vector<Doc> parts;
  while (!words.empty()) {
    const std::size_t blanks = std::min(words.find_first_not_of(' '), words.size());
    if (blanks > 0) parts.push_back(Spaces(static_cast<int>(blanks)));
    words.remove_prefix(blanks);
    const std::string_view word = words.substr(0, words.find(' '));
    if (!word.empty()) parts.push_back(Text(std::string(word)));
    words.remove_prefix(word.size());
  }
  return parts.size() == 1 ? parts.front() : Row(std::move(parts));
}

Doc DocStore::Spaces(int amount) {
  DocNode node;
  node.kind = DocKind::kSpaces;
  node.amount = node.width = amount;
  return nodes_.Add(std::move(node));
}

Doc DocStore::AddLine(DocKind kind, int amount, bool keeps_blank) {
  DocNode node;
  node.kind = kind;
  node.amount = node.width = amount;
  node.keeps_blank = keeps_blank;
  node.always_breaks = kind == DocKind::kHardLine;
  return nodes_.Add(std::move(node));
}

Doc DocStore::Line() { return AddLine(DocKind::kLine, 1, false); }
Doc DocStore::SoftLine() { return AddLine(DocKind::kLine, 0, false); }
Doc DocStore::ItemLine() { return AddLine(DocKind::kLine, 1, true); }
Doc DocStore::HardLine() { return AddLine(DocKind::kHardLine, 1, false); }
Doc DocStore::HardItemLine() { return AddLine(DocKind::kHardLine, 1, true); }

Doc DocStore::AddAround(DocKind kind, int amount, std::vector<Doc> parts) {
  DocNode node;
  node.kind = kind;
  node.amount = amount;
  node.always_breaks = kind == DocKind::kBroken;
  for (const Doc part : parts) {
    node.ink += nodes_[part].ink;
    node.width += nodes_[part].width;
    node.always_breaks |= nodes_[part].always_breaks;
  }
  node.parts = std::move(parts);
  return nodes_.Add(std::move(node));
}

Doc DocStore::Row(std::initializer_list<Piece> pieces) {
  std::vector<Doc> parts;
  for (const Piece& piece : pieces) {
    const auto* words = std::get_if<std::string_view>(&piece);
    parts.push_back(words != nullptr ? Words(*words) : std::get<Doc>(piece));
  }
  return Row(std::move(parts));
}

Doc DocStore::Row(std::vector<Doc> parts) { return AddAround(DocKind::kRow, 0, std::move(parts)); }
Doc DocStore::Group(Doc part) { return AddAround(DocKind::kGroup, 0, {part}); }
Doc DocStore::Broken(Doc part) { return AddAround(DocKind::kBroken, 0, {part}); }
Doc DocStore::Nest(int amount, Doc part) { return AddAround(DocKind::kNest, amount, {part}); }
Doc DocStore::Align(Doc part) { return AddAround(DocKind::kAlign, 0, {part}); }
Doc DocStore::Flat(Doc part) { return AddAround(DocKind::kFlat, 0, {part}); }

Doc DocStore::IfBroken(Doc part) {
  const Doc doc = AddAround(DocKind::kIfBroken, 0, {part});
  nodes_[doc].width = 0;
  return doc;
}

Doc DocStore::Choice(Doc first, Doc second) {
  DocNode node = nodes_[second];
  node.kind = DocKind::kChoice;
  node.text.clear();
  node.parts = {first, second};
  return nodes_.Add(std::move(node));
}

}  // namespace proviso::format
