#include "harness/scenario/fact_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "harness/scenario/shapes.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {

using diagnostics::Kind;

struct PathReader::Token {
  enum class Kind : std::uint8_t { kName, kArguments, kElement } kind;
  std::string name;
  std::vector<std::string> members;
  std::uint32_t element = 0;
};

std::string PathText(const Vocabulary& vocabulary, const FactKey& key) {
  std::string text;
  for (const PathStep& step : key) {
    if (!text.empty()) text += '.';
    text += vocabulary.facts[step.fact].ShownName();
    if (step.element) text += fmt::format("[{}]", *step.element);
  }
  return text;
}

std::optional<std::vector<PathReader::Token>> PathReader::Split(std::string_view text) {
  std::vector<Token> tokens;
  llvm::StringRef rest = llvm::StringRef(text).trim();
  bool after_stop = true;
  while (!rest.empty() || after_stop) {
    if (rest.consume_front("(") && !after_stop) {
      const std::size_t close = rest.find(')');
      if (close == llvm::StringRef::npos) return std::nullopt;
      Token token{Token::Kind::kArguments, {}, {}, 0};
      llvm::SmallVector<llvm::StringRef> members;
      rest.take_front(close).split(members, ',');
      for (const llvm::StringRef member : members) token.members.push_back(member.trim().str());
      tokens.push_back(std::move(token));
      rest = rest.drop_front(close + 1).ltrim();
    } else if (rest.consume_front("[") && (!after_stop || tokens.empty())) {
      Token token{Token::Kind::kElement, {}, {}, 0};
      const std::size_t close = rest.find(']');
      if (close > 9) return std::nullopt;
      if (rest.take_front(close).trim().getAsInteger(10, token.element)) return std::nullopt;
      tokens.push_back(std::move(token));
      rest = rest.drop_front(close + 1).ltrim();
    } else if (after_stop) {
      const llvm::StringRef name = rest.take_while([](char c) { return llvm::isAlnum(c) || c == '_' || (c & 0x80); });
      if (name.empty()) return std::nullopt;
      tokens.push_back({Token::Kind::kName, name.str(), {}, 0});
      rest = rest.drop_front(name.size()).ltrim();
    } else {
      return std::nullopt;
    }
    after_stop = rest.consume_front(".");
  }
  return tokens;
}

std::optional<PathSoFar> PathReader::Extend(PathSoFar from, std::string_view text, const Span& span) {
  const auto tokens = Split(text);
  if (!tokens) {
    sink_.Report<Kind::kBadPath>(span, Quoted(text));
    return std::nullopt;
  }
  for (const Token& token : *tokens) {
    if (!Take(from, token, span)) return std::nullopt;
  }
  return from;
}

std::optional<FactKey> PathReader::Whole(std::string_view text, const Span& span) {
  std::optional<PathSoFar> path = Extend({}, text, span);
  if (!path) return std::nullopt;
  if (path->IsWhole()) return std::move(path->steps);
  ReportUnfinished(*path, span);
  return std::nullopt;
}

void PathReader::ReportUnfinished(const PathSoFar& path, const Span& span) {
  const std::vector<std::string> members = MembersAfter(path, *EntityAt({path.steps, {}, {}}));
  sink_.Report<Kind::kBadPath>(span, Quoted(Shown(path)))
      .Help(fmt::format("it is a fact for each of {}: `{}({})`", llvm::join(members, ", "), Shown(path),
                        members.front()));
}

bool PathReader::Take(PathSoFar& path, const Token& token, const Span& span) {
  switch (token.kind) {
    case Token::Kind::kName:
      return path.IsWhole() ? TakeName(path, token.name, span) : TakeArguments(path, {token.name}, span);
    case Token::Kind::kArguments:
      return TakeArguments(path, token.members, span);
    case Token::Kind::kElement:
      return TakeElement(path, token.element, span);
  }
  return false;
}

bool PathReader::TakeName(PathSoFar& path, const std::string& name, const Span& span) {
  const std::optional<EntityId> entity = EntityAt(path);
  if (!entity) {
    const Type& type = vocabulary_.facts[path.steps.back().fact].type;
    if (type.kind == TypeKind::kList) {
      sink_.Report<Kind::kNoElementNamed>(span, Quoted(Shown(path)))
          .Help(fmt::format("write `{}[0].{}`, or the list in square brackets", Shown(path), name));
    } else {
      sink_.Report<Kind::kNoFactsBelow>(span, Quoted(Shown(path)), TypeToText(vocabulary_, type));
    }
    return false;
  }
  for (const FactId id : vocabulary_.entities[*entity].facts) {
    const Fact& fact = vocabulary_.facts[id];
    if (fact.name != name) continue;
    if (fact.arguments.empty()) {
      path.steps.push_back({id, std::nullopt});
    } else {
      path.family = name;
    }
    return true;
  }
  return ReportUnknown(path, *entity, name, span);
}

bool PathReader::TakeArguments(PathSoFar& path, const std::vector<std::string>& members, const Span& span) {
  if (path.IsWhole()) {
    sink_.Report<Kind::kBadPath>(span, Quoted(fmt::format("{}({})", Shown(path), llvm::join(members, ", "))))
        .Help("this fact has no members");
    return false;
  }
  const EntityId entity = *EntityAt({path.steps, {}, {}});
  for (const std::string& member : members) {
    const std::vector<std::string> possible = MembersAfter(path, entity);
    if (std::find(possible.begin(), possible.end(), member) == possible.end()) {
      return ReportUnknown(path, entity, member, span);
    }
    path.arguments.push_back(member);
  }
  for (const FactId id : vocabulary_.entities[entity].facts) {
    const Fact& fact = vocabulary_.facts[id];
    if (fact.name != path.family || fact.arguments != path.arguments) continue;
    path = {std::move(path.steps), {}, {}};
    path.steps.push_back({id, std::nullopt});
    break;
  }
  return true;
}

bool PathReader::TakeElement(PathSoFar& path, std::uint32_t element, const Span& span) {
  const bool is_list = path.IsWhole() && !path.steps.empty() && !path.steps.back().element &&
                       vocabulary_.facts[path.steps.back().fact].type.kind == TypeKind::kList;
  if (is_list) {
    path.steps.back().element = element;
  } else {
    sink_.Report<Kind::kBadPath>(span, Quoted(fmt::format("{}[{}]", Shown(path), element)))
        .Help("only lists have numbered elements");
  }
  return is_list;
}

bool PathReader::ReportUnknown(const PathSoFar& path, EntityId entity, const std::string& name, const Span& span) {
  const std::string& owner = vocabulary_.entities[entity].name;
  if (!path.IsWhole()) {
    const std::string shown = fmt::format("{}({})", path.family, name);
    Suggest(sink_.Report<Kind::kUnknownFact>(span, Quoted(shown), owner), name, MembersAfter(path, entity));
    return false;
  }
  std::vector<std::string> names;
  for (const FactId id : vocabulary_.entities[entity].facts) names.push_back(vocabulary_.facts[id].name);
  auto& report = sink_.Report<Kind::kUnknownFact>(span, Quoted(name), owner);
  const std::vector<std::string> below = OneLevelBelow(entity, name);
  if (below.empty())
    Suggest(report, name, names);
  else
    report.Label(fmt::format("did you mean `{}`?", llvm::join(below, "` or `")));
  return false;
}

/// What may come next inside the brackets of a fact with parameters.
std::vector<std::string> PathReader::MembersAfter(const PathSoFar& path, EntityId entity) const {
  std::vector<std::string> members;
  for (const FactId id : vocabulary_.entities[entity].facts) {
    const Fact& fact = vocabulary_.facts[id];
    if (fact.name != path.family || fact.arguments.size() <= path.arguments.size()) continue;
    if (!std::equal(path.arguments.begin(), path.arguments.end(), fact.arguments.begin())) continue;
    const std::string& next = fact.arguments[path.arguments.size()];
    if (std::find(members.begin(), members.end(), next) == members.end()) members.push_back(next);
  }
  return members;
}

/// `target.country` for a `country` that was looked for one entity too high.
std::vector<std::string> PathReader::OneLevelBelow(EntityId entity, const std::string& name) const {
  std::vector<std::string> paths;
  for (const FactId id : vocabulary_.entities[entity].facts) {
    const Fact& fact = vocabulary_.facts[id];
    if (fact.type.kind != TypeKind::kEntity) continue;
    const std::vector<FactId>& below = vocabulary_.entities[fact.type.entity].facts;
    const bool has_it =
        std::any_of(below.begin(), below.end(), [&](FactId one) { return vocabulary_.facts[one].name == name; });
    if (has_it) paths.push_back(fmt::format("{}.{}", fact.ShownName(), name));
  }
  return paths;
}

/// The entity whose facts can be named next; none below a value, or a list whose element is not said.
std::optional<EntityId> PathReader::EntityAt(const PathSoFar& path) const {
  if (path.steps.empty()) return vocabulary_.case_entity;
  const PathStep& last = path.steps.back();
  const Type& type = vocabulary_.facts[last.fact].type;
  const bool is_element = type.kind == TypeKind::kList && (last.element || elements_ == Elements::kAny);
  if (type.kind == TypeKind::kEntity || is_element) return type.entity;
  return std::nullopt;
}

std::string PathReader::Shown(const PathSoFar& path) const {
  std::string text = PathText(vocabulary_, path.steps);
  if (path.IsWhole()) return text;
  if (!text.empty()) text += '.';
  text += path.family;
  if (!path.arguments.empty()) text += fmt::format("({})", llvm::join(path.arguments, ", "));
  return text;
}

}  // namespace proviso::scenario
