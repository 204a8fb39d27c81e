#include "compiler/format/printer.h"

#include <algorithm>
#include <ranges>

namespace proviso::format {
namespace {

/// Lines never begin further right: deep nesting must leave room for its text.
constexpr int kMaxIndent = 48;
/// How much further a line begins that only a comment before it made necessary.
constexpr int kContinuation = 4;

bool IsClosing(const DocNode& node) { return node.text == "}" || node.text == ")"; }

}  // namespace

void Printer::Print(const DocStore& docs, Doc doc) { Run(docs, {.doc = doc, .indent = 0, .flat = false}); }

std::string Printer::PrintFlat(const DocStore& docs, Doc doc) {
  Run(docs, {.doc = doc, .indent = 0, .flat = true});
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
      PrintText(node, indent);
      break;
    case DocKind::kSpaces:
      pending_spaces_ += node.amount;
      break;
    case DocKind::kLine:
    case DocKind::kHardLine:
      PrintLine(node, command);
      break;
    case DocKind::kGroup:
      Push(node, indent, flat || Fits({.doc = node.parts.front(), .indent = indent, .flat = true}));
      break;
    case DocKind::kNest:
      Push(node, std::min(indent + node.amount, kMaxIndent), flat);
      break;
    case DocKind::kAlign:
      PrintComments(indent, false);
      Push(node, std::min(Column(), kMaxIndent), flat);
      break;
    case DocKind::kIfBroken:
      if (!flat) Push(node, indent, flat);
      break;
    case DocKind::kChoice: {
      const bool is_first = flat || Fits({.doc = node.parts.front(), .indent = indent, .flat = false});
      stack_.push_back({.doc = is_first ? node.parts.front() : node.parts.back(), .indent = indent, .flat = flat});
      break;
    }
    case DocKind::kRow:
    case DocKind::kBroken:
    case DocKind::kFlat:
      Push(node, indent, flat || node.kind == DocKind::kFlat);
  }
}

void Printer::Push(const DocNode& node, int indent, bool flat) {
  for (const Doc part : std::views::reverse(node.parts)) {
    stack_.push_back({.doc = part, .indent = indent, .flat = flat});
  }
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
  while (IsCommentDue(next_comment_, ink_)) PrintComment(trivia_.comments[next_comment_++], indent, before_closing);
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
  Lookahead ahead = {.commands = {candidate}, .room = width_ - Column(), .ink = ink_, .next_comment = next_comment_};
  while (IsCommentDue(ahead.next_comment, ink_)) ++ahead.next_comment;
  std::optional<bool> verdict;
  for (std::size_t rest = stack_.size(); !verdict && (rest > 0 || !ahead.commands.empty());) {
    if (ahead.commands.empty()) ahead.commands.push_back(stack_[--rest]);
    const Command command = ahead.commands.back();
    ahead.commands.pop_back();
    verdict = Look((*docs_)[command.doc], command, ahead);
    if (ahead.room < 0) return false;
  }
  return verdict.value_or(true);
}

std::optional<bool> Printer::Look(const DocNode& node, const Command& command, Lookahead& ahead) const {
  const bool flat = command.flat;
  switch (node.kind) {
    case DocKind::kText:
      if (node.text != "," && IsCommentDue(ahead.next_comment, ahead.ink)) return !flat;
      ahead.ink += node.ink;
      ahead.room -= node.width;
      return std::nullopt;
    case DocKind::kLine:
    case DocKind::kHardLine:
      if (!flat || node.kind == DocKind::kHardLine) return !flat;
      [[fallthrough]];
    case DocKind::kSpaces:
      ahead.room -= node.amount;
      return std::nullopt;
    case DocKind::kIfBroken:
      if (flat) return std::nullopt;
      break;
    case DocKind::kChoice:
      ahead.commands.push_back({.doc = node.parts.front(), .indent = command.indent, .flat = flat});
      return std::nullopt;
    case DocKind::kBroken:
      if (flat) return false;
      break;
    default:
      break;
  }
  const bool is_flat = flat || node.kind == DocKind::kFlat;
  for (const Doc part : std::views::reverse(node.parts)) {
    ahead.commands.push_back({.doc = part, .indent = command.indent, .flat = is_flat});
  }
  return std::nullopt;
}

bool Printer::IsCommentDue(std::size_t comment, std::uint32_t ink) const {
  return comment < trivia_.comments.size() && trivia_.comments[comment].ink <= ink;
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
