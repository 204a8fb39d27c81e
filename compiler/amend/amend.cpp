#include "compiler/amend/amend.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <string_view>

#include "compiler/amend/change_inside.h"
#include "compiler/amend/import.h"
#include "compiler/amend/labels.h"

namespace proviso::amend {
namespace {

using namespace syntax;  // NOLINT(google-build-using-namespace): works on nearly every node of the tree
using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using diagnostics::Suggest;

class Amender {
 public:
  Amender(const std::vector<const SyntaxTree*>& vocabulary, DiagnosticSink& sink, const std::set<AmendmentId>& left_out)
      : vocabulary_(vocabulary), sink_(sink), at_{out_, sink, left_out} {}

  void Start(const SyntaxTree& tree) {
    out_.tree = tree;
    out_.tree.declarations.clear();
    out_.chain = {tree.name.text};
    at_.from = &tree;
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
    at_.from = &tree;
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
  void AddOwn(const Declaration& declaration) { out_.tree.declarations.push_back(at_.Import().Copy(declaration)); }

  /// Everything that is neither the draft's own nor an amendment.
  template <typename Plain>
  void Apply(const Declaration& declaration, const Plain&) {
    const Label label = LabelOf(declaration);
    sink_.Report<Kind::kUnmarkedDeclaration>(label.name_span, label.kind, label.name)
        .Help(fmt::format("write `add {} {} …` or `replace {} {} …`", label.kind, label.name, label.kind, label.name));
  }

  void Apply(const Declaration& declaration, const SettleAmendment& settle) {
    const auto id =
        at_.Record(declaration.span, settle.alternative
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
    out_.settled.push_back(
        {settle.option, settle.alternative, at_.Import().Copy(settle.otherwise), declaration.span, *id});
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
    const Declaration& added = at_.from->nested[add.declaration];
    const Label label = LabelOf(added);
    const auto id = at_.Record(declaration.span, fmt::format("add {} {}", label.kind, label.name));
    if (!id) return;
    for (const std::size_t i : Find(DeclarationWord::kNone, label.name, label.of)) {
      const Label there = LabelOf(out_.tree.declarations[i]);
      if (label.name.empty()) continue;
      sink_.Report<Kind::kAlreadyThere>(label.name_span, label.kind, label.name)
          .AddNote(fmt::format("{} `{}` is declared here", there.kind, there.name), there.name_span)
          .Help(fmt::format("write `replace {} {} …` to change it", there.kind, there.name));
      return;
    }
    Declaration copy = at_.Import().Copy(added);
    Mark(copy, *id);
    out_.tree.declarations.push_back(std::move(copy));
  }

  void Apply(const Declaration& declaration, const ReplaceAmendment& replace) {
    const Declaration& replacement = at_.from->nested[replace.declaration];
    const Label label = LabelOf(replacement);
    const auto id = at_.Record(declaration.span, fmt::format("replace {} {}", label.kind, label.name));
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
    Declaration copy = at_.Import().Copy(replacement);
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
    const auto id = at_.Record(declaration.span, fmt::format("repeal {}", repeal.name.text));
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
    const auto id =
        at_.Record(declaration.span, change.add ? fmt::format("add {} to {}", members, change.set.text)
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
    for (const Change& change : amend.changes) ChangeInside(at_, *target, label, change);
  }

  const std::vector<const SyntaxTree*>& vocabulary_;
  DiagnosticSink& sink_;
  AmendedTree out_;
  Amending at_;
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
