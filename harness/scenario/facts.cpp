#include "harness/scenario/facts.h"

#include <fmt/format.h>

#include <algorithm>

#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::Kind;

namespace {

/// Whether `key` lies below the fact at `above`: its own facts, or any of its elements.
bool IsBelow(const FactKey& above, const FactKey& key) {
  if (key.size() < above.size()) return false;
  if (!std::equal(above.begin(), above.end() - 1, key.begin())) return false;
  const PathStep& step = key[above.size() - 1];
  return step.fact == above.back().fact && (key.size() > above.size() || step.element);
}

/// The keys of the facts whose entities and elements `key` goes through.
std::vector<FactKey> KeysAbove(const FactKey& key) {
  std::vector<FactKey> above;
  for (std::size_t length = 1; length <= key.size(); ++length) {
    if (length == key.size() && !key.back().element) break;
    above.emplace_back(key.begin(), key.begin() + static_cast<std::ptrdiff_t>(length));
    above.back().back().element.reset();
  }
  return above;
}

Layer::iterator FirstBelow(Layer& layer, const FactKey& key) {
  const auto first = layer.upper_bound(key);
  return first != layer.end() && IsBelow(key, first->first) ? first : layer.end();
}

void EraseBelow(Layer& layer, const FactKey& key) {
  const auto first = layer.upper_bound(key);
  auto last = first;
  while (last != layer.end() && IsBelow(key, last->first)) ++last;
  layer.erase(first, last);
}

}  // namespace

Layer Overlay(Layer base, const Layer& top) {
  for (const auto& [key, statement] : top) {
    if (statement.kind != Statement::Kind::kExists) EraseBelow(base, key);
    for (const FactKey& above : KeysAbove(key)) {
      const auto found = base.find(above);
      if (found != base.end() && found->second.kind == Statement::Kind::kValue) base.erase(found);
    }
    base.insert_or_assign(key, statement);
  }
  return base;
}

Layer FactReader::ReadMapping(const YamlDocument& document, const YamlNode& mapping) {
  Layer layer;
  for (const YamlEntry& entry : mapping.entries) ReadAt(layer, entry.key, entry.key_span, document, entry.value);
  return layer;
}

void FactReader::ReadAt(Layer& layer, std::string_view path, const Span& path_span, const YamlDocument& document,
                        YamlId value) {
  if (const auto whole = paths_.Extend({}, path, path_span)) Read(layer, *whole, {document, value, path_span});
}

void FactReader::Read(Layer& layer, const PathSoFar& path, const Place& place) {
  if (!path.IsWhole()) {
    if (place.document[place.value].IsMapping()) return ReadEntries(layer, path, place);
    return paths_.ReportUnfinished(path, place.path_span);
  }
  const PathStep& last = path.steps.back();
  const Type& type = vocabulary_.facts[last.fact].type;
  if (type.kind == TypeKind::kEntity || last.element) return ReadEntity(layer, path, place, type);
  if (type.kind == TypeKind::kList) return ReadList(layer, path, place, type);
  const std::string shown = PathText(vocabulary_, path.steps);
  std::optional<Value> value = values_.FromYaml(type, shown, place.document, place.value);
  if (!value) return;
  State(layer, path.steps,
        {Statement::Kind::kValue, std::move(*value), place.document[place.value].span, place.path_span});
}

void FactReader::ReadEntries(Layer& layer, const PathSoFar& path, const Place& place) {
  for (const YamlEntry& entry : place.document[place.value].entries) {
    const auto below = paths_.Extend(path, entry.key, entry.key_span);
    if (below) Read(layer, *below, {place.document, entry.value, entry.key_span});
  }
}

void FactReader::ReadEntity(Layer& layer, const PathSoFar& path, const Place& place, const Type& type) {
  const YamlNode& node = place.document[place.value];
  const bool is_element = path.steps.back().element.has_value();
  if (node.IsMapping()) {
    State(layer, path.steps, {Statement::Kind::kExists, {}, node.span, place.path_span});
    ReadEntries(layer, path, place);
  } else if (node.IsScalar() && node.text == "none" && type.or_none && !is_element) {
    State(layer, path.steps, {Statement::Kind::kValue, NoValue{}, node.span, place.path_span});
  } else {
    Type entity_type = type;
    entity_type.kind = TypeKind::kEntity;
    sink_.Report<Kind::kFactShape>(node.span, PathText(vocabulary_, path.steps), ShapeOf(entity_type));
  }
}

void FactReader::ReadList(Layer& layer, const PathSoFar& path, const Place& place, const Type& type) {
  const YamlNode& node = place.document[place.value];
  const bool is_none = node.IsScalar() && node.text == "none" && type.or_none;
  if (is_none) {
    return State(layer, path.steps, {Statement::Kind::kValue, NoValue{}, node.span, place.path_span});
  }
  if (!node.IsSequence()) {
    auto& report = sink_.Report<Kind::kFactShape>(node.span, PathText(vocabulary_, path.steps), ShapeOf(type));
    if (node.IsScalar() && node.text == "none") report.Help("write `[]` for a list that is known to be empty");
    return;
  }
  State(layer, path.steps, {Statement::Kind::kWholeList, {}, node.span, place.path_span});
  PathSoFar element = path;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    element.steps.back().element = static_cast<std::uint32_t>(i);
    Read(layer, element, {place.document, node.items[i], place.document[node.items[i]].span});
  }
}

void FactReader::ReadCell(Layer& layer, const FactKey& key, std::string_view text, const Span& span,
                          UnitId default_unit) {
  const Type& type = vocabulary_.facts[key.back().fact].type;
  const std::string shown = PathText(vocabulary_, key);
  const bool is_entity = type.kind == TypeKind::kEntity || key.back().element;
  const bool is_list = type.kind == TypeKind::kList && !is_entity;
  if (text == "none" && type.or_none && !key.back().element) {
    State(layer, key, {Statement::Kind::kValue, NoValue{}, span, span});
  } else if (is_list && text == "[]") {
    State(layer, key, {Statement::Kind::kWholeList, {}, span, span});
  } else if (is_list) {
    sink_.Report<Kind::kFactShape>(span, shown, "`[]`, or given by columns of its elements' facts");
  } else if (is_entity) {
    sink_.Report<Kind::kFactShape>(span, shown, "`none`, or given by columns of its facts");
  } else if (std::optional<Value> value = values_.FromText(type, shown, text, span, default_unit)) {
    State(layer, key, {Statement::Kind::kValue, std::move(*value), span, span});
  }
}

void FactReader::State(Layer& layer, const FactKey& key, Statement statement) {
  for (const FactKey& above : KeysAbove(key)) {
    const auto none = layer.find(above);
    if (none == layer.end() || none->second.kind != Statement::Kind::kValue) continue;
    return ReportTwice(above, statement.path_span, none->second.path_span);
  }
  if (statement.kind == Statement::Kind::kValue) {
    const auto below = FirstBelow(layer, key);
    if (below != layer.end()) return ReportTwice(key, statement.path_span, below->second.path_span);
  }
  const auto [at, is_new] = layer.try_emplace(key, statement);
  const bool both_exist = statement.kind == Statement::Kind::kExists && at->second.kind == Statement::Kind::kExists;
  if (!is_new && !both_exist) ReportTwice(key, statement.path_span, at->second.path_span);
}

void FactReader::ReportTwice(const FactKey& key, const Span& second, const Span& first) {
  sink_.Report<Kind::kGivenTwice>(second, Quoted(PathText(vocabulary_, key))).AddNote("it is given here first", first);
}

}  // namespace proviso::scenario
