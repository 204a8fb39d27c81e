#include "runtime/graph/tables.h"

#include <gtest/gtest.h>

namespace proviso::graph {
namespace {

TEST(OperationCacheTest, NothingIsKnownBeforeItIsKept) {
  OperationCache cache;
  EXPECT_FALSE(cache.Find({0, 0, 0}).IsValid());
  cache.Keep({0, 0, 0}, NodeId(5));
  EXPECT_EQ(cache.Find({0, 0, 0}), NodeId(5));
  EXPECT_FALSE(cache.Find({0, 0, 1}).IsValid());
  cache.Keep({0, 0, 0}, NodeId(6));
  EXPECT_EQ(cache.Find({0, 0, 0}), NodeId(6));
}

/// A result may be forgotten; one of other nodes is never given.
TEST(OperationCacheTest, MostIsFoundAgainAndNothingElse) {
  OperationCache cache;
  constexpr std::uint32_t kKept = 100'000;
  const auto key = [](std::uint32_t i) { return OperationCache::Key{i % 317, i / 317, i % 3}; };
  for (std::uint32_t i = 0; i < kKept; ++i) cache.Keep(key(i), NodeId(i));
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < kKept; ++i) {
    const NodeId known = cache.Find(key(i));
    if (!known.IsValid()) continue;
    ++found;
    EXPECT_EQ(known, NodeId(i));
  }
  EXPECT_GT(found, kKept / 2);
}

TEST(UniqueTableTest, NodesOfOneHashAreToldApart) {
  UniqueTable table;
  const auto is = [](std::size_t wanted) { return [wanted](NodeId node) { return node == NodeId(wanted); }; };
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(table.FindOrAdd(Spread(i % 7), NodeId(i), is(i)), NodeId(i));
  for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(table.FindOrAdd(Spread(i % 7), NodeId(5000), is(i)), NodeId(i));
}

}  // namespace
}  // namespace proviso::graph
