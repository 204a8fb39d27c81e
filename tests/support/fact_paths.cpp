#include "tests/support/fact_paths.h"

namespace proviso::tests {
namespace {

constexpr std::size_t kMaxSteps = 3;

void AddPaths(const Vocabulary& vocabulary, EntityId entity, const std::vector<FactId>& before,
              llvm::function_ref<bool(FactId)> is_wanted, std::vector<std::vector<FactId>>& paths) {
  for (const FactId fact : vocabulary.entities[entity].facts) {
    const Type& type = vocabulary.facts[fact].type;
    std::vector<FactId> path = before;
    path.push_back(fact);
    const bool leads_on = type.kind == TypeKind::kEntity || type.kind == TypeKind::kList;
    if (leads_on && path.size() < kMaxSteps) AddPaths(vocabulary, type.entity, path, is_wanted, paths);
    if (!leads_on && is_wanted(fact)) paths.push_back(path);
  }
}

}  // namespace

std::vector<std::vector<FactId>> FactPaths(const Vocabulary& vocabulary, llvm::function_ref<bool(FactId)> is_wanted) {
  std::vector<std::vector<FactId>> paths;
  AddPaths(vocabulary, vocabulary.case_entity, {}, is_wanted, paths);
  return paths;
}

}  // namespace proviso::tests
