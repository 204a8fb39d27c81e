#include "tests/support/rules_plan.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <random>

namespace proviso::tests {
namespace {

constexpr int kMaxShrinkingSteps = 800;

Numbers RandomNumbers(std::mt19937& random, std::size_t count) {
  Numbers numbers(count);
  for (std::uint32_t& number : numbers) number = static_cast<std::uint32_t>(random() % 1000);
  return numbers;
}

rc::Seq<Numbers> SmallerNumbers(const Numbers& numbers) {
  return rc::seq::concat(rc::shrink::removeChunks(numbers),
                         rc::shrink::eachElement(numbers, [](std::uint32_t n) { return rc::shrink::integral(n); }));
}

rc::Seq<RulesPlan> SmallerPlans(const RulesPlan& plan) {
  const auto with_declarations = [plan](std::vector<Numbers> declarations) {
    return RulesPlan{plan.vocabulary, std::move(declarations), plan.amendment, plan.values};
  };
  const auto with_vocabulary = [plan](Numbers vocabulary) {
    return RulesPlan{std::move(vocabulary), plan.declarations, plan.amendment, plan.values};
  };
  const auto with_amendment = [plan](Numbers amendment) {
    return RulesPlan{plan.vocabulary, plan.declarations, std::move(amendment), plan.values};
  };
  return rc::seq::concat(rc::seq::map(rc::shrink::removeChunks(plan.declarations), with_declarations),
                         rc::seq::map(SmallerNumbers(plan.amendment), with_amendment),
                         rc::seq::map(rc::shrink::eachElement(plan.declarations, SmallerNumbers), with_declarations),
                         rc::seq::map(SmallerNumbers(plan.vocabulary), with_vocabulary));
}

/// The complaint about the smallest plan that was found to break the property.
std::string Smallest(const RulesPlan& plan, std::uint32_t seed, std::string complaint, const PlanProperty& property) {
  rc::Shrinkable<RulesPlan> smallest =
      rc::shrinkable::shrinkRecur(plan, [](const RulesPlan& larger) { return SmallerPlans(larger); });
  rc::Seq<rc::Shrinkable<RulesPlan>> smaller = smallest.shrinks();
  for (int step = 0; step < kMaxShrinkingSteps; ++step) {
    const auto next = smaller.next();
    if (!next) break;
    const auto said = property(next->value(), seed);
    if (!said) continue;
    complaint = *said;
    smaller = next->shrinks();
  }
  return complaint;
}

}  // namespace

RulesPlan RandomPlan(std::uint32_t seed, Values values) {
  std::mt19937 random(seed);
  RulesPlan plan;
  plan.values = values;
  plan.vocabulary = RandomNumbers(random, 60);
  const std::size_t declarations = 2 + random() % 8;
  for (std::size_t i = 0; i < declarations; ++i) plan.declarations.push_back(RandomNumbers(random, 90));
  if (random() % 3 == 0) plan.amendment = RandomNumbers(random, 60);
  return plan;
}

Numbers RandomStyle(std::uint32_t seed) {
  std::mt19937 random(seed);
  return RandomNumbers(random, 2000);
}

void ExpectOfRandomPlans(std::uint32_t first_seed, std::size_t count, const PlanProperty& property, Values values) {
  const char* const only = std::getenv("PROVISO_RANDOM_SEED");
  if (only != nullptr) {
    first_seed = static_cast<std::uint32_t>(std::strtoul(only, nullptr, 10));
    count = 1;
  }
  for (std::size_t i = 0; i < count; ++i) {
    const auto seed = static_cast<std::uint32_t>(first_seed + i);
    const RulesPlan plan = RandomPlan(seed, values);
    const auto said = property(plan, seed);
    if (!said) continue;
    FAIL() << "PROVISO_RANDOM_SEED=" << seed << "\n" << Smallest(plan, seed, *said, property);
  }
}

std::size_t TimesFactor(std::size_t usual) {
  const char* const factor = std::getenv("PROVISO_RANDOM_FACTOR");
  return factor == nullptr ? usual : usual * std::max(1UL, std::strtoul(factor, nullptr, 10));
}

}  // namespace proviso::tests
