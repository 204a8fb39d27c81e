#include "cli/heap.h"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace proviso::cli {

void UseLargePages() {
  constexpr std::uintptr_t kPage = 4U << 10;
  constexpr std::uintptr_t kLargePage = 2U << 20;
  constexpr int kGrowth = 32 << 20;  // of addresses; memory is taken when it is touched
  mallopt(M_TOP_PAD, kGrowth);
  mallopt(M_MMAP_THRESHOLD, kGrowth);  // large blocks come from the heap as well
  const auto start = reinterpret_cast<std::uintptr_t>(sbrk(0));
  void* volatile block = std::malloc(kLargePage);  // the heap grows by all of it at once
  std::free(block);
  const auto end = reinterpret_cast<std::uintptr_t>(sbrk(0));
  const std::uintptr_t first = (start + kLargePage - 1) / kLargePage * kLargePage;
  // NOLINTBEGIN(performance-no-int-to-ptr): addresses of the heap, rounded
  if (first < end) madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
#ifdef MADV_POPULATE_WRITE
  // The small pages before the first large one, all at once.
  const std::uintptr_t page = (start + kPage - 1) / kPage * kPage;
  if (page < first && first <= end) madvise(reinterpret_cast<void*>(page), first - page, MADV_POPULATE_WRITE);
#endif
  // NOLINTEND(performance-no-int-to-ptr)
}

}  // namespace proviso::cli
