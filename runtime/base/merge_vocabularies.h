// merge_vocabularies.h: several vocabularies → one that has what any of them has, declarations of one name being one.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "runtime/base/vocabulary.h"

namespace proviso {

/// Where what one vocabulary declares stands in another, by its ids in the first.
struct VocabularyPlaces {
  std::vector<UnitId> units;
  std::vector<EnumId> enums;
  std::vector<std::vector<std::uint32_t>> members;  // of each enumeration
  std::vector<EntityId> entities;
  std::vector<FactId> facts;

  [[nodiscard]] Type Moved(Type type) const;
  /// `type`: as it was before.
  [[nodiscard]] Value Moved(const Type& type, Value value) const;
};

/// Two declarations of one name that cannot be one.
struct VocabularyClash {
  enum class Kind : std::uint8_t {
    kFactType,     // `name`: `Permit.amount`; `said`: two types
    kUnit,         // `said`: two sizes of a unit: `1000 petaflops`
    kOrdered,      // an enumeration that only one side orders; `said`: what it is
    kMemberOrder,  // `said`: two members that each side has in another order
    kNoOrder,      // `said`: two members of which only one is known to either side, between the same two others
    kCase,         // `said`: two entities that are the case
    kTooLarge,     // all in one, `name` holds itself, or more entities than can be, on fixed paths
  } kind;
  std::string name;
  std::array<std::string, 2> said;  // by the later, and by the one before
  std::array<Span, 2> spans;        // nowhere where there is none
};

struct MergedVocabularies {
  std::shared_ptr<const Vocabulary> vocabulary;  // null where there are clashes
  std::vector<VocabularyPlaces> places;          // of each
  std::vector<VocabularyClash> clashes;
};

/// Takes over the last, what it says of a declaration (description, citations, `assumed`) and its order; what only
/// others have stands behind, but members of ordered enumerations in their order.
[[nodiscard]] MergedVocabularies Merge(const std::vector<const Vocabulary*>& all);

}  // namespace proviso
