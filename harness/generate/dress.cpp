#include "harness/generate/dress.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "compiler/check/variants.h"
#include "compiler/lower/cell_values.h"
#include "compiler/reference/evaluator.h"

namespace proviso::generate {

using check::DecisionId;
using check::ExprId;
using check::OptionSet;
using cover::Goal;
using reference::Evaluator;

namespace {

/// The condition whose turning is to matter.
std::optional<ExprId> PieceOf(const check::CheckedDraft& draft, const cover::Exercised& everything, const Goal& goal) {
  if (goal.IsOfPoint()) {
    const auto* const condition = std::get_if<ExprId>(&cover::PointOf(everything, goal).leaves[goal.part].what);
    return condition == nullptr ? std::nullopt : std::optional(*condition);
  }
  if (const auto* const rule = std::get_if<check::RuleId>(&goal.piece)) return draft.rules[*rule].condition;
  const auto* const threshold = std::get_if<ExprId>(&goal.piece);
  return threshold == nullptr ? std::nullopt : std::optional(*threshold);
}

const EntityValue* EntityIn(const FactState& state) {
  return state.value ? std::get_if<EntityValue>(&*state.value) : nullptr;
}

const ListValue* ListIn(const FactState& state) {
  return state.value ? std::get_if<ListValue>(&*state.value) : nullptr;
}

/// An entity of another case with all that it holds.
InstanceId Copied(Case& onto, const Case& facts, InstanceId from) {
  const InstanceId to = onto.instances.Add({facts.instances[from].entity, "", facts.instances[from].facts});
  for (std::size_t i = 0; i < facts.instances[from].facts.size(); ++i) {
    FactState state = facts.instances[from].facts[i];
    if (const EntityValue* const entity = EntityIn(state)) {
      state.value = EntityValue{Copied(onto, facts, entity->instance)};
    } else if (const ListValue* const list = ListIn(state)) {
      ListValue copied;
      for (const InstanceId element : list->elements) copied.elements.push_back(Copied(onto, facts, element));
      state.value = copied;
    }
    onto.instances[to].facts[i] = std::move(state);
  }
  return to;
}

}  // namespace

Dresser::Dresser(const load::LoadedDraft& draft, const Search& search,
                 llvm::ArrayRef<std::pair<std::string, Case>> backgrounds)
    : loaded_(draft),
      draft_(*draft.draft),
      words_(*draft.draft->vocabulary),
      search_(search),
      backgrounds_(backgrounds),
      trials_(draft_) {}

// ---- What shows the goals ---------------------------------------------------------------------------------

std::vector<Dresser::Shown> Dresser::ShownBy(const Case& facts, llvm::ArrayRef<unsigned> goals) const {
  std::vector<Shown> shown;
  for (const unsigned goal : goals) {
    for (const OptionSet& options : loaded_.option_sets) {
      Evaluator evaluator(search_.Conditions(), facts, options);
      const llvm::ArrayRef<ExprId> any = search_.ConditionsOf(goal);
      const auto* const found = llvm::find_if(
          any, [&](ExprId condition) { return evaluator.Evaluate(condition, evaluator.CaseScope()).Is(true); });
      if (found == any.end()) continue;
      shown.emplace_back(*found, options);
      break;
    }
  }
  return shown;
}

bool Dresser::AreMet(const Case& facts, const Wanted& wanted) const {
  return llvm::all_of(wanted.shown,
                      [&](const Shown& one) {
                        Evaluator evaluator(search_.Conditions(), facts, one.second);
                        const auto has_outcome = [&](DecisionId decision) {
                          return evaluator.Outcome(decision, evaluator.CaseScope()).IsKnown();
                        };
                        return evaluator.Evaluate(one.first, evaluator.CaseScope()).Is(true) &&
                               llvm::all_of(wanted.decisions, has_outcome);
                      }) &&
         reference::BrokenAssumptions(draft_, facts).empty();
}

Dresser::Wanted Dresser::WantedOf(const Case& facts, llvm::ArrayRef<unsigned> goals) const {
  Wanted wanted{ShownBy(facts, goals), {}};
  std::vector<OptionSet> sets;
  for (const Shown& one : wanted.shown) sets.push_back(one.second);
  const std::vector<DecisionId> all = draft_.DecisionsOfCase();
  for (const DecisionId decision : all) {
    const llvm::BitVector meets = search_.Meets(facts, decision, sets);
    if (llvm::all_of(goals, [&](unsigned goal) { return meets[goal]; })) {
      wanted.decisions = {decision};
      return wanted;
    }
  }
  reference::Answers answers(draft_, facts);
  llvm::copy_if(all, std::back_inserter(wanted.decisions), [&](DecisionId decision) {
    return llvm::all_of(sets, [&](const OptionSet& options) { return answers.Of(decision, options).determined; });
  });
  return wanted;
}

/// What is assumed where nothing is said, or what a fact is where it does not matter.
bool Dresser::IsUsual(const Case& facts, InstanceId instance, FactId fact) const {
  const std::optional<Value>& value = facts.State(words_, instance, fact).value;
  const Fact& declared = words_.facts[fact];
  return value && *value == declared.assumed.value_or(lower::PlainValue(declared.type));
}

void Dresser::MakeUsual(Case& facts, const Wanted& wanted) const {
  trials_.Reduce(facts, [&](const Case& fewer) { return AreMet(fewer, wanted); });
  LeaveOut(facts, wanted);
  for (std::size_t i = 0; i < facts.instances.size(); ++i) {
    const InstanceId instance(i);
    for (const FactId fact : words_.entities[facts.instances[instance].entity].facts) {
      if (!words_.facts[fact].assumed || IsUsual(facts, instance, fact)) continue;
      Case usual = facts;
      usual.State(words_, instance, fact).value = words_.facts[fact].assumed;
      if (AreMet(usual, wanted)) facts = std::move(usual);
    }
  }
}

/// Elements of lists and members of sets, one by one.
void Dresser::LeaveOut(Case& facts, const Wanted& wanted) const {
  const auto try_it = [&](Case fewer) {
    if (!AreMet(fewer, wanted)) return false;
    facts = std::move(fewer);
    return true;
  };
  for (std::size_t i = 0; i < facts.instances.size(); ++i) {
    const InstanceId instance(i);
    const std::vector<FactId>& ids = words_.entities[facts.instances[instance].entity].facts;
    for (const FactId fact : ids) {
      const std::optional<Value> value = facts.State(words_, instance, fact).value;
      if (const auto* const list = std::get_if<ListValue>(&*value)) {
        for (std::size_t at = list->elements.size(); at-- > 0;) {
          Case fewer = facts;
          auto& elements = std::get<ListValue>(*fewer.State(words_, instance, fact).value).elements;
          elements.erase(elements.begin() + static_cast<std::ptrdiff_t>(at));
          (void)try_it(std::move(fewer));
        }
      } else if (const auto* const set = std::get_if<MemberSet>(&*value)) {
        for (const std::uint32_t member : set->members) {
          Case fewer = facts;
          std::erase(std::get<MemberSet>(*fewer.State(words_, instance, fact).value).members, member);
          (void)try_it(std::move(fewer));
        }
      }
    }
  }
}

// ---- On a background --------------------------------------------------------------------------------------

std::optional<Case> Dresser::Over(const Case& background, const Case& facts, const Wanted& wanted) const {
  Case full = background;
  trials_.Complete(full);
  Overlay(full, full.root, facts, facts.root);
  return AreMet(full, wanted) ? std::optional(std::move(full)) : std::nullopt;
}

void Dresser::Overlay(Case& onto, InstanceId to, const Case& facts, InstanceId from) const {
  for (const FactId fact : words_.entities[facts.instances[from].entity].facts) {
    const FactState& state = facts.State(words_, from, fact);
    const EntityValue* const entity = EntityIn(state);
    const EntityValue* const there = EntityIn(onto.State(words_, to, fact));
    if (entity != nullptr && there != nullptr) {
      Overlay(onto, there->instance, facts, entity->instance);
    } else if (!IsUsual(facts, from, fact)) {
      Value value = *state.value;
      if (entity != nullptr) value = EntityValue{Copied(onto, facts, entity->instance)};
      if (const ListValue* const list = ListIn(state)) {
        ListValue copied;
        for (const InstanceId element : list->elements) copied.elements.push_back(Copied(onto, facts, element));
        value = copied;
      }
      onto.State(words_, to, fact) = {.value = std::move(value), .assumed = false, .span = {}};
    }
  }
}

std::size_t Dresser::Turned(const Case& facts, unsigned goal, const OptionSet& options) const {
  const auto piece = PieceOf(draft_, search_.Everything(), search_.Goals()[goal]);
  if (!piece) return 0;
  std::size_t turned = 0;
  const auto with_no = check::WithConditions(draft_, *piece, false);
  const auto with_yes = check::WithConditions(draft_, *piece, true);
  for (const DecisionId decision : draft_.DecisionsOfCase()) {
    Evaluator no(*with_no, facts, options);
    Evaluator yes(*with_yes, facts, options);
    turned += AreSame(no.Outcome(decision, no.CaseScope()), yes.Outcome(decision, yes.CaseScope())) ? 0 : 1;
  }
  return turned;
}

Dressed Dresser::Dress(const Case& facts, llvm::ArrayRef<unsigned> goals) const {
  const Wanted wanted = WantedOf(facts, goals);
  const std::vector<Shown>& shown = wanted.shown;
  Case plain = facts;
  MakeUsual(plain, wanted);
  Case best = plain;
  std::optional<std::size_t> background;
  std::size_t most = shown.empty() ? 0 : Turned(plain, goals.front(), shown.front().second);
  for (std::size_t i = 0; i < backgrounds_.size() && !shown.empty(); ++i) {
    std::optional<Case> full = Over(backgrounds_[i].second, plain, wanted);
    const std::size_t turned = full ? Turned(*full, goals.front(), shown.front().second) : 0;
    // One that is as good is still more like a real case than one in which all is no, none or 0.
    if (!full || turned < most || (background && turned == most)) continue;
    most = turned;
    best = std::move(*full);
    background = i;
  }
  Dressed dressed = Undress(best, background ? &backgrounds_[*background].second : nullptr, wanted);
  dressed.background = background;
  return dressed;
}

// ---- Only what is needed ----------------------------------------------------------------------------------

void Dresser::HideAll(Case& facts, InstanceId instance, const Case* stated, std::optional<InstanceId> there) const {
  for (const FactId fact : words_.entities[facts.instances[instance].entity].facts) {
    FactState& state = facts.State(words_, instance, fact);
    const FactState* const below = there ? &stated->State(words_, *there, fact) : nullptr;
    if (const EntityValue* const entity = EntityIn(state)) {
      const EntityValue* const inner = below != nullptr ? EntityIn(*below) : nullptr;
      HideAll(facts, entity->instance, stated, inner != nullptr ? std::optional(inner->instance) : std::nullopt);
      continue;
    }
    if (const ListValue* const list = ListIn(state)) {
      for (const InstanceId element : list->elements) HideAll(facts, element, nullptr, std::nullopt);
    }
    state.assumed = words_.facts[fact].assumed && state.value == words_.facts[fact].assumed;
    const bool is_stated = below != nullptr && below->value && !below->assumed;
    const bool is_needed = is_stated || words_.facts[fact].assumed || !IsUsual(facts, instance, fact);
    if (!is_needed) state.value.reset();
  }
}

Dressed Dresser::Undress(const Case& full, const Case* stated, const Wanted& wanted) const {
  Dressed dressed{full, std::nullopt, {}};
  Case& facts = dressed.facts;
  HideAll(facts, facts.root, stated, stated != nullptr ? std::optional(stated->root) : std::nullopt);
  const auto reveal = [&](llvm::ArrayRef<reference::MissingFact> missing) {
    // One may be enough.
    if (missing.empty()) return false;
    FactState& state = facts.State(words_, missing.front().instance, missing.front().fact);
    const bool is_more = !state.value;
    state.value = full.State(words_, missing.front().instance, missing.front().fact).value;
    return is_more;
  };
  for (const auto& [condition, options] : wanted.shown) {
    for (bool is_more = true; is_more;) {
      Evaluator evaluator(search_.Conditions(), facts, options);
      const reference::Possible result = evaluator.Evaluate(condition, evaluator.CaseScope());
      is_more = !result.IsKnown() && reveal(evaluator.Missing(result));
    }
  }
  for (const DecisionId decision : wanted.decisions) {
    for (const OptionSet& options : loaded_.option_sets) {
      for (bool is_more = true; is_more;) {
        const reference::Outcome outcome = reference::EvaluateDecision(draft_, decision, facts, options);
        is_more = !outcome.determined && !outcome.error && reveal(outcome.missing);
      }
    }
  }
  reference::Answers answers(draft_, facts);
  for (const DecisionId decision : draft_.DecisionsOfCase()) {
    bool has_outcome = false;
    bool is_open = false;
    for (const OptionSet& options : loaded_.option_sets) {
      const reference::Outcome& outcome = answers.Of(decision, options);
      has_outcome = has_outcome || outcome.determined;
      is_open = is_open || (!outcome.determined && !outcome.error);
    }
    if (has_outcome && !is_open) dressed.decisions.push_back(decision);
  }
  return dressed;
}

}  // namespace proviso::generate
