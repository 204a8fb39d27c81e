// random_rules.h: a vocabulary, a draft and an amendment of it, at random, that pass the checker and mean something.
//
// They are text, so that all of the compiler is asked and what fails can be read. Facts, terms, options and decisions
// are chosen by type; what may stand where is known here only as far as is needed to write no mistake.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/rules_plan.h"

namespace proviso::tests {

struct RulesText {
  std::string vocabulary;  // vocabulary.pvo
  std::string draft;       // draft.pvo
  std::string amending;    // amending.pvo; may be empty
};

/// Writes a plan out. `style` varies the words without changing the meaning: the order of operands and of rules that
/// do not depend on it, double negations, De Morgan's rules, `unless` or `and not`, the sides of comparisons, `every`
/// or `not some`, names of terms, units of amounts.
[[nodiscard]] RulesText WriteRules(const RulesPlan& plan, const Numbers& style = {});

namespace random_rules {

enum class Sort : std::uint8_t { kTruth, kAmount, kPower, kShare, kCount, kDate, kDays, kColour, kGrade, kColours };
enum Entities : std::size_t { kDeal, kFirm, kPart, kHolding };

/// What is read by a name: a fact, a term, or a decision.
struct Name {
  std::string name;
  Sort sort;
  bool for_each_colour = false;
  bool is_fact = false;
  bool may_be_none = false;
};

struct EntityNames {
  std::string name;
  std::vector<Name> names;
  std::vector<std::pair<std::string, std::size_t>> parts, lists;
};

struct OptionNames {
  std::string name;
  Sort sort;
  std::size_t alternatives;
};

/// The entities at hand, each with what stands before its names: nothing, `case.`, `x1.`; the innermost last.
using Scope = std::vector<std::pair<std::string, std::size_t>>;

/// Expressions over what there is so far. All are atoms or in brackets.
class Expressions {
 public:
  Expressions(const Numbers& numbers, Choices& style, const std::vector<EntityNames>& entities,
              const std::vector<OptionNames>& options, const std::vector<std::string>& firing, std::size_t colours,
              std::size_t grades)
      : choices(numbers),
        style_(style),
        entities_(entities),
        options_(options),
        firing_(firing),
        colours_(colours),
        grades_(grades) {}

  Choices choices;
  std::size_t counts = 12;  // literals of that sort go up to this

  std::string Condition(const Scope& scope, int depth);
  /// Of any sort but truths and sets.
  std::string Value(const Scope& scope, Sort sort, int depth);
  std::string Literal(Sort sort);
  /// What is compared with: a literal in one unit or another.
  std::string Limit(Sort sort);
  std::string Colour() { return ColourName(choices.Below(colours_)); }
  std::string Grade() { return GradeName(choices.Below(grades_)); }
  [[nodiscard]] static std::string ColourName(std::size_t number);
  [[nodiscard]] static std::string GradeName(std::size_t number);
  /// An element's name and what its entity is, for one more list.
  [[nodiscard]] static std::string ElementName(const Scope& scope);

  std::string And(const std::string& one, const std::string& other) { return Both(one, "and", "or", other); }
  std::string Or(const std::string& one, const std::string& other) { return Both(one, "or", "and", other); }

 private:
  struct Path {
    std::string text;
    bool may_be_none;
  };
  using Add = std::function<void(const std::string& prefix, const EntityNames& entity)>;
  void ForEntities(const Scope& scope, const Add& add) const;
  [[nodiscard]] std::vector<Path> Paths(const Scope& scope, Sort sort, const std::string& colour) const;
  [[nodiscard]] std::vector<std::pair<std::string, std::size_t>> Lists(const Scope& scope) const;

  std::string Both(const std::string& one, const std::string& word, const std::string& dual, const std::string& other);
  std::string IfThenElse(const std::string& condition, const std::string& one, const std::string& other);
  std::string Atom(const Scope& scope);
  std::string Truth(const Scope& scope);
  std::string Comparison(const Scope& scope, Sort sort, int depth);
  std::string OfColour(const Scope& scope);
  std::string OfColours(const Scope& scope);
  std::string Members();
  std::string Quantified(const Scope& scope, int depth);
  std::string OverColours(const Scope& scope);
  std::string List(const Scope& scope, int depth);
  std::string Supposing(const Scope& scope, int depth);
  std::string Aggregate(const Scope& scope, Sort sort, int depth);
  std::string Computed(const Scope& scope, Sort sort, int depth);

  Choices& style_;
  const std::vector<EntityNames>& entities_;
  const std::vector<OptionNames>& options_;
  const std::vector<std::string>& firing_;  // names of rules and exceptions
  std::size_t colours_, grades_;
};

}  // namespace random_rules
}  // namespace proviso::tests
