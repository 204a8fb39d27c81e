#include "harness/scenario/shapes.h"

#include <fmt/format.h>

#include <algorithm>

#include "llvm/ADT/StringExtras.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::Kind;

const YamlNode* Shapes::Mapping(YamlId node, std::string_view what) const {
  const YamlNode& value = document_[node];
  if (value.IsMapping()) return &value;
  sink_.Report<Kind::kSuiteShape>(value.span, what, "a mapping");
  return nullptr;
}

const YamlNode* Shapes::Sequence(YamlId node, std::string_view what) const {
  const YamlNode& value = document_[node];
  if (value.IsSequence()) return &value;
  sink_.Report<Kind::kSuiteShape>(value.span, what, "a list");
  return nullptr;
}

std::optional<PlacedText> Shapes::Text(YamlId node, std::string_view what) const {
  const YamlNode& value = document_[node];
  if (value.IsScalar() && !value.text.empty()) return PlacedText{value.text, value.span};
  sink_.Report<Kind::kSuiteShape>(value.span, what, "a text");
  return std::nullopt;
}

std::optional<std::vector<PlacedText>> Shapes::Texts(YamlId node, std::string_view what) const {
  const YamlNode& value = document_[node];
  std::vector<YamlId> items = value.IsSequence() ? value.items : std::vector{node};
  std::vector<PlacedText> texts;
  for (const YamlId item : items) {
    if (document_[item].IsScalar() && !document_[item].text.empty()) {
      texts.push_back({document_[item].text, document_[item].span});
    } else {
      sink_.Report<Kind::kSuiteShape>(document_[item].span, what, "a text, or a list of texts");
    }
  }
  if (texts.size() != items.size()) return std::nullopt;
  return texts;
}

void Shapes::CheckKeys(const YamlNode& mapping, std::string_view what, const std::vector<std::string>& keys) const {
  for (const YamlEntry& entry : mapping.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    Suggest(sink_.Report<Kind::kUnknownSuiteKey>(entry.key_span, what, Quoted(entry.key)), entry.key, keys);
  }
}

}  // namespace proviso::scenario
