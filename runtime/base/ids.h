// ids.h: typed indices into flat stores, so that a fact's id cannot be passed for a rule's.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace proviso {

/// An index into a `Store` of the things named by `Tag`. A default one names nothing.
template <typename Tag>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : index_(static_cast<std::uint32_t>(index)) {}

  [[nodiscard]] constexpr bool IsValid() const { return index_ != kNothing; }
  [[nodiscard]] constexpr std::uint32_t Index() const {
    assert(IsValid());
    return index_;
  }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  static constexpr std::uint32_t kNothing = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t index_ = kNothing;
};

/// A vector indexed by one kind of id only.
template <typename IdType, typename T>
class Store {
 public:
  IdType Add(T value) {
    items_.push_back(std::move(value));
    return IdType(items_.size() - 1);
  }
  /// Room for so many, where about how many there will be is known.
  void Reserve(std::size_t count) { items_.reserve(count); }
  [[nodiscard]] T& operator[](IdType id) { return items_[Checked(id)]; }
  [[nodiscard]] const T& operator[](IdType id) const { return items_[Checked(id)]; }

  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  [[nodiscard]] auto begin() const { return items_.begin(); }
  [[nodiscard]] auto end() const { return items_.end(); }

 private:
  [[nodiscard]] std::size_t Checked(IdType id) const {
    assert(id.Index() < items_.size());
    return id.Index();
  }
  std::vector<T> items_;
};

}  // namespace proviso

template <typename Tag>
struct std::hash<proviso::Id<Tag>> {
  std::size_t operator()(proviso::Id<Tag> id) const noexcept {
    return id.IsValid() ? id.Index() : std::numeric_limits<std::size_t>::max();
  }
};
