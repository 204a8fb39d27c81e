#include "harness/scenario/build_case.h"

#include <fmt/format.h>

#include <utility>

#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::Kind;

namespace {

/// Makes the entities and elements that a layer speaks of, and sets their facts.
class CaseBuilder {
 public:
  CaseBuilder(const Vocabulary& vocabulary, diagnostics::DiagnosticSink& sink)
      : vocabulary_(vocabulary), sink_(sink), facts_(EmptyCase(vocabulary)) {}

  Case Build(const Layer& layer) {
    for (const auto& [key, statement] : layer) Add(key, statement);
    return std::move(facts_);
  }

 private:
  void Add(const FactKey& key, const Statement& statement) {
    InstanceId at = facts_.root;
    for (std::size_t i = 0; i + 1 < key.size() && at.IsValid(); ++i) at = Below(at, key, i, statement);
    if (!at.IsValid()) return;
    FactState& state = facts_.State(vocabulary_, at, key.back().fact);
    switch (statement.kind) {
      case Statement::Kind::kValue:
        state = {statement.value, false, statement.span};
        return;
      case Statement::Kind::kWholeList:
        state = {ListValue{}, false, statement.span};
        return;
      case Statement::Kind::kExists:
        Below(at, key, key.size() - 1, statement);
        return;
    }
  }

  /// The entity that step `i` of `key` leads to from `parent`, made where it is not there yet.
  InstanceId Below(InstanceId parent, const FactKey& key, std::size_t i, const Statement& statement) {
    const PathStep& step = key[i];
    const FactState& state = facts_.State(vocabulary_, parent, step.fact);
    if (step.element) return Element(parent, key, i, statement);
    if (const auto* entity = state.value ? std::get_if<EntityValue>(&*state.value) : nullptr) return entity->instance;
    const InstanceId made = AddInstance(facts_, vocabulary_, vocabulary_.facts[step.fact].type.entity,
                                        FactPath(facts_, vocabulary_, parent, step.fact));
    facts_.State(vocabulary_, parent, step.fact) = {EntityValue{made}, false, statement.span};
    return made;
  }

  InstanceId Element(InstanceId parent, const FactKey& key, std::size_t i, const Statement& statement) {
    const PathStep& step = key[i];
    FactState& state = facts_.State(vocabulary_, parent, step.fact);
    if (!state.value) state = {ListValue{}, false, statement.span};
    const std::vector<InstanceId>& elements = std::get<ListValue>(*state.value).elements;
    if (*step.element < elements.size()) return elements[*step.element];
    if (*step.element > elements.size()) {
      ReportGap(key, i, elements.size(), statement);
      return {};
    }
    const std::string path = fmt::format("{}[{}]", FactPath(facts_, vocabulary_, parent, step.fact), elements.size());
    const InstanceId made = AddInstance(facts_, vocabulary_, vocabulary_.facts[step.fact].type.entity, path);
    std::get<ListValue>(*facts_.State(vocabulary_, parent, step.fact).value).elements.push_back(made);
    return made;
  }

  void ReportGap(const FactKey& key, std::size_t i, std::size_t missing, const Statement& statement) {
    FactKey given(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    FactKey absent = given;
    absent.back().element = static_cast<std::uint32_t>(missing);
    if (std::exchange(reported_gap_, given) == given) return;
    sink_.Report<Kind::kListGap>(statement.path_span, Quoted(PathText(vocabulary_, given)),
                                 Quoted(PathText(vocabulary_, absent)));
  }

  const Vocabulary& vocabulary_;
  diagnostics::DiagnosticSink& sink_;
  Case facts_;
  FactKey reported_gap_;  // each element without those before it is reported once
};

class Completer {
 public:
  Completer(Case& facts, const Vocabulary& vocabulary) : facts_(facts), vocabulary_(vocabulary) {}

  /// Fills at the end of `path` from step `i` on; whether each element it names is there.
  bool FillAlong(InstanceId at, const CompletePath& path, std::size_t i) {
    const PathStep& step = path.key[i];
    const bool is_last = i + 1 == path.key.size();
    if (is_last && !step.element) return FillFact(at, step.fact, path.span), true;
    const std::optional<Value>& value = facts_.State(vocabulary_, at, step.fact).value;
    if (!value) return !step.element;
    if (const auto* entity = std::get_if<EntityValue>(&*value)) return FillAlong(entity->instance, path, i + 1);
    const auto* list = std::get_if<ListValue>(&*value);
    if (list == nullptr) return true;
    if (!step.element) {
      bool all = true;
      for (const InstanceId element : std::vector(list->elements)) all = FillAlong(element, path, i + 1) && all;
      return all;
    }
    if (*step.element >= list->elements.size()) return false;
    const InstanceId element = list->elements[*step.element];
    return is_last ? (FillAll(element, path.span), true) : FillAlong(element, path, i + 1);
  }

 private:
  void FillAll(InstanceId instance, const Span& span) {
    for (const FactId fact : vocabulary_.entities[facts_.instances[instance].entity].facts) {
      FillFact(instance, fact, span);
    }
  }

  void FillFact(InstanceId instance, FactId id, const Span& span) {
    const Fact& fact = vocabulary_.facts[id];
    FactState& state = facts_.State(vocabulary_, instance, id);
    if (!state.value) {
      state = {SilentValue(fact), fact.assumed.has_value(), span};
      return;
    }
    if (const auto* entity = std::get_if<EntityValue>(&*state.value)) return FillAll(entity->instance, span);
    if (const auto* list = std::get_if<ListValue>(&*state.value)) {
      for (const InstanceId element : list->elements) FillAll(element, span);
    }
  }

  Case& facts_;
  const Vocabulary& vocabulary_;
};

}  // namespace

std::optional<Value> SilentValue(const Fact& fact) {
  if (fact.assumed) return fact.assumed;
  if (fact.type.or_none) return NoValue{};
  switch (fact.type.kind) {
    case TypeKind::kBoolean:
      return false;
    case TypeKind::kSet:
      return MemberSet{};
    case TypeKind::kList:
      return ListValue{};
    default:
      return std::nullopt;
  }
}

Case BuildCase(const Vocabulary& vocabulary, const Layer& layer, diagnostics::DiagnosticSink& sink) {
  return CaseBuilder(vocabulary, sink).Build(layer);
}

void Complete(Case& facts, const Vocabulary& vocabulary, const std::vector<CompletePath>& paths, MissingElement missing,
              diagnostics::DiagnosticSink& sink) {
  Completer completer(facts, vocabulary);
  for (const CompletePath& path : paths) {
    const bool is_there = completer.FillAlong(facts.root, path, 0);
    if (is_there || missing == MissingElement::kIgnored) continue;
    sink.Report<Kind::kNoSuchElement>(path.span, Quoted(PathText(vocabulary, path.key)));
  }
}

}  // namespace proviso::scenario
