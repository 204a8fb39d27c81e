// rules_plan.h: what random rules are written from: numbers that can be drawn, shown and made smaller.
//
// A plan is only numbers; `RandomRules` reads them as choices. 0 is the simplest choice and a number that is not there
// is 0, so that a plan with fewer or smaller numbers makes smaller rules. RapidCheck makes the smaller plans.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace proviso::tests {

using Numbers = std::vector<std::uint32_t>;

/// Few: facts of few values, by the vocabulary's assumptions, and no list in a list, so that all cases can be gone
/// through (`FewValues`).
enum class Values : std::uint8_t { kMany, kFew };

struct RulesPlan {
  Numbers vocabulary;
  std::vector<Numbers> declarations;  // of the draft
  Numbers amendment;                  // none where empty
  Values values = Values::kMany;
};

/// The same seed, the same plan.
[[nodiscard]] RulesPlan RandomPlan(std::uint32_t seed, Values values = Values::kMany);
/// Another way to write rules.
[[nodiscard]] Numbers RandomStyle(std::uint32_t seed);

/// Reads numbers as choices, one after the other.
class Choices {
 public:
  explicit Choices(const Numbers& numbers) : numbers_(numbers) {}

  /// From 0 up to but not `bound`.
  [[nodiscard]] std::size_t Below(std::size_t bound) { return next_ < numbers_.size() ? numbers_[next_++] % bound : 0; }
  /// In so many of 100; never where the numbers have run out.
  [[nodiscard]] bool Percent(std::size_t chance) { return Below(100) >= 100 - chance; }
  template <typename T>
  [[nodiscard]] const T& OneOf(const std::vector<T>& values) {
    return values[Below(values.size())];
  }

 private:
  Numbers numbers_;
  std::size_t next_ = 0;
};

/// Nothing where all is well, else what is wrong, in full.
using PlanProperty = std::function<std::optional<std::string>(const RulesPlan& plan, std::uint32_t seed)>;

/// Asks it of `count` random plans, seeds from `first_seed` on; fails the test with the first plan that breaks it, made
/// as small as can be in some hundred steps. `PROVISO_RANDOM_SEED=N` in the environment asks it of that seed alone.
void ExpectOfRandomPlans(std::uint32_t first_seed, std::size_t count, const PlanProperty& property,
                         Values values = Values::kMany);

/// How many drafts the tests are to make: `usual`, multiplied by `PROVISO_RANDOM_FACTOR` in the environment.
[[nodiscard]] std::size_t TimesFactor(std::size_t usual);

}  // namespace proviso::tests
