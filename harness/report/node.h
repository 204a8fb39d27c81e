// node.h: what `proviso emit` shows of a structure: a tree of kinds with attributes and places.
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source_files.h"
#include "runtime/base/citation.h"
#include "runtime/base/span.h"

namespace proviso::report {

struct Attribute {
  std::string key;
  std::vector<std::string> values;
  bool is_list = false;  // there could be more than one
};

struct Node {
  std::string kind;  // `Rule`, `And`
  Span span;         // nowhere: no place is shown
  std::vector<Attribute> attributes;
  std::vector<Node> parts;
  std::string role;  // what it is to the node above: `left`, `condition`; may be empty

  /// Adds an attribute, unless it is empty.
  Node& With(std::string key, std::string value);
  Node& WithAll(std::string key, std::vector<std::string> values);
  /// Citations, as the attribute `cites`.
  Node& WithCites(const std::vector<Citation>& cites);
  Node& Add(std::string part_role, Node part);
};

/// One line a node: `role: kind key=value … @line:column`, parts moved right by two blanks.
[[nodiscard]] std::string NodeText(const Node& node, const source::SourceFiles& files);

/// Objects: kind, role, attributes by their keys, file, line, column, parts.
[[nodiscard]] std::string NodeJson(const Node& node, const source::SourceFiles& files);

}  // namespace proviso::report
