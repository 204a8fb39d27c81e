// case.h: the facts of one scenario: a tree of entities, each fact known or unknown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/base/ids.h"
#include "runtime/base/span.h"
#include "runtime/base/value.h"
#include "runtime/base/vocabulary.h"

namespace proviso {

/// What is known of one fact of one entity. Unknown where `value` is empty: missing is never zero and never no.
struct FactState {
  std::optional<Value> value;
  bool assumed = false;  // the value is the vocabulary's `assumed`, not the scenario's
  Span span;             // where the scenario states it; nowhere where it does not
};

/// One entity: the state of each of its facts, in the order of `Entity::facts`.
struct Instance {
  EntityId entity;
  std::string path;  // from the case, empty for the case itself: `target.ai_systems[0]`
  std::vector<FactState> facts;
};

/// Entities are values: no instance is reached by two ways. Facts of entity type that are not `or none` always
/// have an instance, except where an entity would hold itself so without end (which the checker refuses).
struct Case {
  Store<InstanceId, Instance> instances;
  InstanceId root;

  [[nodiscard]] FactState& State(const Vocabulary& vocabulary, InstanceId instance, FactId fact) {
    return instances[instance].facts[vocabulary.facts[fact].position];
  }
  [[nodiscard]] const FactState& State(const Vocabulary& vocabulary, InstanceId instance, FactId fact) const {
    return instances[instance].facts[vocabulary.facts[fact].position];
  }
};

/// A case in which nothing is known: entities on fixed paths from the root exist, every fact is unknown
/// (`assumed` values are not filled in: see `FillAssumed`).
[[nodiscard]] Case EmptyCase(const Vocabulary& vocabulary);

/// Adds an entity with all facts unknown (and those on fixed paths below it), not yet held by any fact.
InstanceId AddInstance(Case& facts, const Vocabulary& vocabulary, EntityId entity, const std::string& path);

/// Gives every silent fact its `assumed` value where it has one, in all instances of the case.
void FillAssumed(Case& facts, const Vocabulary& vocabulary);

/// The entities that the path of a fact leads to from the case, through lists: those that have its last fact.
[[nodiscard]] std::vector<InstanceId> EntitiesAt(const Case& facts, const Vocabulary& vocabulary,
                                                 const std::vector<FactId>& path);

/// The path of a fact of an instance: `target.ai_systems[0].training_compute`.
[[nodiscard]] std::string FactPath(const Case& facts, const Vocabulary& vocabulary, InstanceId instance, FactId fact);

}  // namespace proviso
