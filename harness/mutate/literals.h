// literals.h: what a number, amount, date or duration could be written as by mistake.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/syntax/syntax_tree.h"
#include "runtime/base/exact.h"

namespace proviso::mutate {

/// The literals of one text, to be told which of them is next to another of its kind: one with the same unit, a
/// percentage, an amount, a date, a number of days.
class Literals {
 public:
  /// Takes note of the expression, where it is a literal.
  void Add(const syntax::ExprKind& kind);

  /// Ten times and a tenth of it (a date: a year later), and the next smaller and larger literals of its kind.
  [[nodiscard]] std::vector<syntax::ExprKind> MistakesFor(const syntax::ExprKind& kind) const;

 private:
  /// By kind, in order, as first written.
  std::map<std::string, std::map<Exact, syntax::ExprKind>> known_;
};

}  // namespace proviso::mutate
