#include "harness/report/node.h"

#include <fmt/core.h>

#include "harness/report/json.h"

namespace proviso::report {
namespace {

/// Values with blanks or quotes are quoted, so that a line reads back in one way.
std::string Shown(const std::string& value) {
  if (value.find_first_of(" \"\n=") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (c == '\n') {
      quoted += "\\n";
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

void WriteLines(const Node& node, const source::SourceFiles& files, std::size_t depth, std::string& text) {
  text.append(2 * depth, ' ');
  if (!node.role.empty()) text += node.role + ": ";
  text += node.kind;
  for (const Attribute& attribute : node.attributes) {
    for (const std::string& value : attribute.values) text += fmt::format(" {}={}", attribute.key, Shown(value));
  }
  if (node.span.file.IsValid()) {
    const source::LineColumn place = files.Locate(node.span.file, node.span.begin);
    text += fmt::format(" @{}:{}", place.line, place.column);
  }
  text += '\n';
  for (const Node& part : node.parts) WriteLines(part, files, depth + 1, text);
}

void WriteObject(llvm::json::OStream& json, const Node& node, const source::SourceFiles& files) {
  json.object([&] {
    WriteText(json, "kind", node.kind);
    if (!node.role.empty()) WriteText(json, "role", node.role);
    for (const Attribute& attribute : node.attributes) {
      if (attribute.is_list) {
        WriteTexts(json, attribute.key, attribute.values);
      } else {
        WriteText(json, attribute.key, attribute.values.front());
      }
    }
    WritePlace(json, files, node.span);
    if (node.parts.empty()) return;
    json.attributeArray("parts", [&] {
      for (const Node& part : node.parts) WriteObject(json, part, files);
    });
  });
}

}  // namespace

Node& Node::With(std::string key, std::string value) {
  if (!value.empty()) attributes.push_back({std::move(key), {std::move(value)}, false});
  return *this;
}

Node& Node::WithAll(std::string key, std::vector<std::string> values) {
  if (!values.empty()) attributes.push_back({std::move(key), std::move(values), true});
  return *this;
}

Node& Node::WithCites(const std::vector<Citation>& cites) {
  std::vector<std::string> texts;
  for (const Citation& cite : cites) texts.push_back(cite.text);
  return WithAll("cites", std::move(texts));
}

Node& Node::Add(std::string part_role, Node part) {
  part.role = std::move(part_role);
  parts.push_back(std::move(part));
  return *this;
}

std::string NodeText(const Node& node, const source::SourceFiles& files) {
  std::string text;
  WriteLines(node, files, 0, text);
  return text;
}

std::string NodeJson(const Node& node, const source::SourceFiles& files) {
  return JsonText([&](llvm::json::OStream& json) { WriteObject(json, node, files); });
}

}  // namespace proviso::report
