#include "harness/bless/clause_editor.h"

#include <fmt/format.h>

#include <algorithm>

namespace proviso::bless {
namespace {

using scenario::YamlEntry;
using scenario::YamlId;
using scenario::YamlNode;

std::string FlowText(const Entries& entries) {
  std::string text;
  for (const auto& [key, value] : entries) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, value);
  return "{ " + text + " }";
}

std::string BlockText(const Entries& entries, std::uint32_t dash) {
  std::string text;
  for (const auto& [key, value] : entries) {
    text += fmt::format("\n{:{}}{}{}: {}", "", dash, text.empty() ? "- " : "  ", key, value);
  }
  return text;
}

}  // namespace

ClauseEditor::ClauseEditor(std::string_view text, const scenario::YamlDocument& document, YamlId of_draft,
                           std::size_t index)
    : text_(text),
      document_(document),
      of_draft_(document[of_draft]),
      clause_(of_draft_.IsSequence() ? document[of_draft_.items[index]] : of_draft_) {}

void ClauseEditor::Set(const std::string& key, const std::string& value) {
  if (const YamlEntry* const entry = document_.Find(clause_, key)) {
    const YamlNode& old = document_[entry->value];
    edits_.push_back({BeginOf(old), EndOf(old), value});
    // A value behind an alias stands elsewhere, for others too.
    is_possible_ = is_possible_ && BeginOf(old) > entry->key_span.begin && EndOf(old) <= EndOf(clause_);
    return;
  }
  const std::uint32_t first = clause_.entries.front().key_span.begin;
  const std::string after = IsFlow(clause_) ? ", " : "\n" + std::string(Indent(first), ' ');
  edits_.push_back({first, first, key + ": " + value + after});
}

void ClauseEditor::Remove(const std::string& key) {
  const auto found = std::find_if(clause_.entries.begin(), clause_.entries.end(),
                                  [&](const YamlEntry& entry) { return entry.key == key; });
  const auto entry = static_cast<std::size_t>(found - clause_.entries.begin());
  if (IsFlow(clause_)) {
    RemoveFlow(entry);
  } else {
    RemoveBlock(entry);
  }
}

void ClauseEditor::RemoveFlow(std::size_t entry) {
  const std::uint32_t end = EndOf(document_[clause_.entries[entry].value]);
  if (entry > 0) {
    edits_.push_back({EndOf(document_[clause_.entries[entry - 1].value]), end, ""});
  } else if (clause_.entries.size() > 1) {
    edits_.push_back({clause_.entries[0].key_span.begin, clause_.entries[1].key_span.begin, ""});
  } else {
    is_possible_ = false;
  }
}

/// With its line, so that no empty one stays. One that shares a dash's line is left alone.
void ClauseEditor::RemoveBlock(std::size_t entry) {
  const std::uint32_t begin = LineBegin(clause_.entries[entry].key_span.begin);
  const std::uint32_t end = LineEnd(EndOf(document_[clause_.entries[entry].value]));
  if (entry == 0 || end >= text_.size()) {
    is_possible_ = false;
  } else {
    edits_.push_back({begin, end + 1, ""});
  }
}

void ClauseEditor::AddClause(const Entries& entries) { added_.push_back(entries); }

std::optional<std::vector<Edit>> ClauseEditor::Finish() {
  if (!added_.empty()) {
    const bool is_list = of_draft_.IsSequence();
    if (is_list && IsFlow(of_draft_)) {
      AddToFlowList();
    } else if (is_list) {
      AddToBlockList();
    } else if (IsFlow(clause_)) {
      MakeFlowList();
    } else {
      MakeBlockList();
    }
  }
  const auto has_line_end = [&](const Edit& edit) {
    const std::string_view old = text_.substr(edit.begin, edit.end - edit.begin);
    return edit.text.find('\n') != std::string::npos || old.find('\n') != std::string_view::npos;
  };
  const bool has_other_ends = text_.find('\r') != std::string_view::npos;
  if (has_other_ends && std::any_of(edits_.begin(), edits_.end(), has_line_end)) return std::nullopt;
  if (!is_possible_) return std::nullopt;
  return edits_;
}

void ClauseEditor::AddToFlowList() {
  is_possible_ = is_possible_ && IsFlow(clause_);
  std::string text;
  for (const Entries& entries : added_) text += ", " + FlowText(entries);
  edits_.push_back({EndOf(clause_), EndOf(clause_), text});
}

void ClauseEditor::AddToBlockList() {
  const std::size_t dash = text_.substr(0, BeginOf(clause_)).find_last_not_of(" \n");
  if (dash == std::string_view::npos || text_[dash] != '-') {
    is_possible_ = false;
    return;
  }
  AppendBlockItems(Indent(static_cast<std::uint32_t>(dash)));
}

void ClauseEditor::MakeFlowList() {
  edits_.insert(edits_.begin(), {BeginOf(clause_), BeginOf(clause_), "["});
  AddToFlowList();
  edits_.back().text += "]";
}

/// The mapping becomes the list's first item: its lines move right by two, comments between them too.
void ClauseEditor::MakeBlockList() {
  const std::uint32_t first = BeginOf(clause_);
  const std::uint32_t end = LineEnd(EndOf(clause_));
  edits_.insert(edits_.begin(), {first, first, "- "});
  for (std::uint32_t at = LineEnd(first); at < end; at = LineEnd(at + 1)) {
    const std::uint32_t begin = at + 1;
    if (begin < text_.size() && text_[begin] != '\n') edits_.insert(edits_.begin(), {begin, begin, "  "});
  }
  // An entry put first goes behind the dash, and stands as far to the right as the others.
  for (Edit& edit : edits_) {
    if (edit.begin == first && edit.text.ends_with(' ') && edit.text.find('\n') != std::string::npos) edit.text += "  ";
  }
  AppendBlockItems(Indent(first));
}

void ClauseEditor::AppendBlockItems(std::uint32_t dash) {
  std::string text;
  for (const Entries& entries : added_) {
    text += IsFlow(clause_) ? "\n" + std::string(dash, ' ') + "- " + FlowText(entries) : BlockText(entries, dash);
  }
  const std::uint32_t end = LineEnd(EndOf(clause_));
  edits_.push_back({end, end, text});
}

bool ClauseEditor::IsFlow(const YamlNode& node) const {
  if (node.IsScalar()) return false;
  const char first = text_[node.span.begin];
  return first == '{' || first == '[';
}

std::uint32_t ClauseEditor::BeginOf(const YamlNode& node) const {
  if (node.IsSequence() && !IsFlow(node) && !node.items.empty()) {
    const std::size_t dash = text_.substr(0, BeginOf(document_[node.items.front()])).rfind('-');
    return static_cast<std::uint32_t>(std::min(dash, text_.size()));
  }
  return node.span.begin;
}

std::uint32_t ClauseEditor::EndOf(const YamlNode& node) const {
  std::uint32_t end = node.span.end;
  for (const YamlId item : node.items) end = std::max(end, EndOf(document_[item]));
  for (const YamlEntry& entry : node.entries) end = std::max(end, EndOf(document_[entry.value]));
  return end;
}

std::uint32_t ClauseEditor::LineEnd(std::uint32_t at) const {
  return static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size()));
}

std::uint32_t ClauseEditor::LineBegin(std::uint32_t at) const {
  const std::size_t before = text_.substr(0, at).rfind('\n');
  return before == std::string_view::npos ? 0 : static_cast<std::uint32_t>(before + 1);
}

}  // namespace proviso::bless
