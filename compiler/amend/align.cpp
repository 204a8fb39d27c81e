#include "compiler/amend/align.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "compiler/amend/import.h"
#include "compiler/format/format.h"

namespace proviso::amend {
namespace {

using namespace syntax;  // NOLINT(google-build-using-namespace): works on nearly every node of the tree

/// Pieces of a draft as texts: two that say the same have one text, wherever they stand.
class Texts {
 public:
  explicit Texts(const SyntaxTree& tree) : tree_(tree) {}

  [[nodiscard]] std::string Of(const RuleText& rule) const {
    return fmt::format("{} {} {} -> {} to {} under {} {} when {}", rule.is_exception, rule.name.text, Of(rule.supports),
                       Of(rule.value), NameOf(rule.except_to), NameOf(rule.under_option),
                       rule.under_option ? rule.under_alternative.text : "", Of(rule.condition));
  }
  [[nodiscard]] std::string Of(ExprId expr) const { return expr.IsValid() ? format::ExprToText(tree_, expr) : ""; }
  [[nodiscard]] std::string Of(const Supports& supports) const {
    std::string text;
    for (const CitationText& cite : supports.cites) text += cite.text + " ";
    return text;
  }
  [[nodiscard]] static std::string Of(const TypeText& type) {
    return fmt::format("{} {} {} {}", static_cast<int>(type.word), type.digits, type.name.text, type.or_none);
  }
  [[nodiscard]] static std::string NameOf(const std::optional<Name>& name) { return name ? name->text : ""; }

  [[nodiscard]] std::string Of(const SetDeclaration& set) const {
    std::string text = Of(set.supports);
    for (const Name& member : set.members) text += " " + member.text;
    return text;
  }
  [[nodiscard]] std::string Of(const OptionDeclaration& option) const {
    std::string text = fmt::format("{} {}", option.is_reading, Of(option.supports));
    for (const AlternativeText& each : option.alternatives)
      text += fmt::format("; {} {} = {}", each.name.text, Of(each.supports), Of(each.value));
    return text;
  }
  [[nodiscard]] std::string Of(const ConstraintDeclaration& constraint) const { return Of(constraint.condition); }
  [[nodiscard]] std::string Of(const TermDeclaration& term) const {
    std::string text = Of(term.supports);
    for (const Parameter& each : term.parameters) text += each.name.text + " " + each.enumeration.text + " ";
    return fmt::format("{} {} = {}", text, term.type ? Of(*term.type) : "", Of(term.value));
  }
  /// Of all but its items.
  [[nodiscard]] std::string Of(const DecisionDeclaration& decision) const {
    return Of(decision.type) + " " + Of(decision.supports);
  }
  template <typename Other>
  [[nodiscard]] std::string Of(const Other&) const {
    return "";
  }

 private:
  const SyntaxTree& tree_;
};

/// What makes two declarations one.
struct Label {
  DeclarationWord word = DeclarationWord::kNone;  // none: not aligned
  Name name;                                      // of an unnamed constraint its text
  std::optional<Name> of;
  bool operator==(const Label& other) const {
    return word == other.word && name.text == other.name.text && Texts::NameOf(of) == Texts::NameOf(other.of);
  }
};

Label LabelOf(const SyntaxTree&, const SetDeclaration& d) { return {DeclarationWord::kSet, d.name, {}}; }
Label LabelOf(const SyntaxTree&, const OptionDeclaration& d) {
  return {d.is_reading ? DeclarationWord::kReading : DeclarationWord::kOption, d.name, d.of};
}
Label LabelOf(const SyntaxTree& tree, const ConstraintDeclaration& d) {
  return {DeclarationWord::kConstraint, d.name.value_or(Name{Texts(tree).Of(d), {}}), {}};
}
Label LabelOf(const SyntaxTree&, const TermDeclaration& d) { return {DeclarationWord::kTerm, d.name, d.of}; }
Label LabelOf(const SyntaxTree&, const DecisionDeclaration& d) { return {DeclarationWord::kDecision, d.name, d.of}; }
template <typename Other>
Label LabelOf(const SyntaxTree&, const Other&) {
  return {};
}
Label LabelOf(const SyntaxTree& tree, const Declaration& declaration) {
  return std::visit([&](const auto& kind) { return LabelOf(tree, kind); }, declaration.kind);
}

class Aligner {
 public:
  Aligner(const AmendedTree& from, const AmendedTree& to)
      : from_(from), to_(to), from_texts_(from.tree), to_texts_(to.tree) {}

  SyntaxTree Run() {
    out_.file = to_.tree.file;
    out_.name = to_.tree.name;
    out_.title = to_.tree.title;
    out_.header_span = to_.tree.header_span;
    out_.attributes = {{HeaderAttribute::Kind::kAmends, from_.tree.name.text, to_.tree.name.span}};
    out_.exprs = to_.tree.exprs;
    for (const Declaration& declaration : from_.tree.declarations) RepealWhatIsGone(declaration);
    for (const Declaration& declaration : to_.tree.declarations) Compare(declaration);
    for (const AmendedTree::Settled& settled : to_.settled) Settle(settled);
    return std::move(out_);
  }

 private:
  static const Declaration* Find(const SyntaxTree& tree, const Label& label) {
    const auto found = std::ranges::find_if(
        tree.declarations, [&](const Declaration& declaration) { return LabelOf(tree, declaration) == label; });
    return found == tree.declarations.end() ? nullptr : &*found;
  }

  static bool IsSettled(const AmendedTree& draft, const std::string& option) {
    return std::ranges::any_of(draft.settled, [&](const auto& settled) { return settled.option.text == option; });
  }

  /// An option that is open again is repealed, and added.
  [[nodiscard]] bool IsOpenedAgain(const Label& label) const {
    const bool is_option = label.word == DeclarationWord::kOption || label.word == DeclarationWord::kReading;
    return is_option && IsSettled(from_, label.name.text) && !IsSettled(to_, label.name.text);
  }

  void RepealWhatIsGone(const Declaration& declaration) {
    const Label label = LabelOf(from_.tree, declaration);
    if (label.word == DeclarationWord::kNone) return;
    const auto* constraint = std::get_if<ConstraintDeclaration>(&declaration.kind);
    if (constraint != nullptr && !constraint->name) return;
    if (Find(to_.tree, label) != nullptr && !IsOpenedAgain(label)) return;
    out_.declarations.push_back({RepealAmendment{label.word, label.of, label.name}, declaration.span, {}});
  }

  void Compare(const Declaration& declaration) {
    const Label label = LabelOf(to_.tree, declaration);
    if (label.word == DeclarationWord::kNone) return;
    const Declaration* const there = Find(from_.tree, label);
    if (there == nullptr || IsOpenedAgain(label)) {
      out_.declarations.push_back({AddAmendment{Nest(declaration)}, declaration.span, {}});
      return;
    }
    const auto text = [](const Texts& texts, const Declaration& each) {
      return std::visit([&](const auto& kind) { return texts.Of(kind); }, each.kind);
    };
    if (text(from_texts_, *there) != text(to_texts_, declaration)) {
      out_.declarations.push_back({ReplaceAmendment{Nest(declaration)}, declaration.span, {}});
    } else if (const auto* decision = std::get_if<DecisionDeclaration>(&declaration.kind)) {
      CompareItems(std::get<DecisionDeclaration>(there->kind), *decision, declaration.span);
    }
  }

  DeclarationId Nest(const Declaration& declaration) {
    Declaration copy = declaration;
    copy.amendment = {};
    return out_.nested.Add(std::move(copy));
  }

  // ---- Decisions ---------------------------------------------------------------------------------------------------

  template <typename Item>
  static const Item* ItemOf(const DecisionDeclaration& decision) {
    for (const auto& item : decision.items) {
      if (const auto* found = std::get_if<Item>(&item)) return found;
    }
    return nullptr;
  }

  static const RuleText* RuleOf(const DecisionDeclaration& decision, const RuleText& rule) {
    for (const auto& item : decision.items) {
      const auto* found = std::get_if<RuleText>(&item);
      if (found != nullptr && found->name.text == rule.name.text && found->is_exception == rule.is_exception)
        return found;
    }
    return nullptr;
  }

  void CompareItems(const DecisionDeclaration& from, const DecisionDeclaration& to, const Span& span) {
    AmendAmendment amend{DeclarationWord::kDecision, to.of, to.name, {}};
    for (const auto& item : from.items) {
      const auto* rule = std::get_if<RuleText>(&item);
      if (rule != nullptr && RuleOf(to, *rule) == nullptr)
        amend.changes.push_back(RuleChange{RuleChange::Kind::kRepeal, *rule, Placement::kLast, {}, rule->span});
    }
    for (std::size_t i = 0; i < to.items.size(); ++i) {
      if (std::holds_alternative<RuleText>(to.items[i])) CompareRule(from, to, i, amend.changes);
    }
    if (const auto* otherwise = ItemOf<OtherwiseText>(to)) {
      const auto* there = ItemOf<OtherwiseText>(from);
      if (there == nullptr || from_texts_.Of(there->value) != to_texts_.Of(otherwise->value))
        amend.changes.push_back(OtherwiseChange{*otherwise, otherwise->span, there == nullptr});
    }
    if (const auto* policy = ItemOf<HitPolicyText>(to)) {
      const auto* there = ItemOf<HitPolicyText>(from);
      if (there == nullptr || there->policy != policy->policy)
        amend.changes.push_back(HitPolicyChange{*policy, policy->span, there == nullptr});
    }
    if (!amend.changes.empty()) out_.declarations.push_back({std::move(amend), span, {}});
  }

  /// The item of `to` at `place`.
  void CompareRule(const DecisionDeclaration& from, const DecisionDeclaration& to, std::size_t place,
                   std::vector<Change>& changes) {
    const RuleText& rule = std::get<RuleText>(to.items[place]);
    const RuleText* const there = RuleOf(from, rule);
    if (there != nullptr && from_texts_.Of(*there) == to_texts_.Of(rule)) return;
    const auto kind = there != nullptr ? RuleChange::Kind::kReplace : RuleChange::Kind::kAdd;
    RuleChange change{kind, rule, Placement::kLast, {}, rule.span};
    change.rule.amendment = {};
    // Before one that both have, so that it can stand whichever others do.
    for (std::size_t i = place + 1; there == nullptr && i < to.items.size(); ++i) {
      const auto* next = std::get_if<RuleText>(&to.items[i]);
      if (next == nullptr || RuleOf(from, *next) == nullptr) continue;
      change.placement = Placement::kBefore;
      change.anchor = next->name;
      break;
    }
    changes.push_back(std::move(change));
  }

  void Settle(const AmendedTree::Settled& settled) {
    const auto same = std::ranges::find_if(
        from_.settled, [&](const AmendedTree::Settled& each) { return each.option.text == settled.option.text; });
    if (same != from_.settled.end()) return;
    out_.declarations.push_back(
        {SettleAmendment{settled.option, settled.alternative, settled.otherwise}, settled.span, {}});
  }

  const AmendedTree& from_;
  const AmendedTree& to_;
  Texts from_texts_, to_texts_;
  SyntaxTree out_;
};

}  // namespace

SyntaxTree Align(const AmendedTree& from, const AmendedTree& to) { return Aligner(from, to).Run(); }

}  // namespace proviso::amend
