// Calls and paths.
#include "compiler/syntax/build_tree.h"

namespace proviso::syntax {

using P = grammar::ProvisoParser;

ExprId TreeBuilder::MakeCall(P::CallContext* context) {
  switch (context->start->getType()) {
    case P::COUNT:
      return MakeCount(context);
    case P::SUM:
      return MakeComprehension(context, AggregateKind::kSum);
    default:
      break;
  }
  if (context->comprehension() != nullptr)
    return MakeComprehension(context, context->MAX() != nullptr ? AggregateKind::kMax : AggregateKind::kMin);
  Call call{CallKind::kReal, {}};
  if (context->MAX() != nullptr) call.kind = CallKind::kMax;
  if (context->MIN() != nullptr) call.kind = CallKind::kMin;
  for (P::ExprContext* argument : context->expr()) call.arguments.push_back(MakeExpr(argument));
  if (context->ROUND() != nullptr) {
    call.kind = CallKind::kRound;
    call.arguments.push_back(Add(NumberLiteral{TextOf(context->NUMBER()), {}}, SpanOf(context->NUMBER())));
  }
  const std::vector<ExprId> children = call.arguments;
  return Add(std::move(call), tokens_.SpanOf(context), children);
}

ExprId TreeBuilder::MakeCount(P::CallContext* context) {
  const ExprId list = MakePathExpr(context->path());
  const ExprId where = MakeOptionalExpr(context->expr(0));
  return Add(Aggregate{AggregateKind::kCount, ExprId(), MakeName(context->name()), list, where},
             tokens_.SpanOf(context), {list, where});
}

ExprId TreeBuilder::MakeComprehension(P::CallContext* context, AggregateKind kind) {
  P::ComprehensionContext* over = context->comprehension();
  const ExprId value = MakeExpr(context->expr(0));
  const ExprId list = MakePathExpr(over->path());
  const ExprId where = MakeOptionalExpr(over->expr());
  return Add(Aggregate{kind, value, MakeName(over->name()), list, where}, tokens_.SpanOf(context),
             {value, list, where});
}

ExprId TreeBuilder::MakePathExpr(P::PathContext* context) { return Add(MakePath(context), tokens_.SpanOf(context)); }

Path TreeBuilder::MakePath(P::PathContext* context) const {
  Path path;
  for (P::SegmentContext* segment : context->segment()) path.segments.push_back(MakeSegment(segment));
  return path;
}

PathSegment TreeBuilder::MakeSegment(P::SegmentContext* context) const {
  PathSegment segment{MakeName(context), {}};
  for (P::MemberContext* argument : context->member()) segment.arguments.push_back(MakeMember(argument));
  return segment;
}

}  // namespace proviso::syntax
