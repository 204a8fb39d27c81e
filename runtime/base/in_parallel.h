// in_parallel.h: work that falls into pieces of unequal size, done by all processors.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace proviso {

/// Calls `work` with every number below `count`, each once, by as many threads as there are processors. They are begun
/// in order: who puts the largest pieces first has all threads end together. `work` must not throw.
inline void InParallel(std::size_t count, llvm::function_ref<void(std::size_t)> work) {
  std::atomic<std::size_t> next = 0;
  const auto go_on = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> others;
  const std::size_t threads = std::min<std::size_t>(count, std::thread::hardware_concurrency());
  for (std::size_t i = 1; i < threads; ++i) others.emplace_back(go_on);
  go_on();
}

}  // namespace proviso
