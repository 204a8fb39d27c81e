#include "compiler/format/printer.h"

#include <algorithm>

namespace proviso::format {
namespace {

/// Lines never begin further right: deep nesting must leave room for its text.
constexpr int kMaxIndent = 48;
/// How much further a line begins that only a comment before it made necessary.
constexpr int kContinuation = 4;

bool IsClosing(const DocNode& node) { return node.text == "}" || node.text == ")"; }

}  // namespace

void Printer::Print(const DocStore& docs, Doc doc) { Run(docs, {doc, 0, false}); }

std::string Printer::PrintFlat(const DocStore& docs, Doc doc) {
  Run(docs, {doc, 0, true});
  return std::move(out_);
}

void Printer::Run(const DocStore& docs, Command first) {
  docs_ = &docs;
  stack_ = {first};
  while (!stack_.empty()) {
    const Command command = stack_.back();
    stack_.pop_back();
    Step(docs[command.doc], command);
  }
}

void Printer::Step(const DocNode& node, const Command& command) {
  const int indent = command.indent;
  const bool flat = command.flat;
  switch (node.kind) {
    case DocKind::kText:
      return PrintText(node, indent);
    case DocKind::kSpaces:
      pending_spaces_ += node.amount;
      return;
    case DocKind::kLine:
    case DocKind::kHardLine:
      return PrintLine(node, command);
    case DocKind::kRow:
      return Push(node.parts, indent, flat);
    case DocKind::kFlat:
      return Push(node.parts, indent, true);
    case DocKind::kBroken:
      return Push(node.parts, indent, flat);
    case DocKind::kGroup:
      return Push(node.parts, indent, flat || Fits({node.parts.front(), indent, true}));
    case DocKind::kNest:
      return Push(node.parts, std::min(indent + node.amount, kMaxIndent), flat);
    case DocKind::kAlign:
      PrintComments(indent, false);
      return Push(node.parts, std::min(Column(), kMaxIndent), flat);
    case DocKind::kIfBroken:
      if (!flat) Push(node.parts, indent, flat);
      return;
    case DocKind::kChoice: {
      const Doc chosen = flat || Fits({node.parts.front(), indent, false}) ? node.parts.front() : node.parts.back();
      stack_.push_back({chosen, indent, flat});
    }
  }
}

void Printer::Push(const std::vector<Doc>& parts, int indent, bool flat) {
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) stack_.push_back({*part, indent, flat});
}

void Printer::PrintLine(const DocNode& node, const Command& command) {
  if (command.flat) {
    pending_spaces_ += node.amount;
    return;
  }
  pending_line_ = true;
  pending_indent_ = line_indent_ = command.indent;
  keeps_blank_ = node.keeps_blank;
}

void Printer::PrintText(const DocNode& node, int indent) {
  // A comment before a comma stands behind it from now on: the line ends there.
  if (node.text != ",") {
    PrintComments(indent, IsClosing(node));
    PrintPending(!IsClosing(node) && trivia_.HasBlankBefore(ink_));
  }
  ink_ += node.ink;
  out_ += node.text;
  column_ += node.width;
  after_opening_ = node.text == "{";
}

void Printer::PrintComments(int indent, bool before_closing) {
  for (; next_comment_ < trivia_.comments.size(); ++next_comment_) {
    const PlacedComment& comment = trivia_.comments[next_comment_];
    if (comment.ink > ink_) return;
    PrintComment(comment, indent, before_closing);
  }
}

void Printer::PrintComment(const PlacedComment& comment, int indent, bool before_closing) {
  if (!pending_line_ && !out_.empty()) {
    pending_line_ = true;
    pending_indent_ = indent > line_indent_ ? indent : line_indent_ + kContinuation;
    keeps_blank_ = false;
  }
  if (!comment.own_line && !out_.empty()) {
    out_ += "  ";
  } else {
    const int indent_of_closing = pending_indent_;
    if (before_closing) pending_indent_ += 2;
    PrintPending(comment.blank_before);
    pending_indent_ = indent_of_closing;
    after_opening_ = false;
  }
  out_ += comment.text;
  pending_line_ = true;
}

void Printer::PrintPending(bool blank_before) {
  if (pending_line_ && !out_.empty()) {
    out_ += keeps_blank_ && blank_before && !after_opening_ ? "\n\n" : "\n";
  }
  const int blanks = pending_line_ ? pending_indent_ : pending_spaces_;
  column_ = pending_line_ ? blanks : column_ + blanks;
  out_.append(static_cast<std::size_t>(blanks), ' ');
  pending_line_ = false;
  pending_spaces_ = 0;
}

int Printer::Column() const { return pending_line_ ? pending_indent_ : column_ + pending_spaces_; }

bool Printer::Fits(const Command& candidate) const {
  std::vector<Command> ahead = {candidate};
  std::size_t rest = stack_.size();
  int room = width_ - Column();
  std::uint32_t ink = ink_;
  std::size_t comment = next_comment_;
  while (comment < trivia_.comments.size() && trivia_.comments[comment].ink <= ink) ++comment;
  while (room >= 0) {
    if (ahead.empty() && rest == 0) return true;
    const Command command = ahead.empty() ? stack_[--rest] : ahead.back();
    if (!ahead.empty()) ahead.pop_back();
    const DocNode& node = (*docs_)[command.doc];
    switch (node.kind) {
      case DocKind::kText:
        if (node.ink > 0 && comment < trivia_.comments.size() && trivia_.comments[comment].ink <= ink) {
          return !command.flat;
        }
        room -= node.width;
        ink += node.ink;
        break;
      case DocKind::kLine:
      case DocKind::kHardLine:
        if (!command.flat) return true;
        if (node.kind == DocKind::kHardLine) return false;
        [[fallthrough]];
      case DocKind::kSpaces:
        room -= node.amount;
        break;
      case DocKind::kIfBroken:
        if (!command.flat) ahead.push_back({node.parts.front(), command.indent, false});
        break;
      case DocKind::kChoice:
        ahead.push_back({node.parts.front(), command.indent, command.flat});
        break;
      case DocKind::kBroken:
        if (command.flat) return false;
        [[fallthrough]];
      default:
        for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part) {
          ahead.push_back({*part, command.indent, command.flat || node.kind == DocKind::kFlat});
        }
    }
  }
  return false;
}

std::string Printer::Finish() {
  ink_ = UINT32_MAX;
  pending_line_ = true;
  pending_indent_ = 0;
  PrintComments(0, false);
  if (!out_.empty()) out_ += '\n';
  return std::move(out_);
}

}  // namespace proviso::format
