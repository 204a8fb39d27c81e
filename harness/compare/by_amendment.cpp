#include "harness/compare/by_amendment.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <map>

namespace proviso::compare {
namespace {

using check::CheckedDraft;
using Draft = std::shared_ptr<const CheckedDraft>;
using Kind = SingleChange::Kind;
/// Of changes, by place.
using Places = std::set<std::size_t>;

class Finder {
 public:
  Finder(Draft base, Draft amended, DraftWithout without, std::string decision, std::size_t max_nodes)
      : base_(std::move(base)),
        amended_(std::move(amended)),
        without_(without),
        decision_(std::move(decision)),
        max_nodes_(max_nodes) {
    found_.base = base_;
    found_.amended = amended_;
    const amend::AmendedTree& text = *amended_->text;
    for (std::size_t i = base_->text->amendments.size(); i < text.amendments.size(); ++i) {
      const syntax::AmendmentId id(i);
      const amend::Amendment& amendment = text.amendments[id];
      found_.changes.push_back({.amendment = id,
                                .draft = amendment.draft,
                                .text = amendment.text,
                                .span = amendment.span,
                                .needs = {},
                                .needed_by = {},
                                .alone = {},
                                .lost = {},
                                .with = {}});
      all_.insert(found_.changes.size() - 1);
    }
  }

  ByAmendment Run(llvm::function_ref<void(std::size_t, std::size_t)> progress) {
    FindNeeds();
    const std::size_t all = found_.changes.size();
    for (std::size_t i = 0; i < all; ++i) {
      Measure(found_.changes[i], i);
      progress(i + 1, 2 * all);
    }
    for (std::size_t i = 0; i < all; ++i) {
      FindOthers(found_.changes[i], i);
      progress(all + i + 1, 2 * all);
    }
    return std::move(found_);
  }

 private:
  // ---- What can stand --------------------------------------------------------------------------------------------

  /// The draft with these changes alone; null where it does not compile.
  Draft With(const Places& kept) {
    if (kept == all_) return amended_;
    const auto [found, is_new] = drafts_.try_emplace(kept);
    if (!is_new) return found->second;
    std::set<syntax::AmendmentId> left_out;
    for (const std::size_t i : all_) {
      if (!kept.contains(i)) left_out.insert(found_.changes[i].amendment);
    }
    return found->second = without_(left_out);
  }

  static Places Without(Places places, const Places& others) {
    for (const std::size_t i : others) places.erase(i);
    return places;
  }

  void FindNeeds() {
    for (std::size_t i = 0; i < found_.changes.size(); ++i) {
      const Places needs = Without(SmallestWith(i), {i});
      found_.changes[i].needs.assign(needs.begin(), needs.end());
      for (const std::size_t needed : needs) found_.changes[needed].needed_by.push_back(i);
    }
  }

  /// The fewest changes with which the one can stand, such that none of them can be left out: found by leaving out as
  /// many as can be at a time (A. Zeller and R. Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002).
  Places SmallestWith(std::size_t change) {
    if (With({change})) return {change};
    Places kept = all_;
    for (std::size_t chunk = kept.size() / 2; chunk > 0; chunk /= 2) {
      const std::vector<std::size_t> order(kept.rbegin(), kept.rend());  // what is later may need what is earlier
      for (std::size_t at = 0; at < order.size(); at += chunk) {
        Places fewer = kept;
        for (std::size_t i = at; i < std::min(at + chunk, order.size()); ++i) {
          if (order[i] != change) fewer.erase(order[i]);
        }
        if (fewer != kept && With(fewer)) kept = fewer;
      }
    }
    return kept;
  }

  // ---- What it does ----------------------------------------------------------------------------------------------

  [[nodiscard]] Effect Between(const Draft& one, const Draft& other) const {
    return EffectOf(one, other, decision_, max_nodes_);
  }

  [[nodiscard]] static Places Set(const std::vector<std::size_t>& places) { return {places.begin(), places.end()}; }

  /// The change with what it needs, or what needs it.
  [[nodiscard]] Places WithNeeds(std::size_t i) const {
    Places places = Set(found_.changes[i].needs);
    places.insert(i);
    return places;
  }
  [[nodiscard]] Places WithNeedful(std::size_t i) const {
    Places places = Set(found_.changes[i].needed_by);
    places.insert(i);
    return places;
  }

  void Measure(SingleChange& change, std::size_t i) {
    change.alone = Between(base_, With(WithNeeds(i)));
    const Draft rest = With(Without(all_, WithNeedful(i)));
    change.can_be_left_out = rest != nullptr;
    if (rest != nullptr) change.lost = Between(amended_, rest);
    const bool is_lost = change.lost.IsSome();
    if (change.alone.IsSome() && is_lost) {
      change.kind = Kind::kByItself;
    } else if (rest == nullptr) {
      change.kind = change.alone.IsSome() ? Kind::kByItself : Kind::kNotSettled;
    } else if (change.alone.IsNone() && change.lost.IsNone()) {
      change.kind = Kind::kNone;
    } else if (change.alone.IsSome() && change.lost.IsNone()) {
      change.kind = Kind::kHidden;
    } else if (change.alone.IsNone() && is_lost) {
      change.kind = Kind::kTogether;
    }
  }

  // ---- With which others -------------------------------------------------------------------------------------------

  void FindOthers(SingleChange& change, std::size_t i) {
    if (change.kind == Kind::kHidden) {
      for (const std::size_t other : Candidates(i)) {
        const Places without_other = Without(all_, WithNeedful(other));
        if (!without_other.contains(i)) continue;
        if (AreApart(without_other, Without(without_other, WithNeedful(i)))) change.with.push_back(other);
      }
    }
    if (change.kind == Kind::kTogether) {
      if (!change.needed_by.empty()) {
        change.with = change.needed_by;
        return;
      }
      for (const std::size_t other : Candidates(i)) {
        Places both = WithNeeds(other);
        if (both.contains(i)) continue;
        const Places one = both;
        both.merge(WithNeeds(i));
        if (AreApart(one, both)) change.with.push_back(other);
      }
    }
  }

  [[nodiscard]] std::vector<std::size_t> Candidates(std::size_t change) const {
    std::vector<std::size_t> candidates;
    for (const std::size_t i : all_) {
      if (i != change && found_.changes[i].kind != Kind::kNone) candidates.push_back(i);
    }
    return candidates;
  }

  bool AreApart(const Places& one, const Places& other) {
    const Draft first = With(one);
    const Draft second = With(other);
    return first != nullptr && second != nullptr && Between(first, second).IsSome();
  }

  Draft base_, amended_;
  DraftWithout without_;
  std::string decision_;
  std::size_t max_nodes_;
  ByAmendment found_;
  Places all_;
  std::map<Places, Draft> drafts_;
};

}  // namespace

bool Effect::IsSome() const {
  return !decisions.empty() ||
         llvm::any_of(changes, [](const OutcomeChange& change) { return change.verdict == Apart::Verdict::kDiffer; });
}

Effect EffectOf(const Draft& one, const Draft& other, const std::string& decision, std::size_t max_nodes) {
  Effect effect;
  const auto is_asked = [&](const std::string& name) { return decision.empty() || name == decision; };
  for (const check::DecisionId id : one->DecisionsOfCase()) {
    const check::Decision& here = one->decisions[id];
    if (!is_asked(here.name)) continue;
    const auto there = other->FindDecision(here.name);
    if (!there || !(other->decisions[*there].type == here.type)) {
      effect.decisions.push_back(here.name);
      continue;
    }
    auto changes = ChangesOf(one, other, here.name, max_nodes);
    if (!changes) {
      effect.is_settled = false;
      continue;
    }
    for (OutcomeChange& change : *changes) {
      effect.is_settled = effect.is_settled && change.verdict == Apart::Verdict::kDiffer;
      effect.changes.push_back(std::move(change));
    }
  }
  for (const check::DecisionId id : other->DecisionsOfCase()) {
    const std::string& name = other->decisions[id].name;
    if (is_asked(name) && !one->FindDecision(name)) effect.decisions.push_back(name);
  }
  return effect;
}

bool IsWithoutEffect(const ByAmendment& found) {
  return llvm::all_of(found.changes, [](const SingleChange& change) { return change.kind == Kind::kNone; });
}

ByAmendment CompareByAmendment(const Draft& base, const Draft& amended, DraftWithout without,
                               const std::string& decision, std::size_t max_nodes,
                               llvm::function_ref<void(std::size_t, std::size_t)> progress) {
  return Finder(base, amended, without, decision, max_nodes).Run(progress);
}

}  // namespace proviso::compare
