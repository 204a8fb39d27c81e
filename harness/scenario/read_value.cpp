#include "harness/scenario/read_value.h"

#include <fmt/format.h>

#include <algorithm>

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {
namespace {

using diagnostics::Diagnostic;
using diagnostics::DiagnosticSink;
using diagnostics::Kind;

Diagnostic& Report(DiagnosticSink& sink, const Span& span, const ValueError& error) {
  switch (error.kind) {
    case ValueError::Kind::kUnknownMember:
      return sink.Report<Kind::kFactMember>(span, error.message);
    case ValueError::Kind::kWrongUnit:
      return sink.Report<Kind::kFactUnit>(span, error.message);
    default:
      return sink.Report<Kind::kFactValue>(span, error.message);
  }
}

}  // namespace

std::string_view ShapeOf(const Type& type) {
  switch (type.kind) {
    case TypeKind::kSet:
      return "a list of members in square brackets";
    case TypeKind::kList:
      return "a list of elements, each a mapping of its facts";
    case TypeKind::kEntity:
      return type.or_none ? "a mapping of its facts, or `none`" : "a mapping of its facts";
    default:
      return "one value";
  }
}

std::optional<Value> ValueReader::FromYaml(const Type& type, std::string_view what, const YamlDocument& document,
                                           YamlId node, UnitId default_unit) {
  const YamlNode& value = document[node];
  const bool is_none = value.IsScalar() && value.text == "none" && type.or_none;
  if (type.kind != TypeKind::kSet || is_none) {
    if (value.IsScalar()) return Scalar(type, type, what, {value.text, value.span}, default_unit);
    sink_.Report<Kind::kFactShape>(value.span, what, ShapeOf(type));
    return std::nullopt;
  }
  std::vector<Placed> members;
  bool are_texts = value.IsSequence();
  for (const YamlId item : value.items) {
    are_texts = are_texts && document[item].IsScalar();
    members.push_back({document[item].text, document[item].span});
  }
  if (are_texts) return Set(type, what, members);
  Diagnostic& report = sink_.Report<Kind::kFactShape>(value.span, what, ShapeOf(type));
  if (value.IsScalar() && !value.text.empty()) report.Help(fmt::format("write `[{}]`", value.text));
  return std::nullopt;
}

std::optional<Value> ValueReader::FromText(const Type& type, std::string_view what, std::string_view text,
                                           const Span& span, UnitId default_unit) {
  llvm::StringRef inner = llvm::StringRef(text).trim();
  if (type.kind != TypeKind::kSet || (type.or_none && inner == "none")) {
    return Scalar(type, type, what, {text, span}, default_unit);
  }
  if (!inner.consume_front("[") || !inner.consume_back("]")) {
    sink_.Report<Kind::kFactShape>(span, what, ShapeOf(type)).Help(fmt::format("write `[{}]`", inner.str()));
    return std::nullopt;
  }
  llvm::SmallVector<llvm::StringRef> names;
  if (!inner.trim().empty()) inner.split(names, ',');
  std::vector<Placed> members;
  for (const llvm::StringRef name : names) members.push_back({name.trim(), span});
  return Set(type, what, members);
}

std::optional<Value> ValueReader::Scalar(const Type& type, const Type& whole, std::string_view what, const Placed& text,
                                         UnitId unit) {
  if (text.text.empty()) {
    sink_.Report<Kind::kFactShape>(text.span, what, ShapeOf(type)).Help("leave it out where it is not known");
    return std::nullopt;
  }
  std::variant<Value, ValueError> parsed = ParseValue(vocabulary_, type, text.text, unit);
  if (Value* value = std::get_if<Value>(&parsed)) return std::move(*value);
  const ValueError& error = std::get<ValueError>(parsed);
  Diagnostic& report = Report(sink_, text.span, error);
  if (!error.suggestion.empty()) report.Label(fmt::format("did you mean `{}`?", error.suggestion));
  report.AddNote(fmt::format("`{}` is {}", what, TypeToText(vocabulary_, whole)));
  return std::nullopt;
}

std::optional<Value> ValueReader::Set(const Type& type, std::string_view what, const std::vector<Placed>& members) {
  Type member_type;
  member_type.kind = TypeKind::kEnum;
  member_type.enumeration = type.enumeration;
  MemberSet set;
  bool is_whole = true;
  for (const Placed& text : members) {
    const std::optional<Value> member = Scalar(member_type, type, what, text, UnitId());
    is_whole = is_whole && member.has_value();
    if (!member) continue;
    const std::uint32_t index = std::get<Member>(*member).index;
    const auto place = std::lower_bound(set.members.begin(), set.members.end(), index);
    if (place != set.members.end() && *place == index) {
      sink_.Report<Kind::kGivenTwice>(text.span, Quoted(text.text));
      is_whole = false;
    } else {
      set.members.insert(place, index);
    }
  }
  if (!is_whole) return std::nullopt;
  return Value(std::move(set));
}

}  // namespace proviso::scenario
