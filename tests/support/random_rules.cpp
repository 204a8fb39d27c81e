#include "tests/support/random_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace proviso::tests {
namespace random_rules {
namespace {

constexpr int kDepth = 2;

std::string TypeOf(Sort sort) {
  switch (sort) {
    case Sort::kTruth:
      return "boolean";
    case Sort::kAmount:
      return "decimal(2) coin";
    case Sort::kPower:
      return "real flop";
    case Sort::kShare:
      return "percent";
    case Sort::kCount:
      return "integer";
    case Sort::kDate:
      return "date";
    case Sort::kDays:
      return "days";
    case Sort::kColour:
      return "Colour";
    case Sort::kGrade:
      return "Grade";
    default:
      return "set of Colour";
  }
}

class Writer {
 public:
  Writer(const RulesPlan& plan, const Numbers& style) : plan_(plan), style_(style) {}

  RulesText Write() {
    WriteVocabulary();
    Line("use \"vocabulary.pvo\"\n");
    Line("draft rules over deals\n");
    for (const Numbers& numbers : plan_.declarations) WriteDeclaration(numbers);
    if (decisions_.empty()) WriteDecision({});
    RulesText text{vocabulary_, draft_, {}};
    if (!plan_.amendment.empty()) text.amending = WriteAmendment();
    return text;
  }

 private:
  struct DecisionNames {
    std::string name;
    Sort sort;
    std::vector<std::string> rules;
  };

  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    draft_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  void WriteVocabulary();
  void AddEntities(Choices& choices);
  std::string WriteEntity(std::size_t entity, Choices& choices);
  void WriteLimits();
  void WriteAssumptions(Choices& choices);
  void WriteDeclaration(const Numbers& numbers);
  void WriteOption(Expressions& writer);
  void WriteConstraint(Expressions& writer);
  void WriteTerm(Expressions& writer);
  void WriteTermOfEntity(Expressions& writer);
  void WriteTermOfColour(Expressions& writer);
  void WriteEntityTerm(Expressions& writer);
  void WriteRecursiveTerm(Expressions& writer);
  void WriteDecision(const Numbers& numbers);
  std::vector<std::string> RulesOf(Expressions& writer, DecisionNames& decision, const std::string& way);
  std::string ExceptionOf(Expressions& writer, DecisionNames& decision);
  void WriteDecisionOfFirm(Expressions& writer);
  std::string WriteAmendment();

  /// New in the text, and another one in another style.
  std::string NewTerm() { return fmt::format("{}_{}", style_.Below(2) == 0 ? "term" : "meaning", terms_++); }
  Expressions Writing(const Numbers& numbers) {
    Expressions writer(numbers, style_, entities_, options_, firing_, colours_, grades_);
    if (HasFewValues()) writer.counts = 4;
    return writer;
  }
  [[nodiscard]] bool HasFewValues() const { return plan_.values == Values::kFew; }
  static const Scope& InCase() {
    static const Scope kScope = {{"", kDeal}};
    return kScope;
  }

  const RulesPlan& plan_;
  Choices style_;
  std::vector<EntityNames> entities_;
  std::vector<OptionNames> options_;
  std::vector<std::string> firing_;
  std::vector<DecisionNames> decisions_;
  std::size_t colours_ = 2, grades_ = 2, terms_ = 0;
  std::string vocabulary_, draft_;
};

// ---- The vocabulary --------------------------------------------------------------------------------------

void Writer::WriteVocabulary() {
  Choices choices(plan_.vocabulary);
  colours_ = 2 + choices.Below(HasFewValues() ? 1 : 3);
  grades_ = 2 + choices.Below(HasFewValues() ? 2 : 3);
  AddEntities(choices);
  vocabulary_ = "vocabulary deals\n\nunit coin\nunit kilocoin = 1000 coin\nunit flop\nunit petaflop = 1000 flop\n\n";
  std::string members, steps;
  for (std::size_t i = 0; i < colours_; ++i) members += Expressions::ColourName(i) + ", ";
  for (std::size_t i = 0; i < grades_; ++i) steps += Expressions::GradeName(i) + ", ";
  vocabulary_ +=
      fmt::format("enum Colour {{ {}}}\nordered enum Grade {{ {}}}\nset listed = {{ red, green }}\n\n", members, steps);
  for (const std::size_t entity : {kPart, kHolding, kFirm, kDeal}) vocabulary_ += WriteEntity(entity, choices);
  vocabulary_ += "case Deal\n";
  if (HasFewValues()) WriteLimits();
  WriteAssumptions(choices);
}

void Writer::AddEntities(Choices& choices) {
  entities_ = {
      {"Deal", {}, {{"firm", kFirm}}, {}}, {"Firm", {}, {}, {}}, {"Part", {}, {}, {}}, {"Holding", {}, {}, {}}};
  const bool has_partner = choices.Percent(50);
  if (has_partner) entities_[kDeal].parts.emplace_back("partner", kFirm);
  if (HasFewValues()) {
    entities_[kDeal].lists.emplace_back("parts", kPart);
    return;
  }
  entities_[kDeal].lists.emplace_back("firms", kFirm);
  entities_[kFirm].lists.emplace_back("parts", kPart);
  entities_[kFirm].lists.emplace_back("holders", kHolding);
  entities_[kHolding].parts.emplace_back("holder", kFirm);
}

/// What makes the values few: those that `FewValues` gives.
void Writer::WriteLimits() {
  for (const EntityNames& entity : entities_) {
    const std::string of = entity.name == "Deal" ? "" : " of " + entity.name;
    for (const Name& fact : entity.names) {
      const std::string none = fact.may_be_none ? fact.name + " is none or " : "";
      if (fact.sort == Sort::kCount)
        vocabulary_ += fmt::format("assume{} few_{}: {}{} between 0 and 2\n", of, fact.name, none, fact.name);
    }
  }
  vocabulary_ += "assume few_parts: count(p in parts) at most 2\n";
}

std::string Writer::WriteEntity(std::size_t entity, Choices& choices) {
  static const std::vector<std::string> kLetters = {"d", "f", "p", "h"};
  static const std::vector<Sort> kSorts = {Sort::kTruth, Sort::kAmount, Sort::kGrade, Sort::kTruth,   Sort::kColour,
                                           Sort::kCount, Sort::kPower,  Sort::kDate,  Sort::kColours, Sort::kDays,
                                           Sort::kShare, Sort::kAmount, Sort::kDate};
  static const std::vector<Sort> kFewSorts = {Sort::kTruth, Sort::kCount,  Sort::kGrade,
                                              Sort::kCount, Sort::kColour, Sort::kColours};
  const std::vector<Sort>& sorts = HasFewValues() ? kFewSorts : kSorts;
  EntityNames& names = entities_[entity];
  std::string text = fmt::format("entity {} {{\n", names.name);
  const std::size_t facts = HasFewValues()    ? (entity == kDeal   ? 2
                                                 : entity == kPart ? 1 + choices.Below(2)
                                                                   : 1)
                            : entity == kDeal ? 2 + choices.Below(4)
                                              : 1 + choices.Below(3);
  for (std::size_t i = 0; i < facts; ++i) {
    Name fact{fmt::format("{}{}", kLetters[entity], i), choices.OneOf(sorts)};
    fact.is_fact = true;
    const bool can_be_none = fact.sort != Sort::kTruth && fact.sort != Sort::kColours;
    fact.may_be_none = can_be_none && choices.Percent(30);
    fact.for_each_colour = fact.sort == Sort::kTruth && choices.Percent(25);
    std::string type = TypeOf(fact.sort);
    if (fact.sort == Sort::kAmount && choices.Percent(40)) type = "integer coin";
    text += fmt::format("  {}{} : {}{}\n", fact.name, fact.for_each_colour ? "(Colour)" : "", type,
                        fact.may_be_none ? " or none" : "");
    names.names.push_back(fact);
  }
  if (entity == kHolding) {
    names.names.push_back({.name = "stake", .sort = Sort::kShare, .is_fact = true});
    text += "  stake : percent\n";
  }
  for (const auto& [name, part] : names.parts)
    text += fmt::format("  {} : {}{}\n", name, entities_[part].name, name == "partner" ? " or none" : "");
  for (const auto& [name, element] : names.lists)
    text += fmt::format("  {} : list of {}\n", name, entities_[element].name);
  return text + "}\n\n";
}

void Writer::WriteAssumptions(Choices& choices) {
  if (choices.Percent(25) && !HasFewValues())
    vocabulary_ += "assume of Firm not_over: sum(h.stake for h in holders) at most 100%\n";
  if (!choices.Percent(25)) return;
  // Of facts alone, and true of most cases.
  const Numbers numbers(plan_.vocabulary.rbegin(), plan_.vocabulary.rend());
  Expressions writer = Writing(numbers);
  const std::string where = writer.Condition(InCase(), 0);
  vocabulary_ += fmt::format("assume related: {} implies {}\n", where, writer.Condition(InCase(), 1));
}

// ---- The draft -------------------------------------------------------------------------------------------

void Writer::WriteDeclaration(const Numbers& numbers) {
  Numbers rest(numbers.begin() + (numbers.empty() ? 0 : 1), numbers.end());
  Expressions writer = Writing(rest);
  switch (numbers.empty() ? 0 : numbers.front() % 13) {
    case 0:
    case 1:
    case 2:
    case 3:
      return WriteDecision(rest);
    case 4:
      return WriteTerm(writer);
    case 5:
    case 6:
      return WriteTermOfEntity(writer);
    case 7:
      return WriteTermOfColour(writer);
    case 8:
      return WriteEntityTerm(writer);
    case 9:
      return HasFewValues() ? WriteTermOfEntity(writer) : WriteRecursiveTerm(writer);
    case 10:
      return WriteDecisionOfFirm(writer);
    default:
      return WriteOption(writer);
  }
}

void Writer::WriteOption(Expressions& writer) {
  static const std::vector<Sort> kSorts = {Sort::kAmount, Sort::kTruth, Sort::kShare, Sort::kPower, Sort::kTruth};
  const Sort sort = writer.choices.OneOf(kSorts);
  const bool of_firm = sort == Sort::kTruth && writer.choices.Percent(30);
  const OptionNames option{fmt::format("option_{}", options_.size()), sort, 2 + writer.choices.Below(2)};
  std::string text;
  for (std::size_t i = 0; i < option.alternatives; ++i) {
    const Scope scope = {{"", of_firm ? kFirm : kDeal}};
    text += fmt::format("alt_{} = {}, ", i, sort == Sort::kTruth ? writer.Condition(scope, 1) : writer.Literal(sort));
  }
  Line("{}{} {} {{ {}}}", writer.choices.Percent(20) ? "reading" : "option", of_firm ? " of Firm" : "", option.name,
       text);
  if (sort == Sort::kTruth) entities_[of_firm ? kFirm : kDeal].names.push_back({.name = option.name, .sort = sort});
  options_.push_back(option);
  if (options_.size() % 2 == 0 && writer.choices.Percent(60)) WriteConstraint(writer);
}

void Writer::WriteConstraint(Expressions& writer) {
  // Each speaks of two options that no other speaks of, and leaves something.
  const OptionNames& one = options_[options_.size() - 2];
  const OptionNames& other = options_.back();
  Line("constraint not ({} is alt_{} and {} is alt_{})", one.name, writer.choices.Below(one.alternatives), other.name,
       writer.choices.Below(other.alternatives));
}

void Writer::WriteTerm(Expressions& writer) {
  static const std::vector<Sort> kSorts = {Sort::kTruth, Sort::kAmount, Sort::kTruth, Sort::kGrade, Sort::kDate};
  const Sort sort = writer.choices.OneOf(kSorts);
  const std::string body =
      sort == Sort::kTruth ? writer.Condition(InCase(), kDepth) : writer.Value(InCase(), sort, kDepth);
  const std::string name = NewTerm();
  Line("term {} : {} = {}", name, TypeOf(sort), body);
  entities_[kDeal].names.push_back({.name = name, .sort = sort});
}

void Writer::WriteTermOfEntity(Expressions& writer) {
  const std::vector<std::size_t> of_which = {kFirm, kPart, kFirm, HasFewValues() ? kPart : kHolding};
  const std::size_t of = writer.choices.OneOf(of_which);
  Scope scope = {{"", of}};
  if (writer.choices.Percent(20)) scope.emplace_back("case.", kDeal);
  const Sort sort = writer.choices.Percent(30) ? Sort::kAmount : Sort::kTruth;
  const std::string body = sort == Sort::kTruth ? writer.Condition(scope, kDepth) : writer.Value(scope, sort, kDepth);
  const std::string name = NewTerm();
  Line("term of {} {} : {} = {}", entities_[of].name, name, TypeOf(sort), body);
  entities_[of].names.push_back({.name = name, .sort = sort});
}

void Writer::WriteTermOfColour(Expressions& writer) {
  const std::size_t of = writer.choices.Below(2) == 0 ? kFirm : kDeal;
  const Scope scope = {{"", of}};
  std::string of_member = writer.Condition(scope, 1);
  for (const Name& fact : entities_[of].names) {
    if (fact.sort == Sort::kColour && !fact.for_each_colour) of_member = fmt::format("{} is c", fact.name);
    if (fact.sort == Sort::kColours) of_member = fmt::format("{} includes c", fact.name);
  }
  const std::string body = writer.Or(fmt::format("({})", of_member), writer.Condition(scope, 1));
  const std::string name = NewTerm();
  Line("term{} {}(c : Colour) = {}", of == kFirm ? " of Firm" : "", name, body);
  entities_[of].names.push_back({.name = name, .sort = Sort::kTruth, .for_each_colour = true});
}

void Writer::WriteEntityTerm(Expressions& writer) {
  const std::string condition = writer.Condition(InCase(), 1);
  const auto& parts = entities_[kDeal].parts;
  const std::string name = NewTerm();
  Line("term {} = if {} then firm else {}", name, condition, parts[writer.choices.Below(parts.size())].first);
  entities_[kDeal].parts.emplace_back(name, kFirm);
}

void Writer::WriteRecursiveTerm(Expressions& writer) {
  const std::string name = NewTerm();
  const Scope in_firm = {{"", kFirm}};
  const Scope in_holder = {{"h.", kHolding}};
  switch (writer.choices.Below(3)) {
    case 0: {
      const std::string below = writer.And(fmt::format("h.holder.{}", name), writer.Condition(in_holder, 0));
      const std::string tier = fmt::format("(some h in holders satisfies {})", below);
      Line("term of Firm {} : boolean = {}", name, writer.Or(writer.Condition(in_firm, 1), tier));
      entities_[kFirm].names.push_back({.name = name, .sort = Sort::kTruth});
      return;
    }
    case 1:
      Line("term of Firm {} : ratio = sum(h.stake * (if {} then 100% else h.holder.{}) for h in holders)", name,
           writer.Condition(in_holder, 1), name);
      entities_[kFirm].names.push_back({.name = name, .sort = Sort::kShare});
      return;
    default:
      Line("term of Firm {} : Grade = max({}, max(h.holder.{} for h in holders))", name,
           writer.Value(in_firm, Sort::kGrade, 1), name);
      entities_[kFirm].names.push_back({.name = name, .sort = Sort::kGrade, .may_be_none = true});
  }
}

// ---- Decisions -------------------------------------------------------------------------------------------

void Writer::WriteDecision(const Numbers& numbers) {
  static const std::vector<Sort> kSorts = {Sort::kGrade,  Sort::kTruth,  Sort::kGrade, Sort::kDate,
                                           Sort::kAmount, Sort::kColour, Sort::kDays};
  Expressions writer = Writing(numbers);
  DecisionNames decision{fmt::format("answer_{}", decisions_.size()), writer.choices.OneOf(kSorts), {}};
  std::vector<std::string> ways = {"first wins", "one applies"};
  if (decision.sort == Sort::kGrade) ways.insert(ways.begin(), {"strictest wins", "strictest wins"});
  const std::string way = writer.choices.OneOf(ways);
  std::string text = fmt::format("decision {} : {} {{\n  {}\n", decision.name, TypeOf(decision.sort), way);
  if (!writer.choices.Percent(15)) text += fmt::format("  otherwise {}\n", writer.Literal(decision.sort));
  for (const std::string& rule : RulesOf(writer, decision, way)) text += rule;
  const std::size_t exceptions = writer.choices.Below(4);
  for (std::size_t i = 0; i < exceptions; ++i) text += ExceptionOf(writer, decision);
  Line("{}}}", text);
  decisions_.push_back(decision);
  firing_.insert(firing_.end(), decision.rules.begin(), decision.rules.end());
  const bool may_be_none = decision.sort != Sort::kGrade && decision.sort != Sort::kTruth;
  entities_[kDeal].names.push_back({.name = decision.name, .sort = decision.sort, .may_be_none = may_be_none});
}

std::vector<std::string> Writer::RulesOf(Expressions& writer, DecisionNames& decision, const std::string& way) {
  std::vector<std::string> rules;
  const std::size_t count = 1 + writer.choices.Below(3);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = fmt::format("{}_r{}", decision.name, i);
    std::string value = decision.sort == Sort::kTruth ? writer.Literal(decision.sort)
                        : writer.choices.Percent(50)  ? writer.Value(InCase(), decision.sort, 1)
                                                      : writer.Literal(decision.sort);
    if (decision.sort == Sort::kTruth && writer.choices.Percent(20)) value = writer.Condition(InCase(), 1);
    std::string under;
    if (!options_.empty() && writer.choices.Percent(15)) {
      const OptionNames& option = writer.choices.OneOf(options_);
      under = fmt::format(" under {} is alt_{}:", option.name, writer.choices.Below(option.alternatives));
    }
    rules.push_back(
        fmt::format("  rule {} §{} -> {}{} when {}\n", name, i + 1, value, under, writer.Condition(InCase(), kDepth)));
    decision.rules.push_back(name);
  }
  // The order of the text decides only where the first wins.
  if (way != "first wins" && style_.Below(2) == 1) std::ranges::reverse(rules);
  return rules;
}

std::string Writer::ExceptionOf(Expressions& writer, DecisionNames& decision) {
  const std::string name = fmt::format("{}_r{}", decision.name, decision.rules.size());
  std::string text;
  if (writer.choices.Percent(30)) {
    text = fmt::format("  exception {} -> {} when {}\n", name, writer.Literal(decision.sort),
                       writer.Condition(InCase(), 1));
  } else {
    const std::string& to = decision.rules[decision.rules.size() - 1 - writer.choices.Below(decision.rules.size())];
    text = fmt::format("  exception {} to {} when {}\n", name, to, writer.Condition(InCase(), 1));
  }
  decision.rules.push_back(name);
  return text;
}

void Writer::WriteDecisionOfFirm(Expressions& writer) {
  const std::string name = fmt::format("standing_{}", terms_++);
  const Scope scope = {{"", kFirm}};
  const std::string first = writer.Condition(scope, kDepth);
  Line("decision of Firm {} : Grade {{\n  strictest wins\n  otherwise low", name);
  Line("  rule {}_a -> middle when {}\n  rule {}_b -> {} when {}\n}}", name, first, name, writer.Grade(),
       writer.Condition(scope, 1));
  entities_[kFirm].names.push_back({.name = name, .sort = Sort::kGrade});
}

// ---- The amendment ---------------------------------------------------------------------------------------

std::string Writer::WriteAmendment() {
  std::string text = "use \"draft.pvo\"\n\ndraft amended amends rules\n\n";
  // What it adds speaks of facts alone, so that it can stand anywhere.
  for (EntityNames& entity : entities_) std::erase_if(entity.names, [](const Name& name) { return !name.is_fact; });
  entities_[kDeal].parts.resize(1);
  const std::vector<OptionNames> options = std::move(options_);
  options_.clear();
  firing_.clear();
  Expressions writer = Writing(plan_.amendment);
  if (!options.empty() && writer.choices.Percent(60)) {
    const OptionNames& option = writer.choices.OneOf(options);
    text += fmt::format("settle {} = alt_{}\n", option.name, writer.choices.Below(option.alternatives));
  }
  const DecisionNames& decision = writer.choices.OneOf(decisions_);
  text += fmt::format("amend {} {{\n", decision.name);
  text += fmt::format("  replace rule {} §1 -> {} when {}\n", decision.rules.front(), writer.Literal(decision.sort),
                      writer.Condition(InCase(), kDepth));
  if (writer.choices.Percent(60)) {
    text += fmt::format("  add rule added §9 -> {} when {} {} {}\n", writer.Literal(decision.sort),
                        writer.Condition(InCase(), 1), writer.choices.Below(2) == 0 ? "before" : "after",
                        decision.rules.front());
  }
  if (writer.choices.Percent(40))
    text +=
        fmt::format("  add exception not_so to {} when {}\n", decision.rules.front(), writer.Condition(InCase(), 1));
  if (writer.choices.Percent(40)) {
    text += fmt::format("  add exception unless_so -> {} when {}\n", writer.Literal(decision.sort),
                        writer.Condition(InCase(), 1));
  }
  return text + "}\n";
}

}  // namespace
}  // namespace random_rules

RulesText WriteRules(const RulesPlan& plan, const Numbers& style) { return random_rules::Writer(plan, style).Write(); }

}  // namespace proviso::tests
