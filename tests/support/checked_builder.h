// checked_builder.h: small checked drafts made by hand, for tests of what comes after the checker.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "runtime/base/case.h"

namespace proviso::test_support {

/// One world and one draft over it. The case is a `Deal`:
///   a, b, c : boolean, amount : integer, money : decimal(2), size : real, day : date, learned : date or none,
///   span : days, level : Level, uses : set of Use, party : Item, partner : Item or none, items : list of Item
/// An `Item` has ok : boolean, weight : integer, mass : real, level : Level, parts : list of Item.
class CheckedBuilder {
 public:
  CheckedBuilder();

  // ---- The world ------------------------------------------------------------------------------------------
  static Type Of(TypeKind kind, std::uint8_t digits = 0);
  [[nodiscard]] Type Level() const;
  [[nodiscard]] FactId Named(EntityId entity, std::string_view name) const;

  // ---- Expressions ----------------------------------------------------------------------------------------
  check::ExprId Add(check::Expr expr) { return draft_->exprs.Add(std::move(expr)); }
  check::ExprId Make(check::Op op, const Type& type, std::vector<check::ExprId> operands);
  /// A condition.
  check::ExprId Is(check::Op op, std::vector<check::ExprId> operands);
  check::ExprId Truth(bool value);
  check::ExprId Number(std::int64_t value);
  check::ExprId Real(double value);
  check::ExprId Member(std::uint32_t member);
  check::ExprId Uses(std::vector<std::uint32_t> members);
  check::ExprId None(const Type& type);
  check::ExprId Case();
  check::ExprId Self();
  check::ExprId Element(check::VariableId variable);
  /// A fact of the case, or of the entity that an expression is.
  check::ExprId Fact(std::string_view name);
  check::ExprId Fact(check::ExprId entity, std::string_view name);
  check::VariableId Variable(std::string name);
  /// kSome, kEvery, kCount (operands list and condition), kSum, kMaxOf, kMinOf (list, condition, value).
  check::ExprId Over(check::Op op, const Type& type, check::VariableId variable, std::vector<check::ExprId> operands);
  check::ExprId Term(check::TermId term, check::ExprId entity);
  check::ExprId Term(check::TermId term) { return Term(term, Case()); }
  check::ExprId Decision(check::DecisionId decision);
  check::ExprId Option(check::OptionId option);
  check::ExprId OptionIs(check::OptionId option, std::vector<std::uint32_t> alternatives);
  check::ExprId Fires(check::RuleId rule);
  check::ExprId Decides(check::RuleId rule);
  check::ExprId Supposing(check::ExprId body, const std::vector<std::pair<check::ExprId, check::ExprId>>& changes);

  // ---- Declarations ---------------------------------------------------------------------------------------
  check::TermId AddTerm(std::string name, const Type& type, check::ExprId body,
                        std::optional<EntityId> of = std::nullopt);
  check::OptionId AddOption(std::string name, const std::vector<check::ExprId>& alternatives);
  check::DecisionId AddDecision(std::string name, const Type& type, std::optional<syntax::HitPolicy> policy,
                                std::optional<check::ExprId> otherwise);
  check::RuleId AddRule(check::DecisionId decision, std::string name, check::ExprId value, check::ExprId condition);
  check::RuleId AddException(check::DecisionId decision, std::string name, check::ExprId value,
                             check::ExprId condition);
  check::RuleId AddExceptionTo(check::RuleId rule, std::string name, check::ExprId condition);

  [[nodiscard]] check::CheckedDraft& Draft() { return *draft_; }
  [[nodiscard]] const Vocabulary& World() const { return *vocabulary_; }
  [[nodiscard]] EntityId Deal() const { return deal_; }
  [[nodiscard]] EntityId Item() const { return item_; }

 private:
  void AddFact(EntityId entity, std::string name, Type type);

  std::shared_ptr<Vocabulary> vocabulary_ = std::make_shared<Vocabulary>();
  std::unique_ptr<check::CheckedDraft> draft_ = std::make_unique<check::CheckedDraft>();
  EnumId level_, use_;
  EntityId deal_, item_;
};

/// A case of that world, filled fact by fact.
class CaseBuilder {
 public:
  explicit CaseBuilder(const CheckedBuilder& world) : world_(world), facts_(EmptyCase(world.World())) {}

  CaseBuilder& Set(std::string_view fact, Value value) { return Set(facts_.root, fact, std::move(value)); }
  CaseBuilder& Set(InstanceId entity, std::string_view fact, Value value);
  /// So many new elements, all facts unknown.
  std::vector<InstanceId> List(InstanceId entity, std::string_view fact, std::size_t count);
  std::vector<InstanceId> List(std::string_view fact, std::size_t count) { return List(facts_.root, fact, count); }
  InstanceId Partner();
  [[nodiscard]] const Case& Facts() const { return facts_; }
  [[nodiscard]] Case& Facts() { return facts_; }

 private:
  const CheckedBuilder& world_;
  Case facts_;
};

}  // namespace proviso::test_support
