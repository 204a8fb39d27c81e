// monotone.h: whether a decision's outcome can fall while one fact rises, all else equal.
#pragma once

#include "harness/prove/prove.h"

namespace proviso::prove {

/// For `never falls`. Exact for a fact that is asked for by itself, and for that of a list's elements of which `some`
/// and `every` ask; where the fact goes into quantities made of several, as far as the solver comes.
void ProveNeverFalls(const load::LoadedDraft& draft, const check::Property& property, Proof& proof);

}  // namespace proviso::prove
