#include "harness/change/apply.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>

#include "compiler/lower/small_witness.h"
#include "runtime/base/edit_case.h"

namespace proviso::change {
namespace {

class Applier {
 public:
  Applier(lower::Lowered& lowered, const Case& facts)
      : lowered_(lowered), words_(lowered.space->Words()), before_(facts) {
    change_.after = facts;
  }

  std::optional<Change> Run(const std::vector<Edit>& edits) {
    for (const Edit& edit : edits) {
      if (edit.kind == FactChange::Kind::kValue && !SetValue(edit)) return std::nullopt;
      if (edit.kind == FactChange::Kind::kDropped && !Drop(edit)) return std::nullopt;
    }
    for (const Edit& edit : edits) {
      if (edit.kind == FactChange::Kind::kAdded && !Add(edit)) return std::nullopt;
    }
    LeaveOutDropped();
    for (const FactChange& one : change_.facts) {
      change_.distance += one.kind == FactChange::Kind::kValue ? DistanceBetween(one.before, *one.after) : 1;
    }
    return std::move(change_);
  }

 private:
  bool SetValue(const Edit& edit) {
    FactState& state = change_.after.State(words_, edit.instance, edit.fact);
    std::optional<Value> value = edit.value;
    if (edit.member) {
      MemberSet set = std::get<MemberSet>(*state.value);
      const auto at = std::ranges::lower_bound(set.members, *edit.member);
      if (at != set.members.end() && *at == *edit.member) {
        set.members.erase(at);
      } else {
        set.members.insert(at, *edit.member);
      }
      value = set;
    }
    const auto known = llvm::find_if(change_.facts, [&](const FactChange& one) {
      return one.kind == FactChange::Kind::kValue && one.instance == edit.instance && one.fact == edit.fact;
    });
    if (known != change_.facts.end()) {
      if (!edit.member && known->after != value) return false;
      known->after = value;
    } else {
      change_.facts.push_back({.kind = FactChange::Kind::kValue,
                               .instance = edit.instance,
                               .fact = edit.fact,
                               .before = state.value,
                               .after = value,
                               .path = FactPath(before_, words_, edit.instance, edit.fact)});
    }
    state.value = value;
    state.assumed = false;
    return true;
  }

  bool Drop(const Edit& edit) {
    const auto& elements = std::get<ListValue>(*before_.State(words_, edit.instance, edit.fact).value).elements;
    const auto index = static_cast<std::size_t>(llvm::find(elements, edit.element) - elements.begin());
    if (llvm::is_contained(dropped_, std::tuple(edit.instance, edit.fact, index))) return true;
    dropped_.emplace_back(edit.instance, edit.fact, index);
    change_.facts.push_back({.kind = FactChange::Kind::kDropped,
                             .instance = edit.instance,
                             .fact = edit.fact,
                             .index = index,
                             .before = {},
                             .after = {},
                             .path = before_.instances[edit.element].path});
    return true;
  }

  bool Add(const Edit& edit) {
    lower::Witness whole{.facts = std::move(change_.after), .matter = {}, .options = {}};
    const evaluate::List list = (*lowered_.space)[edit.list];
    const auto added =
        lower::AddElement(lowered_, whole, list, lower::IsOfClass(*lowered_.space, list, edit.element_class));
    change_.after = std::move(whole.facts);
    if (!added) return false;
    const auto& elements = std::get<ListValue>(*change_.after.State(words_, edit.instance, edit.fact).value).elements;
    change_.facts.push_back({.kind = FactChange::Kind::kAdded,
                             .instance = *added,
                             .fact = edit.fact,
                             .index = elements.size() - 1,
                             .before = {},
                             .after = {},
                             .path = change_.after.instances[*added].path});
    for (const reference::MissingFact& one : whole.matter) {
      change_.facts.push_back({.kind = FactChange::Kind::kValue,
                               .instance = one.instance,
                               .fact = one.fact,
                               .before = {},
                               .after = change_.after.State(words_, one.instance, one.fact).value,
                               .path = FactPath(change_.after, words_, one.instance, one.fact)});
    }
    return true;
  }

  /// The last of each list first, so that indices stay good; entities get other ids by it.
  void LeaveOutDropped() {
    std::ranges::sort(dropped_,
                      [](const auto& one, const auto& other) { return std::get<2>(one) > std::get<2>(other); });
    std::vector<std::pair<std::string, std::tuple<InstanceId, FactId, std::size_t>>> by_path;
    for (const auto& one : dropped_) by_path.emplace_back(change_.after.instances[std::get<0>(one)].path, one);
    for (const auto& [path, one] : by_path) {
      for (std::size_t i = 0; i < change_.after.instances.size(); ++i) {
        const InstanceId holder(i);
        if (change_.after.instances[holder].path != path) continue;
        change_.after = WithoutElement(change_.after, words_, holder, std::get<1>(one), std::get<2>(one));
        break;
      }
    }
  }

  lower::Lowered& lowered_;
  const Vocabulary& words_;
  const Case& before_;
  Change change_;
  std::vector<std::tuple<InstanceId, FactId, std::size_t>> dropped_;
};

}  // namespace

std::optional<Change> Apply(lower::Lowered& lowered, const Case& facts, const std::vector<Edit>& edits) {
  return Applier(lowered, facts).Run(edits);
}

}  // namespace proviso::change
