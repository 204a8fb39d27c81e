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
  struct Settled {
    syntax::OptionDeclaration option;        // as it stood
    std::optional<syntax::Name> alternative; // closed on this one
    syntax::ExprId otherwise;                // closed on none of them
    Span span;                               // of the settlement
    syntax::AmendmentId amendment;
  };
  std::vector<Settled> settled;  // options that later drafts closed; conditions may still name them
};

/// Applies the amendments of `chain` (first draft first; each later one amends the one before), leaving out those
/// in `left_out` (numbered in the order of the text). An amendment of what is not there, or that adds what already
/// is, is reported at that amendment, and the others are applied. `repeal` of something still spoken of is found by
/// the checker.
[[nodiscard]] AmendedTree Amend(const std::vector<const syntax::SyntaxTree*>& chain,
                                diagnostics::DiagnosticSink& sink,
                                const std::set<syntax::AmendmentId>& left_out = {});

}  // namespace proviso::amend
