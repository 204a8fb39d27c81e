// prove.h: a draft's properties → proved, refuted by cases, or not settled; over every case and every option set.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/load/workspace.h"
#include "compiler/lower/witness.h"

namespace proviso::prove {

enum class Verdict : std::uint8_t {
  kProved,
  kRefuted,     // `cases` show it, replayed by the reference evaluator
  kNotSettled,  // neither a proof nor a case was found
};

/// A case that a property does not hold of. For `never falls` there are two, alike but for one fact.
struct Counterexample {
  lower::Witness witness;
  std::string outcome;  // of the decision that the property speaks of, in the language's words; may be empty
};

struct Proof {
  const check::Property* property = nullptr;
  std::string name;  // that it is shown by
  Verdict verdict = Verdict::kNotSettled;
  std::vector<Counterexample> cases;
  std::string changed;  // for `never falls`: `visitors: 500 → 501`; for the other draft: its outcome
  std::string under;    // the other draft's options on which that turns: `loud is strict`
  std::string reason;   // why it is not settled
  /// Whether it is proved but for cases whose arithmetic may come to more than 38 digits, or leave the calendar.
  bool is_within_limits = false;
  double milliseconds = 0;
};

/// `always C` holds where C is yes in every case; a case in which C has no answer (a decision without an outcome)
/// refutes it, as it does `never C`. A case in which a decision has no outcome makes it neither fall nor
/// weaker than another draft's. `other`: the draft that `at least as strict as` names, over the same vocabulary; option
/// sets are compared that agree on the options both have.
[[nodiscard]] Proof Prove(const load::LoadedDraft& draft, const check::Property& property,
                          const load::LoadedDraft* other);

}  // namespace proviso::prove
