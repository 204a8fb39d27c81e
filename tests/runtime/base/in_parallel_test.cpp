#include "runtime/base/in_parallel.h"

#include <gtest/gtest.h>

namespace proviso {
namespace {

TEST(InParallel, DoesEveryPieceOnce) {
  std::vector<std::atomic<int>> done(1000);
  InParallel(done.size(), [&](std::size_t i) { ++done[i]; });
  for (const std::atomic<int>& times : done) EXPECT_EQ(times, 1);
}

TEST(InParallel, HasNothingToDoForNothing) {
  InParallel(0, [](std::size_t) { FAIL(); });
}

}  // namespace
}  // namespace proviso
