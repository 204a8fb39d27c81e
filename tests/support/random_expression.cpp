// The expressions of random drafts, in the order of their binding.
#include "tests/support/random_draft.h"

namespace proviso::tests {
namespace {

constexpr int kMaxDepth = 5;

}  // namespace

// ---- Expressions -----------------------------------------------------------------------------------------

void RandomDraft::Expression() {
  ++depth_;
  Percent(depth_ < kMaxDepth ? 10 : 0) ? Tail() : Implication();
  --depth_;
}

void RandomDraft::Implication() {
  Exclusion();
  while (Percent(8)) {
    Put("implies");
    Exclusion();
  }
}

void RandomDraft::Exclusion() {
  Disjunction();
  if (!Percent(8)) return;
  Put("unless");
  Disjunction();
}

void RandomDraft::Disjunction() {
  Conjunction();
  while (Percent(15)) {
    Put("or");
    Conjunction();
  }
}

void RandomDraft::Conjunction() {
  Negation();
  while (Percent(25)) {
    Put("and");
    Negation();
  }
}

void RandomDraft::Negation() {
  while (Percent(10)) Put("not");
  Comparison();
  if (Percent(6)) Supposing();
}

void RandomDraft::Comparison() {
  if (Percent(5)) {
    if (Percent(50)) Path();
    Put("described in §850.224(j)");
    return;
  }
  Sum();
  switch (Below(12)) {
    case 0:
      Put("between");
      Sum();
      Put("and");
      Sum();
      break;
    case 1:
      Put("in");
      SetOperand();
      break;
    case 2:
      Put("includes");
      Path();
      break;
    case 3:
      Put(Percent(50) ? "includes any of" : "includes all of");
      SetOperand();
      break;
    case 4:
    case 5:
      return;
    default:
      Put(OneOf({"=", "is", "is not", "<", "<=", ">", ">=", "less than", "at most", "more than", "at least"}));
      Sum();
  }
}

void RandomDraft::Sum() {
  Product();
  while (Percent(15)) {
    Put(Percent(50) ? "+" : "-");
    Product();
  }
}

void RandomDraft::Product() {
  Primary();
  while (Percent(12)) {
    Put(Percent(50) ? "*" : "/");
    Primary();
  }
}

void RandomDraft::Primary() {
  while (Percent(5)) Put("-");
  ++depth_;
  depth_ < kMaxDepth&& Percent(40) ? Compound() : Leaf();
  --depth_;
}

void RandomDraft::Leaf() {
  if (Percent(40)) {
    Literal();
    return;
  }
  if (!Percent(5)) {
    Path();
    return;
  }
  Put("frontier_ai decides");
}

void RandomDraft::Compound() {
  switch (Below(6)) {
    case 0:
      SetLiteral();
      break;
    case 1:
      ConditionList();
      break;
    case 2:
      Aggregate();
      break;
    case 3:
      Call();
      break;
    default:
      Put("(");
      Expression();
      Put(")");
  }
}

void RandomDraft::Literal() {
  Put(OneOf({"10^25 flop", "41_600", "0.5", "1e25", "50%", "$2,000,000", "$1_000_000.50", "$5000", "2025-01-02", "yes",
             "no", "true", "false", "none", "30 days", "1 month ( clipped )", "2 years ( spilled )", "1 day"}));
}

void RandomDraft::Path() {
  for (bool first = true; first || Percent(30); first = false) {
    if (!first) Put(".");
    Name();
    if (!Percent(8)) continue;
    Put("(");
    List(1, 2, false, [this] { Member(); });
    Put(")");
  }
}

void RandomDraft::SetOperand() { Percent(50) ? SetLiteral() : Path(); }

void RandomDraft::SetLiteral() {
  Put("{");
  List(0, 5, true, [this] { Path(); });
  Put("}");
}

void RandomDraft::ConditionList() {
  Put(OneOf({"any of {", "all of {", "none of {", "at least 2 of {"}));
  const bool supported = Percent(40);
  List(1, 4, true, [&] {
    if (supported) Supports();
    Expression();
  });
  Put("}");
}

void RandomDraft::Supposing() {
  Put("supposing {");
  List(1, 3, true, [this] {
    Path();
    Put("=");
    Sum();
  });
  Put("}");
}

void RandomDraft::Tail() {
  if (Percent(40)) {
    Put("if");
    Expression();
    Put("then");
    Expression();
    Put("else");
    Expression();
    return;
  }
  while (Percent(30)) {
    Comparison();
    Put(Percent(50) ? "and" : "or");
  }
  Put(Percent(50) ? "some s in" : "every s in");
  Path();
  if (Percent(30)) {
    Put("where");
    Expression();
  }
  Put("satisfies");
  Expression();
}

void RandomDraft::Aggregate() {
  const std::string_view word = OneOf({"count", "sum", "max", "min"});
  Put({word, "("});
  if (word != "count") {
    Expression();
    Put("for");
  }
  Put("h in");
  Path();
  if (Percent(40)) {
    Put("where");
    Expression();
  }
  Put(")");
}

void RandomDraft::Call() {
  const std::string_view word = OneOf({"max", "min", "round", "real"});
  Put({word, "("});
  Expression();
  if (word == "round") Put(", 2");
  if (word == "max" || word == "min") {
    Put(",");
    Expression();
  }
  Put(")");
}

}  // namespace proviso::tests
