// Option sets in words: a few products (`ai_compute is alt_2 or alt_3, and notify_compute is low`) that cover them.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/reference/option_sets.h"

namespace proviso::reference {
namespace {

using check::CheckedDraft;
using check::OptionSet;

/// More products than this are not written out; what is left is counted.
constexpr std::size_t kMaxProducts = 12;

/// For each option, the alternatives allowed; none where the option does not matter.
using Product = std::vector<std::set<std::uint32_t>>;

bool Covers(const Product& product, const OptionSet& set) {
  for (std::size_t i = 0; i < product.size(); ++i) {
    if (!product[i].empty() && !product[i].contains(set[i])) return false;
  }
  return true;
}

bool CoversNone(const Product& product, const std::vector<OptionSet>& sets) {
  return llvm::none_of(sets, [&](const OptionSet& set) { return Covers(product, set); });
}

/// Leaves out, then widens, what can be without covering one of `others`; by alternatives with which it covers more of
/// `wanted`, not by those that a constraint rules out beside the rest.
void Widen(Product& product, const std::vector<OptionSet>& wanted, const std::vector<OptionSet>& others,
           const CheckedDraft& draft) {
  for (auto& allowed : product) {
    if (allowed.empty()) continue;
    const auto kept = std::exchange(allowed, {});
    if (!CoversNone(product, others)) allowed = kept;
  }
  for (std::size_t i = 0; i < product.size(); ++i) {
    if (product[i].empty()) continue;
    const std::size_t count = draft.options[check::OptionId(i)].alternatives.size();
    for (std::uint32_t alternative = 0; alternative < count; ++alternative) {
      if (product[i].contains(alternative)) continue;
      Product with = product;
      with[i] = {alternative};
      if (CoversNone(with, others) && !CoversNone(with, wanted)) product[i].insert(alternative);
    }
  }
}

/// The smallest product that covers all of `sets`.
Product Hull(const std::vector<OptionSet>& sets) {
  Product hull(sets.front().size());
  for (std::size_t i = 0; i < hull.size(); ++i) {
    for (const OptionSet& set : sets) hull[i].insert(set[i]);
  }
  return hull;
}

std::string Alternatives(const check::Option& option, const std::set<std::uint32_t>& allowed) {
  std::string text;
  for (const std::uint32_t alternative : allowed) {
    const bool is_last = alternative == *allowed.rbegin();
    if (!text.empty()) text += is_last ? " or " : ", ";
    text += option.alternatives[alternative].name;
  }
  return text;
}

std::string Describe(const CheckedDraft& draft, const Product& product) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < product.size(); ++i) {
    const check::Option& option = draft.options[check::OptionId(i)];
    if (product[i].empty() || option.settled) continue;
    parts.push_back(fmt::format("{} is {}", option.name, Alternatives(option, product[i])));
  }
  return fmt::format("{}", fmt::join(parts, ", and "));
}

}  // namespace

std::string DescribeOptionSets(const CheckedDraft& draft, const std::vector<OptionSet>& all,
                               const std::vector<OptionSet>& some) {
  const std::set<OptionSet> wanted(some.begin(), some.end());
  std::vector<OptionSet> others;
  llvm::copy_if(all, std::back_inserter(others), [&](const OptionSet& set) { return !wanted.contains(set); });
  if (others.empty()) return "";
  if (some.empty()) return "no option set";

  std::vector<std::string> products;
  std::vector<OptionSet> open = some;
  while (!open.empty() && products.size() < kMaxProducts) {
    Product product = Hull(open);
    if (!CoversNone(product, others)) product = Hull({open.front()});
    Widen(product, some, others, draft);
    products.push_back(Describe(draft, product));
    std::erase_if(open, [&](const OptionSet& set) { return Covers(product, set); });
  }
  if (!open.empty()) products.push_back(fmt::format("{} more option sets", open.size()));
  return fmt::format("{}", fmt::join(products, "; or "));
}

}  // namespace proviso::reference
