#include "runtime/base/value.h"

#include <algorithm>

namespace proviso {

bool MemberSet::Contains(std::uint32_t member) const {
  return std::binary_search(members.begin(), members.end(), member);
}

}  // namespace proviso
