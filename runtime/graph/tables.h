// tables.h: the two tables of a store of graphs: its nodes by what they say, and what operations have come to.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/base/ids.h"

namespace proviso::graph {

using NodeId = Id<struct NodeTag>;

/// Spreads a number's bits; the high ones are good for a place in a table of a power of two.
[[nodiscard]] constexpr std::uint64_t Spread(std::uint64_t bits) {
  constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15;
  bits *= kGolden;
  return (bits ^ (bits >> 29U)) * kGolden;
}

/// Nodes by hash, which is kept beside them: a node is looked at only where its hash is the same.
class UniqueTable {
 public:
  /// The node of that hash for which `is_it` holds, else `candidate`, which is added.
  template <typename IsIt>
  NodeId FindOrAdd(std::uint64_t hash, NodeId candidate, const IsIt& is_it) {
    if (4 * (count_ + 1) > 3 * slots_.size()) Grow();
    const auto short_hash = static_cast<std::uint32_t>(hash >> 32U);
    std::size_t place = short_hash & (slots_.size() - 1);
    for (; slots_[place].node.IsValid(); place = (place + 1) & (slots_.size() - 1)) {
      if (slots_[place].hash == short_hash && is_it(slots_[place].node)) return slots_[place].node;
    }
    slots_[place] = {.hash = short_hash, .node = candidate};
    ++count_;
    return candidate;
  }

  /// Without the nodes from `first` on.
  void Forget(NodeId first) {
    count_ = 0;
    for (const Slot& slot : std::exchange(slots_, std::vector<Slot>(slots_.size()))) {
      if (!slot.node.IsValid() || slot.node >= first) continue;
      Put(slot);
      ++count_;
    }
  }

  [[nodiscard]] std::size_t Bytes() const { return slots_.capacity() * sizeof(Slot); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    NodeId node;  // invalid: free
  };

  void Grow() {
    const std::vector<Slot> old =
        std::exchange(slots_, std::vector<Slot>(std::max<std::size_t>(64, 2 * slots_.size())));
    for (const Slot& slot : old)
      if (slot.node.IsValid()) Put(slot);
  }

  void Put(const Slot& slot) {
    std::size_t place = slot.hash & (slots_.size() - 1);
    while (slots_[place].node.IsValid()) place = (place + 1) & (slots_.size() - 1);
    slots_[place] = slot;
  }

  std::vector<Slot> slots_;  // a power of two of them
  std::size_t count_ = 0;
};

/// What operations on nodes have come to. It grows with what is kept up to 64 MB; then the newer result takes the place
/// of an older one, which is found again by doing the operation again (as in K. Brace, R. Rudell and R. Bryant,
/// Efficient Implementation of a BDD Package, 1990).
class OperationCache {
 public:
  struct Key {
    std::uint32_t first, second, third;
    bool operator==(const Key&) const = default;
  };

  /// Invalid where it is not known.
  [[nodiscard]] NodeId Find(const Key& key) const {
    if (entries_.empty()) return {};
    const Entry& entry = entries_[Place(key)];
    return entry.key == key ? entry.result : NodeId();
  }

  void Keep(const Key& key, NodeId result) {
    if (kept_ >= entries_.size() && entries_.size() < kMaxEntries) Grow();
    entries_[Place(key)] = {.key = key, .result = result};
    ++kept_;
  }

  /// Without what is known of nodes from `first` up to `last`, without it; numbers from there on are operations.
  void Forget(NodeId first, NodeId last) {
    const auto is_gone = [&](std::uint32_t node) { return node >= first.Index() && node < last.Index(); };
    for (Entry& entry : entries_) {
      if (!entry.result.IsValid()) continue;
      const Key& key = entry.key;
      if (is_gone(key.first) || is_gone(key.second) || is_gone(key.third) || entry.result >= first) entry = {};
    }
  }

  [[nodiscard]] std::size_t Bytes() const { return entries_.capacity() * sizeof(Entry); }

 private:
  static constexpr std::size_t kMinEntries = 1U << 8U;
  static constexpr std::size_t kMaxEntries = 1U << 22U;
  struct Entry {
    Key key = {.first = 0, .second = 0, .third = 0};
    NodeId result;  // invalid: free
  };

  [[nodiscard]] std::size_t Place(const Key& key) const {
    const std::uint64_t hash = Spread(Spread(std::uint64_t{key.first} << 32U | key.second) + key.third);
    return static_cast<std::size_t>(hash >> 32U) & (entries_.size() - 1);
  }

  void Grow() {
    const std::vector<Entry> old =
        std::exchange(entries_, std::vector<Entry>(std::max(kMinEntries, 2 * entries_.size())));
    for (const Entry& entry : old)
      if (entry.result.IsValid()) entries_[Place(entry.key)] = entry;
    kept_ = old.size();
  }

  std::vector<Entry> entries_;  // a power of two of them
  std::size_t kept_ = 0;
};

}  // namespace proviso::graph
