#include "harness/generate/choose.h"

#include <llvm/ADT/STLExtras.h>

namespace proviso::generate {

std::vector<Chosen> Choose(llvm::ArrayRef<llvm::BitVector> found, llvm::BitVector wanted) {
  std::vector<Chosen> chosen;
  const llvm::BitVector all = wanted;
  while (wanted.any()) {
    std::size_t best = 0;
    unsigned most = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      llvm::BitVector meets = found[i];
      meets &= wanted;
      if (meets.count() <= most) continue;
      most = meets.count();
      best = i;
    }
    if (most == 0) break;
    Chosen& one = chosen.emplace_back(Chosen{best, {}});
    for (const unsigned goal : wanted.set_bits()) {
      if (found[best][goal]) one.goals.push_back(goal);
    }
    wanted.reset(found[best]);
  }
  for (std::size_t i = 0; i < chosen.size();) {
    llvm::BitVector others(all.size());
    for (std::size_t j = 0; j < chosen.size(); ++j) {
      if (j != i) others |= found[chosen[j].found];
    }
    const bool is_superfluous = llvm::all_of(chosen[i].goals, [&](unsigned goal) { return others[goal]; });
    if (!is_superfluous) {
      ++i;
      continue;
    }
    for (const unsigned goal : chosen[i].goals) {
      const auto other = llvm::find_if(
          chosen, [&](const Chosen& one) { return one.found != chosen[i].found && found[one.found][goal]; });
      other->goals.push_back(goal);
    }
    chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return chosen;
}

}  // namespace proviso::generate
