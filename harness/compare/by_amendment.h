// by_amendment.h: what each single change of an amending draft does, by itself and among the others.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "harness/compare/tell_apart.h"

namespace proviso::compare {

/// What differs between two drafts.
struct Effect {
  std::vector<OutcomeChange> changes;
  std::vector<std::string> decisions;  // that only one of the two has
  bool is_settled = true;              // else there may be more, or none of what is not shown by a case
  /// Whether a case shows a difference.
  [[nodiscard]] bool IsSome() const;
  /// Whether it is proved that there is none.
  [[nodiscard]] bool IsNone() const { return changes.empty() && decisions.empty() && is_settled; }
};

/// One amendment.
struct SingleChange {
  syntax::AmendmentId amendment;
  std::string draft;
  std::string text;  // `settle ai_compute = alt_2`
  Span span;
  std::vector<std::size_t> needs;      // the others without which it cannot stand: places in `ByAmendment::changes`
  std::vector<std::size_t> needed_by;  // those that cannot stand without it
  Effect alone;                        // from the base to the base with it, and what it needs
  Effect lost;                         // from the amended draft to that without it, and what needs it
  bool can_be_left_out = true;
  enum class Kind : std::uint8_t {
    kByItself,  // it has an effect alone, and it would be lost
    kNone,      // proved to have none, neither alone nor among the others
    kHidden,    // it has an effect alone, but none among the others, which have it too or undo it
    kTogether,  // it has none alone, but only with others
    kNotSettled,
  } kind = Kind::kNotSettled;
  /// Of kHidden: without which it would have one after all; of kTogether: with which it has one. Those of which one is
  /// enough; empty where it takes several.
  std::vector<std::size_t> with;
};

struct ByAmendment {
  std::shared_ptr<const check::CheckedDraft> base, amended;
  std::vector<SingleChange> changes;  // in the order of the text
  Effect rest;                        // of drafts aligned by name: what the changes do not come to
};

/// From one draft to the other. `decision`: only this; all where it is empty.
[[nodiscard]] Effect EffectOf(const std::shared_ptr<const check::CheckedDraft>& one,
                              const std::shared_ptr<const check::CheckedDraft>& other, const std::string& decision,
                              std::size_t max_nodes);

/// Whether every change is proved to have none.
[[nodiscard]] bool IsWithoutEffect(const ByAmendment& found);

/// The amended draft without some of its amendments; nothing where it does not compile so.
using DraftWithout =
    llvm::function_ref<std::shared_ptr<const check::CheckedDraft>(const std::set<syntax::AmendmentId>&)>;

/// `amended` amends `base`, be it through others. `decision`: only this; all where it is empty. `progress`: told how
/// many of how many changes are done.
[[nodiscard]] ByAmendment CompareByAmendment(const std::shared_ptr<const check::CheckedDraft>& base,
                                             const std::shared_ptr<const check::CheckedDraft>& amended,
                                             DraftWithout without, const std::string& decision, std::size_t max_nodes,
                                             llvm::function_ref<void(std::size_t, std::size_t)> progress);

}  // namespace proviso::compare
