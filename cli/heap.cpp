// Memory for `new`, made for a short run: handing out blocks and taking them back by the system's own heap is a quarter
// of the instructions of `check`, and on small pages all takes two fifths longer. Blocks come off one stretch of large
// pages, a piece of it for each thread; small ones that are given back are kept by size, and used again by the thread
// that gave them. What does not fit, and what comes when the stretch is used up, is the system's. (jemalloc and
// mimalloc take longer to start than a short run wins by them.)
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t kUnit = 16;  // blocks begin at, and take, whole units
constexpr std::size_t kLargePage = 2 << 20;
constexpr std::size_t kStretch = 64 << 20;  // of addresses; memory is taken when it is touched
constexpr std::size_t kPiece = 2 * kLargePage;
constexpr std::size_t kLargestKept = 1024;
constexpr std::size_t kLargest = 2 << 20;  // that a new piece is begun for

struct GivenBack {
  GivenBack* next;
};

struct Piece {
  char* next = nullptr;
  char* end = nullptr;
  std::array<GivenBack*, kLargestKept / kUnit + 1> given_back = {};  // by units

  [[nodiscard]] std::size_t Rest() const { return static_cast<std::size_t>(end - next); }
};

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): there is one heap
thread_local constinit Piece piece;
constinit std::atomic<char*> stretch = nullptr;
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

/// Null where the system has none to give.
char* MakeStretch() {
  void* const block =
      mmap(nullptr, kStretch + kLargePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (block == MAP_FAILED) return nullptr;
  const auto address = reinterpret_cast<std::uintptr_t>(block);
  char* const begin = static_cast<char*>(block) + (kLargePage - address % kLargePage) % kLargePage;
  madvise(begin, kStretch, MADV_HUGEPAGE);  // where there are no large pages, small ones do
  return begin;
}

/// Whether the thread has a new piece of the stretch.
bool TakePiece() {
  static char* const kBegin = stretch = MakeStretch();
  static std::atomic<std::size_t> taken = 0;
  if (kBegin == nullptr || taken >= kStretch) return false;
  const std::size_t at = taken.fetch_add(kPiece);
  if (at >= kStretch) return false;
  piece.next = kBegin + at;
  piece.end = piece.next + kPiece;
  return true;
}

bool IsOfStretch(const void* block) {
  const auto begin = reinterpret_cast<std::uintptr_t>(stretch.load(std::memory_order_relaxed));
  return reinterpret_cast<std::uintptr_t>(block) - begin < kStretch && begin != 0;
}

std::size_t UnitsOf(std::size_t size) { return std::max<std::size_t>(1, (size + kUnit - 1) / kUnit); }

void* FromSystem(std::size_t size) {
  void* const block = std::malloc(size);  // NOLINT(cppcoreguidelines-no-malloc)
  if (block == nullptr) throw std::bad_alloc();
  return block;
}

}  // namespace

void* operator new(std::size_t size) {
  if (size > kPiece) return FromSystem(size);
  const std::size_t whole = UnitsOf(size) * kUnit;
  if (whole <= kLargestKept) {
    if (GivenBack*& first = piece.given_back[whole / kUnit]; first != nullptr) {
      GivenBack* const block = first;
      first = block->next;
      return block;
    }
  }
  if (whole > piece.Rest() && (whole > kLargest || !TakePiece())) return FromSystem(size);
  void* const block = piece.next;
  piece.next += whole;
  return block;
}

void operator delete(void* block) noexcept {
  if (!IsOfStretch(block)) std::free(block);  // NOLINT(cppcoreguidelines-no-malloc)
}

void operator delete(void* block, std::size_t size) noexcept {
  if (!IsOfStretch(block)) return operator delete(block);
  const std::size_t units = UnitsOf(size);
  if (units * kUnit > kLargestKept) return;
  GivenBack*& first = piece.given_back[units];
  first = new (block) GivenBack{first};
}
