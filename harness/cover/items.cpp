// An exercised draft as items.
#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/reference/written.h"
#include "harness/cover/cover.h"

namespace proviso::cover {
namespace {

using Sight = Goal::Sight;
using Piece = decltype(Goal::piece);

class Itemizer {
 public:
  Itemizer(const check::CheckedDraft& draft, const Exercised& exercised) : draft_(draft), exercised_(exercised) {}

  std::vector<Item> Make() {
    for (const auto& [id, counts] : exercised_.counts) AddRule(id);
    for (const auto& [id, point] : exercised_.rules) AddPoint(id, point);
    for (const auto& [id, point] : exercised_.points) AddPoint(id, point);
    for (const auto& [id, threshold] : exercised_.thresholds) AddThreshold(id, threshold);
    for (const auto& [id, counts] : exercised_.alternatives) AddOption(id, counts);
    std::stable_sort(items_.begin(), items_.end(), [](const Item& one, const Item& other) {
      return std::tie(one.kind, one.span.file, one.span.begin) <
             std::tie(other.kind, other.span.file, other.span.begin);
    });
    return std::move(items_);
  }

 private:
  /// Seen as often as the goal that is met the fewest times.
  [[nodiscard]] Aspect Seen(std::string name, const Piece& piece, std::initializer_list<Sight> sights,
                            std::uint32_t part = 0) const {
    Aspect aspect;
    aspect.name = std::move(name);
    for (const Sight sight : sights) {
      const Goal goal = {.sight = sight, .piece = piece, .part = part};
      const std::size_t times = TimesMet(exercised_, goal);
      aspect.count = aspect.goals.empty() ? times : std::min(aspect.count, times);
      aspect.goals.push_back(goal);
    }
    return aspect;
  }

  void AddRule(check::RuleId id) {
    const check::Rule& rule = draft_.rules[id];
    Item item = {
        rule.is_exception ? Kind::kException : Kind::kRule, NameOf(rule), "", CitesOf(rule), rule.span, {}, {}};
    item.aspects = {Seen("firing", id, {Sight::kFires}), Seen("not firing", id, {Sight::kDoesNot})};
    if (!rule.exceptions.empty()) item.aspects.push_back(Seen("blocked", id, {Sight::kBlocked}));
    items_.push_back(std::move(item));
  }

  void AddPoint(const Piece& piece, const Point& point) {
    for (std::uint32_t i = 0; i < point.leaves.size(); ++i) {
      const Leaf& leaf = point.leaves[i];
      const check::ExprId* const condition = std::get_if<check::ExprId>(&leaf.what);
      const check::Rule* const exception =
          condition == nullptr ? &draft_.rules[std::get<check::RuleId>(leaf.what)] : nullptr;
      Item item = {Kind::kCondition,
                   exception != nullptr ? NameOf(*exception) : reference::Written(draft_, draft_[*condition]),
                   point.inside,
                   leaf.cites,
                   exception != nullptr ? exception->span : draft_[*condition].span,
                   {},
                   {}};
      if (exception == nullptr) {
        item.aspects = {Seen("yes", piece, {Sight::kYes}, i), Seen("no", piece, {Sight::kNo}, i)};
        items_.push_back(item);
      }
      if (point.leaves.size() < 2) continue;
      item.kind = Kind::kIndependent;
      item.aspects = {Seen("decides alone", piece, {Sight::kDecidesYes, Sight::kDecidesNo}, i)};
      if (const auto shown = leaf.ShownBy()) item.shown_by = {shown->first, shown->second};
      items_.push_back(std::move(item));
    }
  }

  void AddThreshold(check::ExprId id, const Threshold& threshold) {
    const std::string text = reference::Written(draft_, draft_[id]);
    Item item = {Kind::kThreshold, text, threshold.inside, threshold.cites, draft_[id].span, {}, {}};
    item.aspects = {Seen("below", id, {Sight::kBelow}), Seen("at", id, {Sight::kAt}),
                    Seen("above", id, {Sight::kAbove})};
    items_.push_back(std::move(item));
  }

  void AddOption(check::OptionId id, const std::vector<std::size_t>& counts) {
    const check::Option& option = draft_.options[id];
    const std::string text = (option.is_reading ? "reading " : "option ") + option.name;
    Item item = {Kind::kOption, text, "", option.cites, option.span, {}, {}};
    for (std::uint32_t i = 0; i < counts.size(); ++i)
      item.aspects.push_back(Seen(option.alternatives[i].name, id, {Sight::kAsked}, i));
    items_.push_back(std::move(item));
  }

  [[nodiscard]] static std::string NameOf(const check::Rule& rule) {
    return (rule.is_exception ? "exception " : "rule ") + rule.name;
  }

  [[nodiscard]] const std::vector<Citation>& CitesOf(const check::Rule& rule) const {
    return rule.cites.empty() ? draft_.decisions[rule.decision].cites : rule.cites;
  }

  const check::CheckedDraft& draft_;
  const Exercised& exercised_;
  std::vector<Item> items_;
};

}  // namespace

std::vector<Item> ItemsOf(const check::CheckedDraft& draft, const Exercised& exercised) {
  return Itemizer(draft, exercised).Make();
}

}  // namespace proviso::cover
