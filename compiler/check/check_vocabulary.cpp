#include <algorithm>
#include <map>

#include "compiler/check/check.h"
#include "compiler/check/words.h"
#include "compiler/format/format.h"
#include "runtime/base/fixed_entities.h"

namespace proviso::check {
namespace {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using syntax::SyntaxTree;

constexpr std::string_view kDraftOnly = "vocabulary";

class VocabularyChecker {
 public:
  explicit VocabularyChecker(DiagnosticSink& sink) : sink_(sink), errors_before_(sink.ErrorCount()) {}

  void Layer(const SyntaxTree& tree) {
    vocabulary_.name = tree.name.text;
    vocabulary_.description = tree.title ? tree.title->text : std::string();
    for (const auto& declaration : tree.declarations)
      std::visit([&](const auto& kind) { Declare(declaration.span, kind); }, declaration.kind);
    // Facts and sets speak of enumerations and entities declared anywhere in this layer or those before it.
    for (const auto& declaration : tree.declarations) {
      if (const auto* entity = std::get_if<syntax::EntityDeclaration>(&declaration.kind)) AddFacts(tree, *entity);
      if (const auto* set = std::get_if<syntax::SetDeclaration>(&declaration.kind)) AddSet(*set);
      if (const auto* each = std::get_if<syntax::CaseDeclaration>(&declaration.kind)) SetCase(*each);
    }
  }

  std::shared_ptr<const Vocabulary> Finish() {
    FindEndless();
    LimitSize();
    return std::make_shared<const Vocabulary>(std::move(vocabulary_));
  }

 private:
  void Unique(const syntax::Name& name) {
    const auto [there, is_new] = declared_.try_emplace(name.text, name.span);
    if (!is_new) sink_.Report<Kind::kDuplicateName>(name.span, name.text).AddNote("first declared here", there->second);
  }

  template <typename DraftDeclaration>
  void Declare(const Span& span, const DraftDeclaration&) {
    sink_.Report<Kind::kWrongFileKind>(span, "this declaration", kDraftOnly)
        .Help("rules, terms and options stand in a draft that says `over " + vocabulary_.name + "`");
  }
  void Declare(const Span&, const syntax::CaseDeclaration&) {}
  void Declare(const Span&, const syntax::AssumeDeclaration& assume) { Unique(assume.name); }
  void Declare(const Span&, const syntax::SetDeclaration& set) { Unique(set.name); }

  void Declare(const Span&, const syntax::UnitDeclaration& unit) {
    Unique(unit.name);
    Unit added{.name = unit.name.text, .description = DescriptionOf(unit.supports), .span = unit.name.span};
    const UnitId id(vocabulary_.units.size());
    added.base = id;
    if (unit.factor) Derive(unit, added);
    vocabulary_.units.Add(std::move(added));
  }

  void Derive(const syntax::UnitDeclaration& unit, Unit& added) {
    if (unit.factor->unit.text.empty()) {
      sink_.Report<Kind::kBadUnitFactor>(unit.name.span, unit.name.text, "a plain number")
          .Help("name the unit it is made of: `unit exaflops = 1000 petaflops`");
      return;
    }
    const auto base = UnitNamed(vocabulary_, unit.factor->unit, sink_);
    const auto factor = Exact::Parse(unit.factor->number);
    if (!base) return;
    if (!factor || *factor <= Exact(0)) {
      sink_.Report<Kind::kBadUnitFactor>(unit.name.span, unit.name.text, "zero or less of another");
      return;
    }
    added.base = vocabulary_.units[*base].base;
    added.factor = *factor * vocabulary_.units[*base].factor;
  }

  void Declare(const Span&, const syntax::EnumDeclaration& declaration) {
    if (const auto again = FindEnum(vocabulary_, declaration.name.text); again && !InThisLayer(declaration.name)) {
      AddMembers(vocabulary_.enums[*again], declaration);
      return;
    }
    Unique(declaration.name);
    Enumeration added{.name = declaration.name.text,
                      .description = DescriptionOf(declaration.supports),
                      .ordered = declaration.ordered,
                      .members = {},
                      .span = declaration.name.span};
    AddMembers(added, declaration);
    vocabulary_.enums.Add(std::move(added));
  }

  void AddMembers(Enumeration& enumeration, const syntax::EnumDeclaration& declaration) {
    for (const syntax::EnumMemberText& member : declaration.members) {
      if (const auto there = enumeration.Find(member.name.text)) {
        sink_.Report<Kind::kDuplicateName>(member.name.span, member.name.text)
            .AddNote("first declared here", enumeration.members[*there].span);
        continue;
      }
      enumeration.members.push_back({member.name.text, DescriptionOf(member.supports),
                                     ResolveCitations(member.supports.cites, {}, sink_), member.name.span});
    }
  }

  /// Whether `name` was declared by the file it stands in, rather than by a vocabulary that file uses.
  bool InThisLayer(const syntax::Name& name) const {
    const auto there = declared_.find(name.text);
    return there != declared_.end() && there->second.file == name.span.file;
  }

  void Declare(const Span&, const syntax::EntityDeclaration& declaration) {
    if (FindEntity(vocabulary_, declaration.name.text) && !InThisLayer(declaration.name)) return;
    Unique(declaration.name);
    if (FindEntity(vocabulary_, declaration.name.text)) return;
    vocabulary_.entities.Add({declaration.name.text, DescriptionOf(declaration.supports), {}, declaration.name.span});
  }

  void AddFacts(const SyntaxTree& tree, const syntax::EntityDeclaration& declaration) {
    const auto entity = FindEntity(vocabulary_, declaration.name.text);
    for (const syntax::FactDeclaration& fact : declaration.facts) {
      const auto type = ResolveType(vocabulary_, fact.type, sink_);
      if (type && type->kind == TypeKind::kRatio) {
        sink_.Report<Kind::kWrongFileKind>(fact.type.span, "`ratio`", "fact's type")
            .Help("a ratio is computed; give the fact a decimal or a percent");
        continue;
      }
      if (type && type->kind == TypeKind::kEntity && fact.controlled) {
        sink_.Report<Kind::kEntityControlled>(fact.names.front().name.span, fact.names.front().name.text)
            .Help("mark facts of " + vocabulary_.entities[type->entity].name);
      }
      const auto assumed = type ? AssumedValue(tree, fact, *type) : std::nullopt;
      const auto cites = ResolveCitations(fact.supports.cites, {}, sink_);
      for (const auto& name : fact.names) {
        if (type) AddFact(*entity, fact, name, *type, assumed, cites);
      }
    }
  }

  std::optional<Value> AssumedValue(const SyntaxTree& tree, const syntax::FactDeclaration& fact, const Type& type) {
    if (!fact.assumed.IsValid()) return std::nullopt;
    auto value = ParseValue(vocabulary_, type, format::ExprToText(tree, fact.assumed));
    if (auto* good = std::get_if<Value>(&value)) return std::move(*good);
    const auto& error = std::get<ValueError>(value);
    auto& report =
        sink_.Report<Kind::kBadAssumedValue>(tree[fact.assumed].span, fact.names.front().name.text, error.message);
    if (!error.suggestion.empty()) report.Label("did you mean `" + error.suggestion + "`?");
    return std::nullopt;
  }

  void AddFact(EntityId entity, const syntax::FactDeclaration& fact, const syntax::FactDeclaration::NameWithEnums& name,
               const Type& type, const std::optional<Value>& assumed, const std::vector<Citation>& cites) {
    std::vector<EnumId> enumerations;
    for (const syntax::Name& each : name.enumerations) {
      const auto id = EnumNamed(vocabulary_, each, sink_);
      if (!id) return;
      enumerations.push_back(*id);
    }
    for (const FactId there : vocabulary_.entities[entity].facts) {
      if (vocabulary_.facts[there].name != name.name.text) continue;
      sink_.Report<Kind::kDuplicateName>(name.name.span, name.name.text)
          .AddNote("first declared here", vocabulary_.facts[there].span);
      return;
    }
    const auto combinations = MemberCombinations(vocabulary_, enumerations);
    if (combinations.size() > kMaxCombinations) {
      sink_.Report<Kind::kTooManyTerms>(name.name.span, name.name.text, kMaxCombinations, "facts");
      return;
    }
    for (const auto& members : combinations) {
      Fact added{.name = name.name.text,
                 .arguments = {},
                 .type = type,
                 .assumed = assumed,
                 .controlled = fact.controlled,
                 .cites = cites,
                 .description = DescriptionOf(fact.supports),
                 .owner = entity,
                 .position = 0,
                 .span = name.name.span};
      for (std::size_t i = 0; i < members.size(); ++i)
        added.arguments.push_back(vocabulary_.enums[enumerations[i]].members[members[i]].name);
      auto& facts = vocabulary_.entities[entity].facts;
      added.position = static_cast<std::uint32_t>(facts.size());
      facts.push_back(vocabulary_.facts.Add(std::move(added)));
    }
  }

  void AddSet(const syntax::SetDeclaration& set) {
    const auto resolved = ResolveSet(vocabulary_, set, sink_);
    if (!resolved) return;
    vocabulary_.sets.Add({set.name.text, resolved->enumeration, resolved->members,
                          ResolveCitations(set.supports.cites, {}, sink_), DescriptionOf(set.supports), set.name.span});
  }

  void SetCase(const syntax::CaseDeclaration& declaration) {
    const auto entity = EntityNamed(vocabulary_, declaration.entity, sink_);
    if (vocabulary_.case_entity.IsValid())
      sink_.Report<Kind::kCaseTwice>(declaration.entity.span).AddNote("first said here", case_span_);
    if (entity) vocabulary_.case_entity = *entity;
    case_span_ = declaration.entity.span;
  }

  // ---- Entities that hold themselves without end -------------------------------------------------------------

  enum class Mark : std::uint8_t { kNew, kOpen, kDone };

  void FindEndless() {
    std::vector<Mark> marks(vocabulary_.entities.size(), Mark::kNew);
    std::vector<EntityId> path;
    for (std::size_t i = 0; i < vocabulary_.entities.size(); ++i) Descend(EntityId(i), marks, path);
  }

  void Descend(EntityId entity, std::vector<Mark>& marks, std::vector<EntityId>& path) {
    Mark& mark = marks[entity.Index()];
    if (mark == Mark::kDone) return;
    path.push_back(entity);
    if (mark == Mark::kOpen) {
      ReportEndless(path);
    } else {
      mark = Mark::kOpen;
      for (const FactId fact : vocabulary_.entities[entity].facts) {
        const Type& type = vocabulary_.facts[fact].type;
        if (type.kind == TypeKind::kEntity && !type.or_none) Descend(type.entity, marks, path);
      }
      marks[entity.Index()] = Mark::kDone;
    }
    path.pop_back();
  }

  /// Entities on fixed paths are all there from the first, and those that hold one another multiply.
  void LimitSize() {
    if (!vocabulary_.case_entity.IsValid() || sink_.ErrorCount() > errors_before_) return;
    if (FixedEntities(vocabulary_) <= kMaxFixedEntities) return;
    const Entity& entity = vocabulary_.entities[vocabulary_.case_entity];
    sink_.Report<Kind::kCaseTooLarge>(entity.span, kMaxFixedEntities)
        .Help("make some of the facts that hold entities `or none`, or lists");
  }

  void ReportEndless(const std::vector<EntityId>& path) {
    std::string shown;
    bool inside = false;
    for (const EntityId each : path) {
      inside = inside || each == path.back();
      if (inside) shown += (shown.empty() ? "" : " → ") + vocabulary_.entities[each].name;
    }
    const Entity& entity = vocabulary_.entities[path.back()];
    sink_.Report<Kind::kEntityHoldsItself>(entity.span, entity.name, shown)
        .Help("make one of the facts a `list of …`, or add `or none`");
  }

  DiagnosticSink& sink_;
  std::size_t errors_before_;
  Vocabulary vocabulary_;
  std::map<std::string, Span, std::less<>> declared_;
  Span case_span_;
};

}  // namespace

std::shared_ptr<const Vocabulary> CheckVocabulary(const std::vector<const SyntaxTree*>& layers, DiagnosticSink& sink) {
  const std::size_t before = sink.ErrorCount();
  VocabularyChecker checker(sink);
  for (const SyntaxTree* layer : layers) checker.Layer(*layer);
  auto vocabulary = checker.Finish();
  if (sink.ErrorCount() > before) return nullptr;
  return vocabulary;
}

}  // namespace proviso::check
