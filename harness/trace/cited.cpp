#include "harness/trace/cited.h"

#include <array>
#include <optional>
#include <variant>

#include "compiler/syntax/syntax_tree.h"

namespace proviso::trace {
namespace {

using check::CheckedDraft;
using check::ExprId;

constexpr auto kCarrierNames = std::to_array<std::string_view>({
    "rule",
    "decision",
    "term",
    "option",
    "set",
    "fact",
    "answer",
});

bool IsParagraph(const Citation& cite) { return cite.text.starts_with("§"); }

class Collector {
 public:
  explicit Collector(const CheckedDraft& draft) : draft_(draft), vocabulary_(*draft.vocabulary) {}

  std::vector<CitedPlace> Run() {
    Sets();
    for (std::size_t i = 0; i < draft_.options.size(); ++i) AddOption(draft_.options[check::OptionId(i)]);
    for (std::size_t i = 0; i < draft_.terms.size(); ++i) {
      const check::Term& term = draft_.terms[check::TermId(i)];
      Add(term.cites, Carrier::kTerm, Owned(term.of, term.name), term.span);
      AddItems(term.body, Carrier::kTerm, Owned(term.of, term.name));
    }
    for (std::size_t i = 0; i < draft_.decisions.size(); ++i) AddDecision(draft_.decisions[check::DecisionId(i)]);
    AddVocabulary();
    return std::move(places_);
  }

 private:
  [[nodiscard]] std::string Owned(const std::optional<EntityId>& of, const std::string& name) const {
    return of ? vocabulary_.entities[*of].name + "." + name : name;
  }

  void Add(const std::vector<Citation>& cites, Carrier carrier, const std::string& name, const Span& span) {
    for (const Citation& cite : cites) {
      if (IsParagraph(cite)) places_.push_back({cite, carrier, name, span});
    }
  }

  /// The citations of list items in an expression.
  void AddItems(ExprId id, Carrier carrier, const std::string& name) {
    if (!id.IsValid()) return;
    const check::Expr& expr = draft_[id];
    for (std::size_t i = 0; i < expr.item_cites.size(); ++i)
      Add(expr.item_cites[i], carrier, name, draft_[expr.operands[i]].span);
    for (const ExprId operand : expr.operands) AddItems(operand, carrier, name);
  }

  /// Sets of the draft itself are resolved where they are used, so that only the text has their citations.
  void Sets() {
    for (const syntax::Declaration& declaration : draft_.text->tree.declarations) {
      const auto* set = std::get_if<syntax::SetDeclaration>(&declaration.kind);
      if (set == nullptr) continue;
      for (const syntax::CitationText& cite : set->supports.cites)
        Add({Citation{cite.text}}, Carrier::kSet, set->name.text, set->name.span);
    }
  }

  void AddOption(const check::Option& option) {
    const std::string name = Owned(option.of, option.name);
    Add(option.cites, Carrier::kOption, name, option.span);
    for (std::size_t i = 0; i < option.alternatives.size(); ++i) {
      if (option.settled && *option.settled != i) continue;
      Add(option.alternatives[i].cites, Carrier::kOption, name, option.alternatives[i].span);
      AddItems(option.alternatives[i].value, Carrier::kOption, name);
    }
  }

  void AddDecision(const check::Decision& decision) {
    Add(decision.cites, Carrier::kDecision, Owned(decision.of, decision.name), decision.span);
    for (const check::RuleId id : decision.rules) {
      const check::Rule& rule = draft_.rules[id];
      Add(rule.cites, Carrier::kRule, rule.name, rule.span);
      AddItems(rule.condition, Carrier::kRule, rule.name);
      if (rule.value) AddItems(*rule.value, Carrier::kRule, rule.name);
    }
  }

  void AddVocabulary() {
    for (std::size_t i = 0; i < vocabulary_.facts.size(); ++i) {
      const Fact& fact = vocabulary_.facts[FactId(i)];
      Add(fact.cites, Carrier::kFact, Owned(fact.owner, fact.name), fact.span);
    }
    for (std::size_t i = 0; i < vocabulary_.enums.size(); ++i) {
      const Enumeration& enumeration = vocabulary_.enums[EnumId(i)];
      for (const EnumMember& member : enumeration.members)
        Add(member.cites, Carrier::kMember, enumeration.name + "." + member.name, member.span);
    }
    for (std::size_t i = 0; i < vocabulary_.sets.size(); ++i) {
      const NamedSet& set = vocabulary_.sets[NamedSetId(i)];
      Add(set.cites, Carrier::kSet, set.name, set.span);
    }
  }

  const CheckedDraft& draft_;
  const Vocabulary& vocabulary_;
  std::vector<CitedPlace> places_;
};

}  // namespace

std::vector<CitedPlace> CitedPlaces(const CheckedDraft& draft) { return Collector(draft).Run(); }

std::string_view CarrierName(Carrier carrier) { return kCarrierNames[static_cast<std::size_t>(carrier)]; }

}  // namespace proviso::trace
