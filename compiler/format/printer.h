// printer.h: layouts → text of a limited width, with the comments and empty lines of the old text in their places.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/format/doc.h"
#include "compiler/format/ink.h"

namespace proviso::format {

/// Prints layouts one after the other. A comment is printed before the first ink that stood after it; a group that
/// has one inside is broken. Linear in the text, times the width.
class Printer {
 public:
  Printer(const Trivia& trivia, int width) : trivia_(trivia), width_(width) {}

  void Print(const DocStore& docs, Doc doc);
  /// On one line, however long; the result is that line.
  [[nodiscard]] std::string PrintFlat(const DocStore& docs, Doc doc);
  /// What was printed, with the comments that are left.
  [[nodiscard]] std::string Finish();

 private:
  struct Command {
    Doc doc;
    int indent;
    bool flat;
  };

  void Run(const DocStore& docs, Command first);
  void Step(const DocNode& node, const Command& command);
  void Push(const DocNode& node, int indent, bool flat);
  void PrintLine(const DocNode& node, const Command& command);
  void PrintText(const DocNode& node, int indent);
  void PrintComments(int indent, bool before_closing);
  void PrintComment(const PlacedComment& comment, int indent, bool before_closing);
  void PrintPending(bool blank_before);
  [[nodiscard]] int Column() const;
  /// Whether `candidate`, and what follows up to the next place where a line may end, fits on this line.
  [[nodiscard]] bool Fits(const Command& candidate) const;

  struct Lookahead {
    std::vector<Command> commands;
    int room;
    std::uint32_t ink;
    std::size_t next_comment;
  };
  /// Takes one step of `Fits`; a result where it is settled.
  std::optional<bool> Look(const DocNode& node, const Command& command, Lookahead& ahead) const;
  [[nodiscard]] bool IsCommentDue(std::size_t comment, std::uint32_t ink) const;

  const Trivia& trivia_;
  const int width_;
  const DocStore* docs_ = nullptr;
  std::vector<Command> stack_;
  std::string out_;
  std::uint32_t ink_ = 0;
  std::size_t next_comment_ = 0;
  int column_ = 0;
  int line_indent_ = 0;         // of the last line that a layout began
  bool after_opening_ = false;  // nothing was printed since a `{` but comments on its line
  // What is to be written before the next text.
  int pending_spaces_ = 0;
  bool pending_line_ = false;
  int pending_indent_ = 0;
  bool keeps_blank_ = true;  // an empty line of the old text may stay here
};

}  // namespace proviso::format
