#include "compiler/amend/amend.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <string_view>

#include "compiler/amend/import.h"
#include "compiler/amend/paragraphs.h"

namespace proviso::amend {
namespace {

using namespace syntax;  // NOLINT(google-build-using-namespace): works on nearly every node of the tree
using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using diagnostics::Suggest;

constexpr std::string_view kPolicyWords[] = {"strictest wins", "first wins", "one applies"};

/// What reports call a declaration that an amendment names by `word`.
std::string_view KindText(DeclarationWord word) {
  constexpr std::string_view kTexts[] = {
      "unit",     "enum", "entity",    "set",      "option",    "reading",    "constraint", "option set", "term",
      "decision", "rule", "exception", "property", "transform", "assumption", "waiver",     "declaration"};
  return kTexts[static_cast<std::size_t>(word)];
}

/// What reports call a declaration, its name, and the entity it is of.
struct Label {
  DeclarationWord word = DeclarationWord::kNone;
  std::string_view kind = "declaration";
  std::string name;
  Span name_span;
  std::string of;
};

Label LabelOf(DeclarationWord word, std::string_view kind, const Name& name, const std::optional<Name>& of = {}) {
  return {word, kind, name.text, name.span, of ? of->text : std::string()};
}
Label LabelOf(const UnitDeclaration& d) { return LabelOf(DeclarationWord::kUnit, "unit", d.name); }
Label LabelOf(const EnumDeclaration& d) { return LabelOf(DeclarationWord::kEnum, "enum", d.name); }
Label LabelOf(const EntityDeclaration& d) { return LabelOf(DeclarationWord::kEntity, "entity", d.name); }
Label LabelOf(const CaseDeclaration& d) { return LabelOf(DeclarationWord::kNone, "case", d.entity); }
Label LabelOf(const AssumeDeclaration& d) { return LabelOf(DeclarationWord::kAssume, "assumption", d.name); }
Label LabelOf(const SetDeclaration& d) { return LabelOf(DeclarationWord::kSet, "set", d.name); }
Label LabelOf(const OptionDeclaration& d) {
  return d.is_reading ? LabelOf(DeclarationWord::kReading, "reading", d.name, d.of)
                      : LabelOf(DeclarationWord::kOption, "option", d.name, d.of);
}
Label LabelOf(const ConstraintDeclaration& d) {
  return LabelOf(DeclarationWord::kConstraint, "constraint", d.name.value_or(Name()));
}
Label LabelOf(const OptionSetDeclaration& d) { return LabelOf(DeclarationWord::kOptionSet, "option set", d.name); }
Label LabelOf(const TermDeclaration& d) { return LabelOf(DeclarationWord::kTerm, "term", d.name, d.of); }
Label LabelOf(const DecisionDeclaration& d) { return LabelOf(DeclarationWord::kDecision, "decision", d.name, d.of); }
Label LabelOf(const PropertyDeclaration& d) { return LabelOf(DeclarationWord::kProperty, "property", d.name); }
Label LabelOf(const TransformDeclaration& d) { return LabelOf(DeclarationWord::kTransform, "transform", d.name); }
/// It has no name of its own: what it names is another declaration.
Label LabelOf(const WaiverDeclaration&) { return LabelOf(DeclarationWord::kWaiver, "waiver", {}); }
template <typename Amending>
Label LabelOf(const Amending&) {
  return {};
}
Label LabelOf(const Declaration& declaration) {
  return std::visit([](const auto& kind) { return LabelOf(kind); }, declaration.kind);
}

/// Supports of a declaration that can be amended by paragraph.
const Supports& SupportsOf(const Declaration& declaration) {
  if (const auto* term = std::get_if<TermDeclaration>(&declaration.kind)) return term->supports;
  if (const auto* option = std::get_if<OptionDeclaration>(&declaration.kind)) return option->supports;
  return std::get<DecisionDeclaration>(declaration.kind).supports;
}

class Amender {
 public:
  Amender(const std::vector<const SyntaxTree*>& vocabulary, DiagnosticSink& sink, const std::set<AmendmentId>& left_out)
      : vocabulary_(vocabulary), sink_(sink), left_out_(left_out) {}

  void Start(const SyntaxTree& tree) {
    out_.tree = tree;
    out_.tree.declarations.clear();
    out_.chain = {tree.name.text};
    from_ = &tree;
    for (const Declaration& declaration : tree.declarations) First(declaration);
    for (const SyntaxTree* layer : vocabulary_) {
      Importer importer(*layer, out_.tree);
      for (const Declaration& declaration : layer->declarations) {
        const auto* assume = std::get_if<AssumeDeclaration>(&declaration.kind);
        if (assume == nullptr) continue;
        out_.assumptions.push_back(*assume);
        out_.assumptions.back().condition = importer.Copy(assume->condition);
      }
    }
  }

  void Then(const SyntaxTree& tree) {
    from_ = &tree;
    out_.chain.push_back(tree.name.text);
    out_.tree.file = tree.file;
    out_.tree.name = tree.name;
    out_.tree.title = tree.title;
    out_.tree.attributes = tree.attributes;
    out_.tree.header_span = tree.header_span;
    for (const Declaration& declaration : tree.declarations)
      std::visit([&](const auto& kind) { Apply(declaration, kind); }, declaration.kind);
  }

  AmendedTree Take() { return std::move(out_); }

 private:
  // ---- The first draft -------------------------------------------------------------------------------------

  void First(const Declaration& declaration) {
    if (const auto* change = std::get_if<SetAmendment>(&declaration.kind)) return Apply(declaration, *change);
    if (LabelOf(declaration).word == DeclarationWord::kNone &&
        !std::holds_alternative<CaseDeclaration>(declaration.kind)) {
      sink_.Report<Kind::kAmendsNothing>(declaration.span, AmendingWord(declaration), out_.tree.name.text)
          .Help("say `amends NAME` in the draft's header, or drop the amending word");
      return;
    }
    out_.tree.declarations.push_back(declaration);
  }

  static std::string_view AmendingWord(const Declaration& declaration) {
    if (std::holds_alternative<SettleAmendment>(declaration.kind)) return "settle";
    if (std::holds_alternative<AddAmendment>(declaration.kind)) return "add";
    if (std::holds_alternative<ReplaceAmendment>(declaration.kind)) return "replace";
    if (std::holds_alternative<RepealAmendment>(declaration.kind)) return "repeal";
    return "amend";
  }

  // ---- Bookkeeping -----------------------------------------------------------------------------------------

  /// A new amendment; nothing where it is to be left out.
  std::optional<AmendmentId> Record(const Span& span, std::string text) {
    const AmendmentId id = out_.amendments.Add({from_->name.text, std::move(text), span});
    if (left_out_.contains(id)) return std::nullopt;
    return id;
  }

  Importer Import() { return Importer(*from_, out_.tree); }

  [[nodiscard]] std::string CaseEntity() const {
    for (const SyntaxTree* tree : vocabulary_)
      for (const Declaration& declaration : tree->declarations)
        if (const auto* of_case = std::get_if<CaseDeclaration>(&declaration.kind)) return of_case->entity.text;
    return {};
  }
  /// What is of no entity is of the case's.
  [[nodiscard]] std::string Owner(const std::string& of) const { return of.empty() ? CaseEntity() : of; }

  /// `of`: empty for the case's own; nothing where it does not matter.
  std::vector<std::size_t> Find(DeclarationWord word, const std::string& name,
                                const std::optional<std::string>& of = {}) const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < out_.tree.declarations.size(); ++i) {
      const Label label = LabelOf(out_.tree.declarations[i]);
      if (label.name != name || label.word == DeclarationWord::kNone) continue;
      if (word != DeclarationWord::kNone && word != label.word) continue;
      if (of && Owner(*of) != Owner(label.of)) continue;
      found.push_back(i);
    }
    return found;
  }

  std::vector<std::string> DeclaredNames() const {
    std::vector<std::string> names;
    for (const Declaration& declaration : out_.tree.declarations)
      if (const std::string name = LabelOf(declaration).name; !name.empty() && !llvm::is_contained(names, name))
        names.push_back(name);
    return names;
  }

  /// The one declaration an amendment speaks of; none, or several, is reported at its name.
  Declaration* FindOne(DeclarationWord word, std::string_view kind, const Name& name, const std::optional<Name>& of,
                       std::string_view verb) {
    const auto found = Find(word, name.text, of ? std::optional(of->text) : std::nullopt);
    if (found.size() == 1) return &out_.tree.declarations[found.front()];
    if (found.empty()) {
      Suggest(sink_.Report<Kind::kNothingToAmend>(name.span, kind, name.text, verb), name.text, DeclaredNames());
      return nullptr;
    }
    auto& report = sink_.Report<Kind::kAmbiguousAmendment>(name.span, name.text, found.size());
    std::string choices;
    for (const std::size_t i : found) {
      const Label label = LabelOf(out_.tree.declarations[i]);
      report.AddNote(fmt::format("{}{} `{}`", label.kind, label.of.empty() ? "" : " of " + label.of, label.name),
                     label.name_span);
      choices += fmt::format("{}`{} {} of {} {}`", choices.empty() ? "" : " or ", verb, label.kind, Owner(label.of),
                             label.name);
    }
    report.Help("write " + choices);
    return nullptr;
  }

  // ---- One function per amendment --------------------------------------------------------------------------

  void Apply(const Declaration& declaration, const PropertyDeclaration&) { AddOwn(declaration); }
  void Apply(const Declaration& declaration, const WaiverDeclaration&) { AddOwn(declaration); }
  void Apply(const Declaration& declaration, const TransformDeclaration&) { AddOwn(declaration); }
  void Apply(const Declaration& declaration, const OptionSetDeclaration&) { AddOwn(declaration); }
  void AddOwn(const Declaration& declaration) { out_.tree.declarations.push_back(Import().Copy(declaration)); }

  /// Everything that is neither the draft's own nor an amendment.
  template <typename Plain>
  void Apply(const Declaration& declaration, const Plain&) {
    const Label label = LabelOf(declaration);
    sink_.Report<Kind::kUnmarkedDeclaration>(label.name_span, label.kind, label.name)
        .Help(fmt::format("write `add {} {} …` or `replace {} {} …`", label.kind, label.name, label.kind, label.name));
  }

  void Apply(const Declaration& declaration, const SettleAmendment& settle) {
    const auto id =
        Record(declaration.span, settle.alternative
                                     ? fmt::format("settle {} = {}", settle.option.text, settle.alternative->text)
                                     : fmt::format("settle {} otherwise", settle.option.text));
    if (!id) return;
    std::vector<std::size_t> found = Find(DeclarationWord::kOption, settle.option.text);
    if (found.empty()) found = Find(DeclarationWord::kReading, settle.option.text);
    if (found.empty()) {
      (void)FindOne(DeclarationWord::kOption, "option", settle.option, {}, "settle");
      return;
    }
    const auto& option = std::get<OptionDeclaration>(out_.tree.declarations[found.front()].kind);
    if (settle.alternative && !HasAlternative(option, *settle.alternative)) return;
    for (const AmendedTree::Settled& earlier : out_.settled) {
      if (earlier.option.text != settle.option.text) continue;
      sink_.Report<Kind::kAlreadySettled>(settle.option.span, settle.option.text).AddNote("settled here", earlier.span);
      return;
    }
    out_.settled.push_back({settle.option, settle.alternative, Import().Copy(settle.otherwise), declaration.span, *id});
  }

  bool HasAlternative(const OptionDeclaration& option, const Name& alternative) {
    std::vector<std::string> names;
    for (const AlternativeText& each : option.alternatives) names.push_back(each.name.text);
    if (std::find(names.begin(), names.end(), alternative.text) != names.end()) return true;
    Suggest(sink_.Report<Kind::kUnknownAlternative>(alternative.span, option.name.text, alternative.text)
                .AddNote(fmt::format("`{}` is declared here", option.name.text), option.name.span),
            alternative.text, names);
    return false;
  }

  void Apply(const Declaration& declaration, const AddAmendment& add) {
    const Declaration& added = from_->nested[add.declaration];
    const Label label = LabelOf(added);
    const auto id = Record(declaration.span, fmt::format("add {} {}", label.kind, label.name));
    if (!id) return;
    for (const std::size_t i : Find(DeclarationWord::kNone, label.name, label.of)) {
      const Label there = LabelOf(out_.tree.declarations[i]);
      if (label.name.empty()) continue;
      sink_.Report<Kind::kAlreadyThere>(label.name_span, label.kind, label.name)
          .AddNote(fmt::format("{} `{}` is declared here", there.kind, there.name), there.name_span)
          .Help(fmt::format("write `replace {} {} …` to change it", there.kind, there.name));
      return;
    }
    Declaration copy = Import().Copy(added);
    Mark(copy, *id);
    out_.tree.declarations.push_back(std::move(copy));
  }

  void Apply(const Declaration& declaration, const ReplaceAmendment& replace) {
    const Declaration& replacement = from_->nested[replace.declaration];
    const Label label = LabelOf(replacement);
    const auto id = Record(declaration.span, fmt::format("replace {} {}", label.kind, label.name));
    if (!id) return;
    const std::vector<std::size_t> found = Find(label.word, label.name, label.of);
    if (found.empty()) {
      std::vector<std::string> others = DeclaredNames();
      std::erase(others, label.name);  // of another kind or entity
      auto& report = sink_.Report<Kind::kNothingToAmend>(label.name_span, label.kind, label.name, "replace");
      Suggest(report, label.name, others);
      report.Help(fmt::format("write `add {} {} …` if it is new", label.kind, label.name));
      return;
    }
    Declaration copy = Import().Copy(replacement);
    Mark(copy, *id);
    out_.tree.declarations[found.front()] = std::move(copy);
  }

  /// Notes which amendment a whole declaration, and each rule in it, comes from.
  static void Mark(Declaration& declaration, AmendmentId id) {
    declaration.amendment = id;
    auto* decision = std::get_if<DecisionDeclaration>(&declaration.kind);
    if (decision == nullptr) return;
    for (auto& item : decision->items) {
      if (auto* rule = std::get_if<RuleText>(&item)) rule->amendment = id;
      if (auto* otherwise = std::get_if<OtherwiseText>(&item)) otherwise->amendment = id;
    }
  }

  void Apply(const Declaration& declaration, const RepealAmendment& repeal) {
    const auto id = Record(declaration.span, fmt::format("repeal {}", repeal.name.text));
    if (!id) return;
    if (repeal.word == DeclarationWord::kRule || repeal.word == DeclarationWord::kException) {
      sink_.Report<Kind::kRuleOutsideDecision>(declaration.span)
          .Help(fmt::format("write `amend DECISION {{ repeal {} {} }}`", KindText(repeal.word), repeal.name.text));
      return;
    }
    Declaration* found = FindOne(repeal.word, KindText(repeal.word), repeal.name, repeal.of, "repeal");
    if (found == nullptr) return;
    out_.repealed.push_back({repeal.name.text, declaration.span});
    std::erase_if(out_.settled, [&](const auto& settled) { return settled.option.text == repeal.name.text; });
    out_.tree.declarations.erase(out_.tree.declarations.begin() + (found - out_.tree.declarations.data()));
  }

  void Apply(const Declaration& declaration, const SetAmendment& change) {
    std::string members;
    for (const Name& member : change.members) members += (members.empty() ? "" : ", ") + member.text;
    const auto id = Record(declaration.span, change.add ? fmt::format("add {} to {}", members, change.set.text)
                                                        : fmt::format("remove {} from {}", members, change.set.text));
    if (!id) return;
    SetDeclaration* set = FindSet(change);
    if (set == nullptr) return;
    for (const Name& member : change.members) ChangeMember(*set, member, change.add);
  }

  SetDeclaration* FindSet(const SetAmendment& change) {
    if (const auto found = Find(DeclarationWord::kSet, change.set.text); !found.empty())
      return &std::get<SetDeclaration>(out_.tree.declarations[found.front()].kind);
    for (const SyntaxTree* tree : vocabulary_) {
      for (const Declaration& declaration : tree->declarations) {
        const auto* set = std::get_if<SetDeclaration>(&declaration.kind);
        if (set == nullptr || set->name.text != change.set.text) continue;
        out_.tree.declarations.push_back(declaration);
        return &std::get<SetDeclaration>(out_.tree.declarations.back().kind);
      }
    }
    (void)FindOne(DeclarationWord::kSet, "set", change.set, {}, change.add ? "add to" : "remove from");
    return nullptr;
  }

  void ChangeMember(SetDeclaration& set, const Name& member, bool add) {
    const auto at = std::find_if(set.members.begin(), set.members.end(),
                                 [&](const Name& each) { return each.text == member.text; });
    if (add && at != set.members.end()) {
      sink_.Report<Kind::kMemberAlreadyInSet>(member.span, member.text, set.name.text).AddNote("stands here", at->span);
    } else if (add) {
      set.members.push_back(member);
    } else if (at == set.members.end()) {
      std::vector<std::string> names;
      for (const Name& each : set.members) names.push_back(each.text);
      Suggest(sink_.Report<Kind::kMemberNotInSet>(member.span, member.text, set.name.text), member.text, names);
    } else {
      set.members.erase(at);
    }
  }

  void Apply(const Declaration&, const AmendAmendment& amend) {
    Declaration* target = FindOne(amend.word, KindText(amend.word), amend.name, amend.of, "amend");
    if (target == nullptr) return;
    const Label label = LabelOf(*target);
    const bool has_paragraphs = label.word == DeclarationWord::kTerm || label.word == DeclarationWord::kDecision ||
                                label.word == DeclarationWord::kOption || label.word == DeclarationWord::kReading;
    if (!has_paragraphs) {
      sink_.Report<Kind::kWrongAmendment>(amend.name.span, label.kind, label.name, "paragraph")
          .Help(fmt::format("write `replace {} {} …`", label.kind, label.name));
      return;
    }
    for (const Change& change : amend.changes)
      std::visit([&](const auto& each) { Make(*target, label, each); }, change);
  }

  // ---- Changes inside a declaration ------------------------------------------------------------------------

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
      for (const Paragraph& each : FindParagraphs(out_.tree, root, own)) all.push_back(each);
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
      auto& report = sink_.Report<Kind::kParagraphNotUnique>(cite.span, name, matches.size(), wanted.text);
      for (const Paragraph& each : matches) report.AddNote("one is here", List(each.list).items[each.index].span);
      report.Help(fmt::format("write `replace {} {} …` with the whole of it", label.kind, label.name));
      return std::nullopt;
    }
    auto& report = sink_.Report<Kind::kParagraphNotFound>(cite.span, name, wanted.text)
                       .AddNote(fmt::format("{} is declared here", name), label.name_span);
    if (!others.empty()) report.Help(fmt::format("its items are {}", fmt::join(others, ", ")));
    return std::nullopt;
  }

  ConditionList& List(ExprId id) { return std::get<ConditionList>(out_.tree.exprs[id].kind); }

  void Make(Declaration& target, const Label& label, const ParagraphChange& change) {
    constexpr std::string_view kVerbs[] = {"replace", "add", "repeal"};
    const auto id = Record(change.span, fmt::format("{} {} of {}", kVerbs[static_cast<std::size_t>(change.kind)],
                                                    FullCitation(target, change.cite).text, label.name));
    if (!id) return;
    if (change.kind == ParagraphChange::Kind::kAdd) return AddParagraph(target, label, change, *id);
    const auto found = FindParagraph(target, label, change.cite);
    if (!found) return;
    auto& items = List(found->list).items;
    if (change.kind == ParagraphChange::Kind::kRepeal) {
      if (items.size() == 1) {
        sink_.Report<Kind::kListEmptied>(change.span, found->cite.text)
            .Help("replace it, or replace or repeal what the list stands in");
        return;
      }
      out_.repealed.push_back({found->cite.text, change.span});
      items.erase(items.begin() + static_cast<std::ptrdiff_t>(found->index));
      return;
    }
    // Copying may grow the store that `items` lives in.
    const ExprId condition = Import().Copy(change.condition);
    ConditionItem& item = List(found->list).items[found->index];
    item.condition = condition;
    if (change.description) item.description = change.description;
    item.span = change.span;
    item.amendment = *id;
  }

  void AddParagraph(Declaration& target, const Label& label, const ParagraphChange& change, AmendmentId id) {
    const Citation full = FullCitation(target, change.cite);
    for (const Paragraph& each : Paragraphs(target)) {
      if (each.cite != full) continue;
      sink_.Report<Kind::kAlreadyThere>(change.cite.span, "item", full.text)
          .AddNote("stands here", List(each.list).items[each.index].span)
          .Help(fmt::format("write `replace {} …` to change it", change.cite.text));
      return;
    }
    ExprId list;
    std::size_t index = 0;
    if (change.placement == Placement::kLast) {
      list = ListFor(target, full);
      if (!list.IsValid()) {
        sink_
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
                       Import().Copy(change.condition),
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
      const auto& items = std::get<ConditionList>(out_.tree.exprs[each.list].kind).items;
      for (const ExprId inner : OutermostLists(out_.tree, items[each.index].condition)) lists.push_back(inner);
    }
    for (const auto& [root, own] : Roots(target)) {
      if (own.text != parent && !paragraphs.empty()) continue;
      for (const ExprId each : OutermostLists(out_.tree, root)) lists.push_back(each);
    }
    return lists.size() == 1 ? lists.front() : ExprId();
  }

  /// The items of a decision; reported where the target is none.
  DecisionDeclaration* AsDecision(Declaration& target, const Label& label, const Span& span, std::string_view by) {
    auto* decision = std::get_if<DecisionDeclaration>(&target.kind);
    if (decision == nullptr)
      sink_.Report<Kind::kWrongAmendment>(span, label.kind, label.name, by)
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
    Suggest(sink_.Report<Kind::kNothingToAmend>(name.span, is_exception ? "exception" : "rule", name.text, verb),
            name.text, names);
    return found;
  }

  void Make(Declaration& target, const Label& label, const RuleChange& change) {
    constexpr std::string_view kVerbs[] = {"replace", "add", "repeal"};
    const std::string_view verb = kVerbs[static_cast<std::size_t>(change.kind)];
    const std::string_view word = change.rule.is_exception ? "exception" : "rule";
    const auto id = Record(change.span, fmt::format("{} {} {}", verb, word, change.rule.name.text));
    DecisionDeclaration* decision =
        AsDecision(target, label, change.span, change.rule.is_exception ? "an exception" : "a rule");
    if (!id || decision == nullptr) return;
    if (change.kind == RuleChange::Kind::kAdd) return AddRule(*decision, change, *id);
    const auto found = FindRuleOrReport(decision->items, change.rule.name, change.rule.is_exception, verb);
    if (found == decision->items.end()) return;
    if (const RuleText& there = std::get<RuleText>(*found); there.is_exception != change.rule.is_exception) {
      sink_.Report<Kind::kNothingToAmend>(change.rule.name.span, word, there.name.text, verb)
          .AddNote(fmt::format("`{}` is {}", there.name.text, there.is_exception ? "an exception" : "a rule"),
                   there.name.span);
      return;
    }
    if (change.kind == RuleChange::Kind::kRepeal) {
      out_.repealed.push_back({change.rule.name.text, change.span});
      decision->items.erase(found);
      return;
    }
    RuleText rule = Import().Copy(change.rule);
    rule.amendment = *id;
    *found = std::move(rule);
  }

  void AddRule(DecisionDeclaration& decision, const RuleChange& change, AmendmentId id) {
    auto& items = decision.items;
    const std::string_view word = change.rule.is_exception ? "exception" : "rule";
    if (const auto there = FindRule(items, change.rule.name.text); there != items.end()) {
      sink_.Report<Kind::kAlreadyThere>(change.rule.name.span, word, change.rule.name.text)
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
    RuleText rule = Import().Copy(change.rule);
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
      sink_.Report<Kind::kAlreadyThere>(change.span, what, decision.name.text)
          .AddNote("stands here", std::get<Item>(*there).span)
          .Help("write `replace` to change it");
    } else {
      sink_.Report<Kind::kNothingToAmend>(change.span, what, decision.name.text, "replace")
          .Help("write `add` if it is new");
    }
    return false;
  }

  void Make(Declaration& target, const Label& label, const OtherwiseChange& change) {
    const auto id = Record(change.span, fmt::format("replace otherwise of {}", label.name));
    DecisionDeclaration* decision = AsDecision(target, label, change.span, "`otherwise`");
    if (!id || decision == nullptr) return;
    if (!IsThereAsSaid<OtherwiseText>(*decision, change, "`otherwise` of")) return;
    std::erase_if(decision->items, [](const auto& item) { return std::holds_alternative<OtherwiseText>(item); });
    OtherwiseText otherwise = change.otherwise;
    otherwise.value = Import().Copy(otherwise.value);
    otherwise.amendment = *id;
    decision->items.push_back(otherwise);
  }

  void Make(Declaration& target, const Label& label, const HitPolicyChange& change) {
    const auto id =
        Record(change.span, fmt::format("replace {}", kPolicyWords[static_cast<std::size_t>(change.policy.policy)]));
    DecisionDeclaration* decision = AsDecision(target, label, change.span, "a way of winning");
    if (!id || decision == nullptr) return;
    if (!IsThereAsSaid<HitPolicyText>(*decision, change, "way of winning of")) return;
    std::erase_if(decision->items, [](const auto& item) { return std::holds_alternative<HitPolicyText>(item); });
    decision->items.insert(decision->items.begin(), change.policy);
  }

  const std::vector<const SyntaxTree*>& vocabulary_;
  DiagnosticSink& sink_;
  const std::set<AmendmentId>& left_out_;
  const SyntaxTree* from_ = nullptr;
  AmendedTree out_;
};

}  // namespace

AmendedTree Amend(const std::vector<const SyntaxTree*>& chain, const std::vector<const SyntaxTree*>& vocabulary,
                  DiagnosticSink& sink, const std::set<AmendmentId>& left_out) {
  Amender amender(vocabulary, sink, left_out);
  for (std::size_t i = 0; i < chain.size(); ++i) {
    if (i == 0)
      amender.Start(*chain[i]);
    else
      amender.Then(*chain[i]);
  }
  return amender.Take();
}

}  // namespace proviso::amend
