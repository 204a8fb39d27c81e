// monotone.h: whether a decision's outcome can fall while one fact rises, all else equal.
#pragma once

#include "harness/prove/prove.h"

namespace proviso::prove {

/// For `never falls`. Exact for a fact that is asked for by itself, and for that of a list's elements where one group
/// of questions on the list turns on it; where quantities made of several facts do as well, what is not refuted is not
/// settled.
void ProveNeverFalls(const load::LoadedDraft& draft, const check::Property& property, Proof& proof);

}  // namespace proviso::prove
