// align.h: two drafts that do not amend each other → the amendments that make one of the other.
#pragma once

#include "compiler/amend/amend.h"

namespace proviso::amend {

/// A draft that amends `from` to what `to` says: declarations of one name are one, in decisions that both have rules of
/// one name are. Each difference is an amendment, with its span in `to`, or in `from` where it repeals. Properties,
/// named option sets and waivers are left alone, and so is an unnamed constraint that only `from` has.
[[nodiscard]] syntax::SyntaxTree Align(const AmendedTree& from, const AmendedTree& to);

}  // namespace proviso::amend
