#include "harness/bless/option_products.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

namespace proviso::bless {
namespace {

bool Matches(const lower::OptionProduct& product, const check::OptionSet& set) {
  for (std::size_t i = 0; i < product.size(); ++i) {
    if (!product[i].empty() && !llvm::is_contained(product[i], set[i])) return false;
  }
  return true;
}

class Cover {
 public:
  Cover(const load::LoadedDraft& draft, const std::vector<std::size_t>& some)
      : draft_(draft), wanted_(draft.option_sets.size()) {
    for (const std::size_t set : some) wanted_[set] = true;
  }

  std::vector<lower::OptionProduct> Find() const {
    std::vector<lower::OptionProduct> products;
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const auto matches = [&](const auto& product) { return Matches(product, draft_.option_sets[i]); };
      if (wanted_[i] && llvm::none_of(products, matches)) products.push_back(Around(draft_.option_sets[i]));
    }
    return products;
  }

 private:
  /// The option set, each option as free as it can be.
  [[nodiscard]] lower::OptionProduct Around(const check::OptionSet& set) const {
    lower::OptionProduct product;
    for (const std::uint32_t alternative : set) product.push_back({alternative});
    for (std::size_t i = 0; i < product.size(); ++i) {
      const std::vector<std::uint32_t> alone = product[i];
      product[i].clear();
      if (IsWithin(product)) continue;
      product[i] = alone;
      const std::size_t alternatives = draft_.draft->options[check::OptionId(i)].alternatives.size();
      for (std::uint32_t other = 0; other < alternatives; ++other) {
        if (other == alone.front()) continue;
        product[i].push_back(other);
        if (!IsWithin(product)) product[i].pop_back();
      }
      llvm::sort(product[i]);
    }
    return product;
  }

  [[nodiscard]] bool IsWithin(const lower::OptionProduct& product) const {
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      if (!wanted_[i] && Matches(product, draft_.option_sets[i])) return false;
    }
    return true;
  }

  const load::LoadedDraft& draft_;
  std::vector<bool> wanted_;  // by option set
};

}  // namespace

std::vector<lower::OptionProduct> ProductsOf(const load::LoadedDraft& draft, const std::vector<std::size_t>& some) {
  return Cover(draft, some).Find();
}

}  // namespace proviso::bless
