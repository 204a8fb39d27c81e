#include "compiler/check/over_vocabulary.h"

#include <utility>

namespace proviso::check {
namespace {

/// Moves what a draft says of its vocabulary.
class Mover {
 public:
  explicit Mover(const VocabularyPlaces& places) : places_(places) {}

  void Move(Expr& expr) const {
    if (expr.op == Op::kConstant) expr.constant = places_.Moved(expr.type, std::move(expr.constant));
    expr.type = places_.Moved(expr.type);
    if (expr.fact.IsValid()) expr.fact = places_.facts[expr.fact.Index()];
    Move(expr.path);
  }
  void Move(std::vector<FactId>& path) const {
    for (FactId& fact : path) fact = places_.facts[fact.Index()];
  }
  void Move(std::optional<EntityId>& entity) const {
    if (entity) entity = places_.entities[entity->Index()];
  }
  /// A term, an option, a decision.
  template <typename Declared>
  void MoveDeclared(Declared& declared) const {
    Move(declared.of);
    declared.type = places_.Moved(declared.type);
  }

 private:
  const VocabularyPlaces& places_;
};

}  // namespace

std::shared_ptr<const CheckedDraft> OverVocabulary(const CheckedDraft& draft,
                                                   std::shared_ptr<const Vocabulary> vocabulary,
                                                   const VocabularyPlaces& places) {
  auto moved = std::make_shared<CheckedDraft>(draft);
  const Mover mover(places);
  for (Expr& expr : moved->exprs) mover.Move(expr);
  for (Term& term : moved->terms) mover.MoveDeclared(term);
  for (Option& option : moved->options) mover.MoveDeclared(option);
  for (Decision& decision : moved->decisions) mover.MoveDeclared(decision);
  for (Assumption& assumption : moved->assumptions) mover.Move(assumption.of);
  for (Property& property : moved->properties) mover.Move(property.fact_path);
  for (Transform& transform : moved->transforms) mover.Move(transform.path);
  moved->vocabulary = std::move(vocabulary);
  return moved;
}

}  // namespace proviso::check
