#include "runtime/base/fixed_entities.h"

#include <algorithm>
#include <vector>

namespace proviso {
namespace {

/// `sizes`: of those that are counted. `depth`: deeper than there are entities, one holds itself.
std::size_t Count(const Vocabulary& vocabulary, EntityId entity, std::vector<std::size_t>& sizes, std::size_t depth) {
  std::size_t& size = sizes[entity.Index()];
  if (size > 0) return size;
  if (depth > vocabulary.entities.size()) return kMaxFixedEntities + 1;
  std::size_t total = 1;
  for (const FactId fact : vocabulary.entities[entity].facts) {
    const Type& type = vocabulary.facts[fact].type;
    if (total > kMaxFixedEntities) break;
    if (type.kind == TypeKind::kEntity && !type.or_none) total += Count(vocabulary, type.entity, sizes, depth + 1);
  }
  size = std::min(total, kMaxFixedEntities + 1);
  return size;
}

}  // namespace

std::size_t FixedEntities(const Vocabulary& vocabulary) {
  std::vector<std::size_t> sizes(vocabulary.entities.size(), 0);
  return Count(vocabulary, vocabulary.case_entity, sizes, 0);
}

}  // namespace proviso
