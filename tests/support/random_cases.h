// random_cases.h: cases of one vocabulary at random, from few values a type, so that thresholds are met exactly.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "runtime/base/case.h"

namespace proviso::tests {

class RandomCases {
 public:
  RandomCases(const Vocabulary& vocabulary, unsigned seed) : vocabulary_(vocabulary), random_(seed) {}

  /// Gives every fact that is not known a value.
  void Complete(Case& facts);
  /// Forgets some of what is known.
  void Hide(Case& facts);
  /// Gives one fact a value.
  void Give(Case& facts, InstanceId instance, FactId fact);
  std::size_t Pick(std::size_t count) { return random_() % count; }

 private:
  void CompleteInstance(Case& facts, InstanceId instance);
  Value Make(Case& facts, InstanceId instance, FactId id);
  Value MakeList(Case& facts, const Type& type, const std::string& path);
  Value MakeScalar(const Type& type);
  Value MakeSet(const Type& type);

  const Vocabulary& vocabulary_;
  std::mt19937 random_;
};

/// All drafts in folders of the project in a fixed order, without vocabularies and the cases for the checker.
[[nodiscard]] std::vector<std::string> DraftsIn(const std::vector<std::string>& folders);

}  // namespace proviso::tests
