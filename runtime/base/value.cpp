#include "runtime/base/value.h"

#include <algorithm>

namespace proviso {

bool MemberSet::Contains(std::uint32_t member) const { return std::ranges::binary_search(members, member); }

}  // namespace proviso
