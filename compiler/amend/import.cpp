#include "compiler/amend/import.h"

namespace proviso::amend {
namespace {

using namespace syntax;  // NOLINT(google-build-using-namespace): every declaration of the tree is named here

void ImportInto(Importer&, UnitDeclaration&) {}
void ImportInto(Importer&, EnumDeclaration&) {}
void ImportInto(Importer&, CaseDeclaration&) {}
void ImportInto(Importer&, SetDeclaration&) {}
void ImportInto(Importer&, OptionSetDeclaration&) {}
void ImportInto(Importer&, RepealAmendment&) {}
void ImportInto(Importer&, WaiverDeclaration&) {}
void ImportInto(Importer&, SetAmendment&) {}
void ImportInto(Importer&, AddAmendment&) {}
void ImportInto(Importer&, ReplaceAmendment&) {}
void ImportInto(Importer&, AmendAmendment&) {}
void ImportInto(Importer& importer, SettleAmendment& d) { d.otherwise = importer.Copy(d.otherwise); }
void ImportInto(Importer& importer, EntityDeclaration& d) {
  for (FactDeclaration& fact : d.facts) fact.assumed = importer.Copy(fact.assumed);
}
void ImportInto(Importer& importer, AssumeDeclaration& d) { d.condition = importer.Copy(d.condition); }
void ImportInto(Importer& importer, OptionDeclaration& d) {
  for (AlternativeText& alternative : d.alternatives) alternative.value = importer.Copy(alternative.value);
}
void ImportInto(Importer& importer, ConstraintDeclaration& d) { d.condition = importer.Copy(d.condition); }
void ImportInto(Importer& importer, TermDeclaration& d) { d.value = importer.Copy(d.value); }
void ImportInto(Importer& importer, DecisionDeclaration& d) {
  for (auto& item : d.items) {
    if (auto* rule = std::get_if<RuleText>(&item)) *rule = importer.Copy(*rule);
    if (auto* otherwise = std::get_if<OtherwiseText>(&item)) otherwise->value = importer.Copy(otherwise->value);
  }
}
void ImportInto(Importer& importer, PropertyDeclaration& d) {
  d.condition = importer.Copy(d.condition);
  d.decision = importer.Copy(d.decision);
  d.fact = importer.Copy(d.fact);
}
void ImportInto(Importer& importer, TransformDeclaration& d) {
  d.fact = importer.Copy(d.fact);
  d.value = importer.Copy(d.value);
}

}  // namespace

ExprId Importer::Copy(ExprId expr) {
  if (!expr.IsValid()) return expr;
  Expr copy = from_[expr];
  ForEachChild(copy, [this](ExprId& child) { child = Copy(child); });
  return to_.exprs.Add(std::move(copy));
}

RuleText Importer::Copy(RuleText rule) {
  rule.value = Copy(rule.value);
  rule.condition = Copy(rule.condition);
  return rule;
}

Declaration Importer::Copy(const Declaration& declaration) {
  Declaration copy = declaration;
  std::visit([this](auto& kind) { ImportInto(*this, kind); }, copy.kind);
  return copy;
}

}  // namespace proviso::amend
