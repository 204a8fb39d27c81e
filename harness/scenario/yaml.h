// yaml.h: YAML text → a small tree with places. The only header of the only file that knows libfyaml.
//
// All scalars are text: what `no` or `1e25` means is the vocabulary's to say. Anchors are followed; merge keys, tags,
// keys that are no plain text and several documents in a file are refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "compiler/source/source_files.h"

namespace proviso::scenario {

/// Sequences and mappings nested deeper are refused.
inline constexpr std::size_t kMaxYamlDepth = 64;
/// Aliases may repeat this many values in all; a file of a few lines could otherwise stand for billions.
inline constexpr std::size_t kMaxAliasedValues = 100'000;

using YamlId = Id<struct YamlTag>;

struct YamlEntry {
  std::string key;
  Span key_span;
  YamlId value;
};

enum class YamlKind : std::uint8_t { kScalar, kSequence, kMapping };

struct YamlNode {
  YamlKind kind = YamlKind::kScalar;
  std::string text;                // of a scalar; empty where nothing is written
  std::vector<YamlId> items;       // of a sequence
  std::vector<YamlEntry> entries;  // of a mapping, in the order of the text, each key once
  Span span;                       // a scalar's with its quotes; a block's first line

  [[nodiscard]] bool IsScalar() const { return kind == YamlKind::kScalar; }
  [[nodiscard]] bool IsSequence() const { return kind == YamlKind::kSequence; }
  [[nodiscard]] bool IsMapping() const { return kind == YamlKind::kMapping; }
};

/// One document. A value behind an alias is the anchored node itself.
struct YamlDocument {
  Store<YamlId, YamlNode> nodes;
  YamlId root;

  [[nodiscard]] const YamlNode& operator[](YamlId id) const { return nodes[id]; }
  [[nodiscard]] const YamlNode& Root() const { return nodes[root]; }
  [[nodiscard]] const YamlEntry* Find(const YamlNode& mapping, std::string_view key) const;
};

/// Reads the file's text from byte `from` on. Nothing where there was an error.
[[nodiscard]] std::optional<YamlDocument> ReadYaml(const source::SourceFiles& files, FileId file,
                                                   diagnostics::DiagnosticSink& sink, std::uint32_t from = 0);

}  // namespace proviso::scenario
