// clause_editor.h: edits of one clause of `expect`, in whichever of YAML's layouts it is written.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/source/source_files.h"
#include "harness/bless/edit.h"
#include "harness/scenario/yaml.h"

namespace proviso::bless {

/// Keys and values, in order.
using Entries = std::vector<std::pair<std::string, std::string>>;

class ClauseEditor {
 public:
  /// `of_draft` is what stands below the draft's name: clause number `index`, or the list that has it.
  ClauseEditor(std::string_view text, const scenario::YamlDocument& document, scenario::YamlId of_draft,
               std::size_t index);

  /// Replaces the value of `key`, or puts the entry first where there is none.
  void Set(const std::string& key, const std::string& value);
  void Remove(const std::string& key);
  /// Adds a clause behind this one.
  void AddClause(const Entries& entries);

  [[nodiscard]] bool Has(const std::string& key) const { return document_.Find(clause_, key) != nullptr; }

  /// All edits; nothing where the layout is one that they cannot be made in.
  [[nodiscard]] std::optional<std::vector<Edit>> Finish();

 private:
  [[nodiscard]] bool IsFlow(const scenario::YamlNode& node) const;
  [[nodiscard]] std::uint32_t BeginOf(const scenario::YamlNode& node) const;
  [[nodiscard]] std::uint32_t EndOf(const scenario::YamlNode& node) const;
  [[nodiscard]] std::uint32_t LineEnd(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t LineBegin(std::uint32_t at) const;
  /// Bytes between the line's beginning and `at`.
  [[nodiscard]] std::uint32_t Indent(std::uint32_t at) const { return at - LineBegin(at); }
  void RemoveFlow(std::size_t entry);
  void RemoveBlock(std::size_t entry);
  void AddToFlowList();
  void AddToBlockList();
  void MakeFlowList();
  void MakeBlockList();
  void AppendBlockItems(std::uint32_t dash);

  std::string_view text_;
  const scenario::YamlDocument& document_;
  const scenario::YamlNode& of_draft_;
  const scenario::YamlNode& clause_;
  std::vector<Edit> edits_;
  std::vector<Entries> added_;
  bool is_possible_ = true;
};

}  // namespace proviso::bless
