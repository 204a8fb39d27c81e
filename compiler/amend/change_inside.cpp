#include "compiler/amend/change_inside.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/amend/paragraphs.h"

namespace proviso::amend {
namespace {

using namespace syntax;  // NOLINT(google-build-using-namespace): works on nearly every node of the tree
using diagnostics::Kind;
using diagnostics::Suggest;

constexpr std::string_view kPolicyWords[] = {"strictest wins", "first wins", "one applies"};

/// Supports of a declaration that can be amended by paragraph.
const Supports& SupportsOf(const Declaration& declaration) {
  if (const auto* term = std::get_if<TermDeclaration>(&declaration.kind)) return term->supports;
  if (const auto* option = std::get_if<OptionDeclaration>(&declaration.kind)) return option->supports;
  return std::get<DecisionDeclaration>(declaration.kind).supports;
}

class Insider {
 public:
  explicit Insider(Amending& at) : at_(at) {}

  void Make(Declaration& target, const Label& label, const ParagraphChange& change) {
    constexpr std::string_view kVerbs[] = {"replace", "add", "repeal"};
    const auto id = at_.Record(change.span, fmt::format("{} {} of {}", kVerbs[static_cast<std::size_t>(change.kind)],
                                                        FullCitation(target, change.cite).text, label.name));
    if (!id) return;
    if (change.kind == ParagraphChange::Kind::kAdd) return AddParagraph(target, label, change, *id);
    const auto found = FindParagraph(target, label, change.cite);
    if (!found) return;
    auto& items = List(found->list).items;
    if (change.kind == ParagraphChange::Kind::kRepeal) {
      if (items.size() == 1) {
        at_.sink.Report<Kind::kListEmptied>(change.span, found->cite.text)
            .Help("replace it, or replace or repeal what the list stands in");
        return;
      }
      at_.out.repealed.push_back({found->cite.text, change.span});
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(found->index));
      return;
    }
    // Copying may grow the store that `items` lives in.
    const ExprId condition = at_.Import().Copy(change.condition);
    ConditionItem& item = List(found->list).items[found->index];
    item.condition = condition;
    if (change.description) item.description = change.description;
    item.span = change.span;
    item.amendment = *id;
  }

  void Make(Declaration& target, const Label& label, const RuleChange& change) {
    constexpr std::string_view kVerbs[] = {"replace", "add", "repeal"};
    const std::string_view verb = kVerbs[static_cast<std::size_t>(change.kind)];
    const std::string_view word = change.rule.is_exception ? "exception" : "rule";
    const auto id = at_.Record(change.span, fmt::format("{} {} {}", verb, word, change.rule.name.text));
    DecisionDeclaration* decision =
        AsDecision(target, label, change.span, change.rule.is_exception ? "an exception" : "a rule");
    if (!id || decision == nullptr) return;
    if (change.kind == RuleChange::Kind::kAdd) return AddRule(*decision, change, *id);
    const auto found = FindRuleOrReport(decision->items, change.rule.name, change.rule.is_exception, verb);
    if (found == decision->items.end()) return;
    if (const RuleText& there = std::get<RuleText>(*found); there.is_exception != change.rule.is_exception) {
      at_.sink.Report<Kind::kNothingToAmend>(change.rule.name.span, word, there.name.text, verb)
          .AddNote(fmt::format("`{}` is {}", there.name.text, there.is_exception ? "an exception" : "a rule"),
                   there.name.span);
      return;
    }
    if (change.kind == RuleChange::Kind::kRepeal) {
      at_.out.repealed.push_back({change.rule.name.text, change.span});
      decision->items.erase(found);
      return;
    }
    RuleText rule = at_.Import().Copy(change.rule);
    rule.amendment = *id;
    *found = std::move(rule);
  }

  void Make(Declaration& target, const Label& label, const OtherwiseChange& change) {
    const auto id = at_.Record(change.span, fmt::format("replace otherwise of {}", label.name));
    DecisionDeclaration* decision = AsDecision(target, label, change.span, "`otherwise`");
    if (!id || decision == nullptr) return;
    if (!IsThereAsSaid<OtherwiseText>(*decision, change, "`otherwise` of")) return;
    std::erase_if(decision->items, [](const auto& item) { return std::holds_alternative<OtherwiseText>(item); });
    OtherwiseText otherwise = change.otherwise;
    otherwise.value = at_.Import().Copy(otherwise.value);
    otherwise.amendment = *id;
    decision->items.push_back(otherwise);
  }

  void Make(Declaration& target, const Label& label, const HitPolicyChange& change) {
    const auto id = at_.Record(change.span,
                               fmt::format("replace {}", kPolicyWords[static_cast<std::size_t>(change.policy.policy)]));
    DecisionDeclaration* decision = AsDecision(target, label, change.span, "a way of winning");
    if (!id || decision == nullptr) return;
    if (!IsThereAsSaid<HitPolicyText>(*decision, change, "way of winning of")) return;
    std::erase_if(decision->items, [](const auto& item) { return std::holds_alternative<HitPolicyText>(item); });
    decision->items.insert(decision->items.begin(), change.policy);
  }

 private:
  static std::vector<std::pair<ExprId, Citation>> Roots(const Declaration& declaration) {
    const Citation own = FirstCitation(SupportsOf(declaration).cites, {});
    std::vector<std::pair<ExprId, Citation>> roots;
    if (const auto* term = std::get_if<TermDeclaration>(&declaration.kind)) roots.push_back({term->value, own});
    if (const auto* option = std::get_if<OptionDeclaration>(&declaration.kind))
      for (const AlternativeText& each : option->alternatives)
        roots.push_back({each.value, FirstCitation(each.supports.cites, own)});
    if (const auto* decision = std::get_if<DecisionDeclaration>(&declaration.kind)) {
      for (const auto& item : decision->items) {
        const auto* rule = std::get_if<RuleText>(&item);
        if (rule != nullptr) roots.push_back({rule->condition, FirstCitation(rule->supports.cites, own)});
      }
    }
    return roots;
  }

  std::vector<Paragraph> Paragraphs(const Declaration& declaration) const {
    std::vector<Paragraph> all;
    for (const auto& [root, own] : Roots(declaration))
      for (const Paragraph& each : FindParagraphs(at_.out.tree, root, own)) all.push_back(each);
    return all;
  }

  static Citation FullCitation(const Declaration& declaration, const CitationText& cite) {
    if (cite.is_quoted) return {cite.text};
    return ResolveCitation(FirstCitation(SupportsOf(declaration).cites, {}), cite.text);
  }

  /// The one item cited as `cite`; none, or several, is reported there.
  std::optional<Paragraph> FindParagraph(const Declaration& target, const Label& label, const CitationText& cite) {
    const Citation wanted = FullCitation(target, cite);
    std::vector<Paragraph> matches;
    std::vector<std::string> others;
    for (const Paragraph& each : Paragraphs(target)) {
      if (each.cite == wanted) matches.push_back(each);
      others.push_back(each.cite.text);
    }
    if (matches.size() == 1) return matches.front();
    const std::string name = fmt::format("{} `{}`", label.kind, label.name);
    if (!matches.empty()) {
      auto& report = at_.sink.Report<Kind::kParagraphNotUnique>(cite.span, name, matches.size(), wanted.text);
      for (const Paragraph& each : matches) report.AddNote("one is here", List(each.list).items[each.index].span);
      report.Help(fmt::format("write `replace {} {} …` with the whole of it", label.kind, label.name));
      return std::nullopt;
    }
    auto& report = at_.sink.Report<Kind::kParagraphNotFound>(cite.span, name, wanted.text)
                       .AddNote(fmt::format("{} is declared here", name), label.name_span);
    if (!others.empty()) report.Help(fmt::format("its items are {}", fmt::join(others, ", ")));
    return std::nullopt;
  }

  ConditionList& List(ExprId id) { return std::get<ConditionList>(at_.out.tree.exprs[id].kind); }

  void AddParagraph(Declaration& target, const Label& label, const ParagraphChange& change, AmendmentId id) {
    const Citation full = FullCitation(target, change.cite);
    for (const Paragraph& each : Paragraphs(target)) {
      if (each.cite != full) continue;
      at_.sink.Report<Kind::kAlreadyThere>(change.cite.span, "item", full.text)
          .AddNote("stands here", List(each.list).items[each.index].span)
          .Help(fmt::format("write `replace {} …` to change it", change.cite.text));
      return;
    }
    ExprId list;
    std::size_t index = 0;
    if (change.placement == Placement::kLast) {
      list = ListFor(target, full);
      if (!list.IsValid()) {
        at_.sink
            .Report<Kind::kParagraphPlaceUnclear>(change.cite.span, fmt::format("{} `{}`", label.kind, label.name),
                                                  full.text)
            .Help("say `before` or `after` which item it stands");
        return;
      }
      index = List(list).items.size();
    } else {
      const auto anchor = FindParagraph(target, label, change.anchor);
      if (!anchor) return;
      list = anchor->list;
      index = anchor->index + (change.placement == Placement::kAfter ? 1 : 0);
    }
    ConditionItem item{{CitationText{full.text, change.cite.is_quoted, change.cite.span}},
                       change.description,
                       at_.Import().Copy(change.condition),
                       change.span,
                       id};
    auto& items = List(list).items;
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(index), std::move(item));
  }

  /// The list whose items are sisters of `full`; else the only one that its parent paragraph, be it an item, a rule or
  /// the declaration, consists of; else invalid.
  ExprId ListFor(const Declaration& target, const Citation& full) const {
    const std::string parent = full.text.substr(0, full.text.rfind('('));
    const std::vector<Paragraph> paragraphs = Paragraphs(target);
    std::vector<ExprId> lists;
    for (const Paragraph& each : paragraphs) {
      if (each.cite.text.substr(0, each.cite.text.rfind('(')) == parent) return each.list;
      if (each.cite.text != parent) continue;
      const auto& items = std::get<ConditionList>(at_.out.tree.exprs[each.list].kind).items;
      for (const ExprId inner : OutermostLists(at_.out.tree, items[each.index].condition)) lists.push_back(inner);
    }
    for (const auto& [root, own] : Roots(target)) {
      if (own.text != parent && !paragraphs.empty()) continue;
      for (const ExprId each : OutermostLists(at_.out.tree, root)) lists.push_back(each);
    }
    return lists.size() == 1 ? lists.front() : ExprId();
  }

  /// The items of a decision; reported where the target is none.
  DecisionDeclaration* AsDecision(Declaration& target, const Label& label, const Span& span, std::string_view by) {
    auto* decision = std::get_if<DecisionDeclaration>(&target.kind);
    if (decision == nullptr)
      at_.sink.Report<Kind::kWrongAmendment>(span, label.kind, label.name, by)
          .Help("only decisions have rules, exceptions and a way of winning");
    return decision;
  }

  using Items = decltype(DecisionDeclaration::items);
  static Items::iterator FindRule(Items& items, const std::string& name) {
    return std::find_if(items.begin(), items.end(), [&](const auto& item) {
      const auto* rule = std::get_if<RuleText>(&item);
      return rule != nullptr && rule->name.text == name;
    });
  }

  Items::iterator FindRuleOrReport(Items& items, const Name& name, bool is_exception, std::string_view verb) {
    const auto found = FindRule(items, name.text);
    if (found != items.end()) return found;
    std::vector<std::string> names;
    for (const auto& item : items)
      if (const auto* rule = std::get_if<RuleText>(&item)) names.push_back(rule->name.text);
    Suggest(at_.sink.Report<Kind::kNothingToAmend>(name.span, is_exception ? "exception" : "rule", name.text, verb),
            name.text, names);
    return found;
  }

  void AddRule(DecisionDeclaration& decision, const RuleChange& change, AmendmentId id) {
    auto& items = decision.items;
    const std::string_view word = change.rule.is_exception ? "exception" : "rule";
    if (const auto there = FindRule(items, change.rule.name.text); there != items.end()) {
      at_.sink.Report<Kind::kAlreadyThere>(change.rule.name.span, word, change.rule.name.text)
          .AddNote("declared here", std::get<RuleText>(*there).name.span)
          .Help(fmt::format("write `replace {} {} …` to change it", word, change.rule.name.text));
      return;
    }
    auto at = items.end();
    if (change.placement != Placement::kLast) {
      at = FindRuleOrReport(items, change.anchor, false,
                            change.placement == Placement::kBefore ? "stand before" : "stand after");
      if (at == items.end()) return;
      if (change.placement == Placement::kAfter) ++at;
    }
    RuleText rule = at_.Import().Copy(change.rule);
    rule.amendment = id;
    items.insert(at, std::move(rule));
  }

  /// Whether there is an `Item` where it is to be replaced, and none where it is to be added; else that is reported.
  template <typename Item, typename ItemChange>
  bool IsThereAsSaid(const DecisionDeclaration& decision, const ItemChange& change, std::string_view what) {
    const auto there = std::find_if(decision.items.begin(), decision.items.end(),
                                    [](const auto& item) { return std::holds_alternative<Item>(item); });
    const bool is_there = there != decision.items.end();
    if (is_there != change.add) return true;
    if (is_there) {
      at_.sink.Report<Kind::kAlreadyThere>(change.span, what, decision.name.text)
          .AddNote("stands here", std::get<Item>(*there).span)
          .Help("write `replace` to change it");
    } else {
      at_.sink.Report<Kind::kNothingToAmend>(change.span, what, decision.name.text, "replace")
          .Help("write `add` if it is new");
    }
    return false;
  }

  Amending& at_;
};

}  // namespace

std::optional<AmendmentId> Amending::Record(const Span& span, std::string text) {
  const AmendmentId id = out.amendments.Add({from->name.text, std::move(text), span});
  if (left_out.contains(id)) return std::nullopt;
  return id;
}

void ChangeInside(Amending& at, Declaration& target, const Label& label, const Change& change) {
  std::visit([&](const auto& each) { Insider(at).Make(target, label, each); }, change);
}

}  // namespace proviso::amend
