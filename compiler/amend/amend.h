// amend.h: a chain of drafts, each amending the one before → the one text that results.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::amend {

/// One change an amending draft makes: `settle ai_compute = alt_2`, or one line of an `amend` block.
struct Amendment {
  std::string draft;  // the amending draft's name
  std::string text;   // on one line, for reports: `replace rule frontier_ai`
  Span span;
};

/// What drafts say once all amendments are applied: a tree whose pieces come from several files (their spans
/// name the file), each with the amendment that put it there.
struct AmendedTree {
  syntax::SyntaxTree tree;  // of the last draft; its declarations are no amendments any more
  /// Outermost draft last; one name where nothing is amended.
  std::vector<std::string> chain;
  Store<syntax::AmendmentId, Amendment> amendments;
  /// An option that a later draft closed; its declaration stays, since conditions may still ask about it.
  struct Settled {
    syntax::Name option;
    std::optional<syntax::Name> alternative;  // closed on this one
    syntax::ExprId otherwise;                 // closed on none of them: this is the text
    Span span;
    syntax::AmendmentId amendment;
  };
  std::vector<Settled> settled;
  /// What was taken away, so that a name still spoken of can be told from a name never heard of.
  struct Repealed {
    std::string name;
    Span span;
  };
  std::vector<Repealed> repealed;
  /// The vocabulary's, their conditions copied into `tree`.
  std::vector<syntax::AssumeDeclaration> assumptions;
};

/// Applies the amendments of `chain` (first draft first; each later one amends the one before), leaving out those
/// in `left_out` (numbered in the order of the text). An amendment of what is not there, or that adds what already
/// is, is reported at that amendment, and the others are applied. `repeal` of something still spoken of is found by
/// the checker. A set of the vocabulary (`vocabulary`: its trees) that a draft changes becomes a set of the draft with
/// the name's span unchanged.
[[nodiscard]] AmendedTree Amend(const std::vector<const syntax::SyntaxTree*>& chain,
                                const std::vector<const syntax::SyntaxTree*>& vocabulary,
                                diagnostics::DiagnosticSink& sink, const std::set<syntax::AmendmentId>& left_out = {});

}  // namespace proviso::amend
