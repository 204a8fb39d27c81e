#include "compiler/format/format.h"

#include "compiler/format/declaration_layout.h"
#include "compiler/format/doc.h"
#include "compiler/format/expression_layout.h"
#include "compiler/format/ink.h"
#include "compiler/format/printer.h"

namespace proviso::format {
namespace {

/// Lays out and prints piece by piece, so that the layouts of a large file never exist all at once.
class FilePrinter {
 public:
  FilePrinter(const syntax::SyntaxTree& tree, std::string_view text)
      : tree_(tree), trivia_(ReadTrivia(text, tree.comments)), printer_(trivia_, kLineWidth) {}

  std::string Print() {
    for (const syntax::UseText& use : tree_.uses) {
      PrintPiece([&](DeclarationLayout& layout) { return layout.Use(use); });
    }
    PrintPiece([](DeclarationLayout& layout) { return layout.Header(); });
    for (const syntax::Declaration& declaration : tree_.declarations) {
      PrintPiece([&](DeclarationLayout& layout) { return layout.Of(declaration); });
    }
    return printer_.Finish();
  }

 private:
  template <typename LayPiece>
  void PrintPiece(LayPiece lay_piece) {
    DocStore docs;
    DeclarationLayout layout(tree_, trivia_, docs);
    const Doc piece = lay_piece(layout);
    printer_.Print(docs, docs.Row({piece, docs.HardItemLine()}));
  }

  const syntax::SyntaxTree& tree_;
  const Trivia trivia_;
  Printer printer_;
};

}  // namespace

std::string Format(const syntax::SyntaxTree& tree, std::string_view text) { return FilePrinter(tree, text).Print(); }

std::string ExprToText(const syntax::SyntaxTree& tree, syntax::ExprId expr) {
  const Trivia nothing;
  DocStore docs;
  Printer printer(nothing, kLineWidth);
  ExpressionLayout layout(tree, docs);
  return printer.PrintFlat(docs, layout.Of(expr, 0));
}

std::string DeclarationToText(const syntax::SyntaxTree& tree, const syntax::Declaration& declaration) {
  const Trivia nothing;
  DocStore docs;
  Printer printer(nothing, kLineWidth);
  printer.Print(docs, DeclarationLayout(tree, nothing, docs).Of(declaration));
  return printer.Finish();
}

}  // namespace proviso::format
