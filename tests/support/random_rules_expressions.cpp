#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tests/support/random_rules.h"

namespace proviso::tests::random_rules {
namespace {

// Those of `RandomCases`, so that limits are met exactly.
const std::vector<std::size_t> kAmounts = {10, 0, 1, 2, 11, 15, 1000};
const std::vector<std::string> kPowers = {"10^24 flop", "10^25 flop", "10 flop", "0.01 petaflop", "1 petaflop"};
const std::vector<std::string> kShares = {"50%", "25%", "0%", "75%", "100%"};
const std::vector<std::string> kDates = {"2024-02-29", "2024-01-31", "2025-01-02", "9999-12-15"};
const std::vector<std::string> kDays = {"30 days", "1 day", "59 days", "0 days"};
/// And what says the same with the sides changed.
const std::vector<std::pair<std::string, std::string>> kRelations = {
    {"at least", "at most"}, {"<", ">"},   {"=", "="},        {"at most", "at least"},
    {"more than", "<"},      {">=", "<="}, {"less than", ">"}};
const std::vector<std::string> kColourNames = {"red", "green", "blue", "white"};
const std::vector<std::string> kGradeNames = {"low", "middle", "high", "top"};
const std::vector<Sort> kCompared = {Sort::kAmount, Sort::kShare, Sort::kGrade, Sort::kCount,
                                     Sort::kPower,  Sort::kDate,  Sort::kDays};

}  // namespace

std::string Expressions::ColourName(std::size_t number) { return kColourNames[number]; }
std::string Expressions::GradeName(std::size_t number) { return kGradeNames[number]; }
std::string Expressions::ElementName(const Scope& scope) {
  const std::string& prefix = scope.back().first;
  return prefix.starts_with('x') ? fmt::format("x{}", prefix[1] - '0' + 1) : "x1";
}

// ---- What may be read ------------------------------------------------------------------------------------

void Expressions::ForEntities(const Scope& scope, const Add& add) const {
  for (const auto& [prefix, entity] : scope) {
    add(prefix, entities_[entity]);
    for (const auto& [name, part] : entities_[entity].parts) add(fmt::format("{}{}.", prefix, name), entities_[part]);
  }
}

std::vector<Expressions::Path> Expressions::Paths(const Scope& scope, Sort sort, const std::string& colour) const {
  std::vector<Path> paths;
  ForEntities(scope, [&](const std::string& prefix, const EntityNames& entity) {
    for (const Name& name : entity.names) {
      if (name.sort != sort) continue;
      const std::string member = name.for_each_colour ? fmt::format("({})", colour) : "";
      paths.push_back({fmt::format("{}{}{}", prefix, name.name, member), name.may_be_none});
    }
  });
  return paths;
}

std::vector<std::pair<std::string, std::size_t>> Expressions::Lists(const Scope& scope) const {
  std::vector<std::pair<std::string, std::size_t>> lists;
  ForEntities(scope, [&](const std::string& prefix, const EntityNames& entity) {
    for (const auto& [name, element] : entity.lists) lists.emplace_back(prefix + name, element);
  });
  // Those of elements first: they are the simpler choice.
  std::ranges::stable_sort(lists, [](const auto& one, const auto& other) {
    return one.first.starts_with('x') && !other.first.starts_with('x');
  });
  return lists;
}

// ---- Conditions ------------------------------------------------------------------------------------------

std::string Expressions::Both(const std::string& one, const std::string& word, const std::string& dual,
                              const std::string& other) {
  switch (style_.Below(5)) {
    case 1:
      return fmt::format("({} {} {})", other, word, one);
    case 2:
      return fmt::format("(not (not {} {} not {}))", one, dual, other);
    case 3:
      return fmt::format("(not not ({} {} {}))", one, word, other);
    case 4:
      return fmt::format("({} of {{ {}, {} }})", word == "and" ? "all" : "any", one, other);
    default:
      return fmt::format("({} {} {})", one, word, other);
  }
}

std::string Expressions::IfThenElse(const std::string& condition, const std::string& one, const std::string& other) {
  return style_.Below(2) == 0 ? fmt::format("(if {} then {} else {})", condition, one, other)
                              : fmt::format("(if not {} then {} else {})", condition, other, one);
}

std::string Expressions::Condition(const Scope& scope, int depth) {
  if (depth <= 0) return Atom(scope);
  // Lists two deep are to be no rarity.
  const auto& [prefix, entity] = scope.back();
  if (prefix == "x1." && entity != kPart && choices.Percent(50)) return Quantified(scope, depth);
  const auto below = [&] { return Condition(scope, depth - 1); };
  switch (choices.Below(15)) {
    case 0:
    case 1:
      return Atom(scope);
    case 2:
    case 3: {
      const std::string one = below();
      return And(one, below());
    }
    case 4: {
      const std::string one = below();
      return Or(one, below());
    }
    case 5:
      return fmt::format("(not {})", below());
    case 6: {
      const std::string one = below();
      const std::string other = below();
      return fmt::format("({} {} {})", one, style_.Below(2) == 0 ? "unless" : "and not", other);
    }
    case 7: {
      const std::string one = below();
      const std::string other = below();
      return style_.Below(2) == 0 ? fmt::format("({} implies {})", one, other)
                                  : fmt::format("(not {} or {})", one, other);
    }
    case 8:
      return List(scope, depth);
    case 9:
    case 10:
    case 14:
      return Quantified(scope, depth);
    case 11:
      return Supposing(scope, depth);
    case 12: {
      const std::string one = below();
      const std::string other = below();
      return IfThenElse(Atom(scope), one, other);
    }
    default:
      return Comparison(scope, choices.OneOf(kCompared), depth);
  }
}

std::string Expressions::Atom(const Scope& scope) {
  switch (choices.Below(8)) {
    case 0:
    case 1:
      return Truth(scope);
    case 2:
      return OfColour(scope);
    case 3:
      return OfColours(scope);
    default:
      return Comparison(scope, choices.OneOf(kCompared), 0);
  }
}

std::string Expressions::Truth(const Scope& scope) {
  const std::vector<Path> paths = Paths(scope, Sort::kTruth, Colour());
  if (!options_.empty() && choices.Percent(20)) {
    const OptionNames& option = choices.OneOf(options_);
    return fmt::format("({} is {}{})", option.name, choices.Percent(30) ? "not " : "",
                       fmt::format("alt_{}", choices.Below(option.alternatives)));
  }
  const bool is_in_case = scope.front().first.empty() && scope.front().second == kDeal;
  if (is_in_case && !firing_.empty() && choices.Percent(20))
    return fmt::format("({}{})", choices.OneOf(firing_), choices.Percent(50) ? " decides" : "");
  // The innermost entity's come last.
  return paths.empty() ? "yes" : paths[paths.size() - 1 - choices.Below(paths.size())].text;
}

std::string Expressions::OfColour(const Scope& scope) {
  const std::vector<Path> paths = Paths(scope, Sort::kColour, Colour());
  if (paths.empty()) return Truth(scope);
  const std::string path = choices.OneOf(paths).text;
  switch (choices.Below(4)) {
    case 0:
      return fmt::format(fmt::runtime(style_.Below(2) == 0 ? "({} is {})" : "({} in {{ {} }})"), path, Colour());
    case 1:
      return fmt::format("({} in {})", path, Members());
    case 2:
      return fmt::format(fmt::runtime(style_.Below(2) == 0 ? "({} is not {})" : "(not ({} = {}))"), path, Colour());
    default:
      return fmt::format("({} = {})", path, choices.OneOf(paths).text);
  }
}

std::string Expressions::Members() {
  if (choices.Percent(20)) return "listed";
  std::string members = Colour();
  const std::string other = Colour();
  if (other != members) members = style_.Below(2) == 0 ? members + ", " + other : other + ", " + members;
  return fmt::format("{{ {} }}", members);
}

std::string Expressions::OfColours(const Scope& scope) {
  const std::vector<Path> paths = Paths(scope, Sort::kColours, Colour());
  if (paths.empty()) return Truth(scope);
  const std::string path = choices.OneOf(paths).text;
  switch (choices.Below(4)) {
    case 0:
      return fmt::format("({} includes {})", path, Colour());
    case 1:
      return fmt::format("({} includes any of {})", path, Members());
    case 2:
      return fmt::format("({} includes all of {})", path, Members());
    default:
      return fmt::format("({} includes all of {})", path, choices.OneOf(paths).text);
  }
}

std::string Expressions::Comparison(const Scope& scope, Sort sort, int depth) {
  const std::vector<Path> paths = Paths(scope, sort, Colour());
  const bool is_computed = depth > 0 && choices.Percent(60);
  if (paths.empty() && !is_computed) return Truth(scope);
  const Path path = is_computed ? Path{Computed(scope, sort, depth), true} : choices.OneOf(paths);
  if (path.may_be_none && choices.Percent(15)) return fmt::format("({} is none)", path.text);
  const std::string limit = choices.Percent(30) ? Value(scope, sort, depth - 1) : Limit(sort);
  if (choices.Percent(10)) {
    const std::string upper = Limit(sort);
    return style_.Below(2) == 0 ? fmt::format("({} between {} and {})", path.text, limit, upper)
                                : fmt::format("({} <= {} and {} <= {})", limit, path.text, path.text, upper);
  }
  const auto& [relation, turned] = choices.OneOf(kRelations);
  return style_.Below(2) == 0 ? fmt::format("({} {} {})", path.text, relation, limit)
                              : fmt::format("({} {} {})", limit, turned, path.text);
}

std::string Expressions::List(const Scope& scope, int depth) {
  static const std::vector<std::string> kHeads = {"any", "all", "none", "at least 2"};
  const std::string head = choices.OneOf(kHeads);
  std::vector<std::string> items(2 + choices.Below(2));
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = fmt::format("§{} {}", i + 1, Condition(scope, depth - 1));
  if (style_.Below(2) == 1) std::ranges::reverse(items);
  return fmt::format("({} of {{ {} }})", head, fmt::join(items, ", "));
}

std::string Expressions::Quantified(const Scope& scope, int depth) {
  const auto lists = Lists(scope);
  if (lists.empty() || choices.Percent(15)) return OverColours(scope);
  const auto& [path, element] = lists[choices.Below(lists.size())];
  const std::string name = ElementName(scope);
  Scope inside = scope;
  inside.emplace_back(name + ".", element);
  // Most conditions speak of the element alone, as in the law.
  if (choices.Percent(60)) inside = {inside.back()};
  const std::string where = choices.Percent(30) ? fmt::format(" where {}", Atom(inside)) : "";
  const bool is_every = choices.Percent(40);
  const std::string condition = Condition(inside, depth - 1);
  if (style_.Below(2) == 0)
    return fmt::format("({} {} in {}{} satisfies {})", is_every ? "every" : "some", name, path, where, condition);
  return fmt::format("(not ({} {} in {}{} satisfies not {}))", is_every ? "some" : "every", name, path, where,
                     condition);
}

std::string Expressions::OverColours(const Scope& scope) {
  std::vector<std::string> named;
  ForEntities(scope, [&](const std::string& prefix, const EntityNames& entity) {
    for (const Name& name : entity.names) {
      if (name.for_each_colour && name.sort == Sort::kTruth) named.push_back(prefix + name.name);
    }
  });
  if (named.empty()) return Truth(scope);
  const std::string path = choices.OneOf(named);
  switch (choices.Below(3)) {
    case 0:
      return fmt::format("(some k in Colour satisfies {}(k))", path);
    case 1:
      return fmt::format("(every k in Colour where k is not {} satisfies {}(k))", Colour(), path);
    default:
      return fmt::format("(count(k in Colour where {}(k)) at least 2)", path);
  }
}

std::string Expressions::Supposing(const Scope& scope, int depth) {
  std::vector<std::pair<std::string, Sort>> facts;
  const auto& [prefix, entity] = scope.front();
  for (const Name& name : entities_[entity].names) {
    const bool can_be_set = name.sort != Sort::kColours && !name.for_each_colour;
    if (prefix.empty() && name.is_fact && can_be_set) facts.emplace_back(name.name, name.sort);
  }
  std::string condition = Condition(scope, depth - 1);
  if (facts.empty()) return condition;
  const auto& [fact, sort] = choices.OneOf(facts);
  return fmt::format("({} supposing {{ {} = {} }})", condition, fact, Literal(sort));
}

// ---- Values ----------------------------------------------------------------------------------------------

std::string Expressions::Limit(Sort sort) {
  if (sort != Sort::kAmount || style_.Below(2) == 0) return Literal(sort);
  const std::size_t amount = choices.OneOf(kAmounts);
  return fmt::format("{}.{:03} kilocoin", amount / 1000, amount % 1000);
}

std::string Expressions::Literal(Sort sort) {
  switch (sort) {
    case Sort::kTruth:
      return choices.Below(2) == 0 ? "yes" : "no";
    case Sort::kAmount:
      return fmt::format("{} coin", choices.OneOf(kAmounts));
    case Sort::kPower:
      return choices.OneOf(kPowers);
    case Sort::kShare:
      return choices.OneOf(kShares);
    case Sort::kCount:
      return fmt::format("{}", choices.OneOf(kAmounts) % counts);
    case Sort::kDate:
      return choices.OneOf(kDates);
    case Sort::kDays:
      return choices.OneOf(kDays);
    case Sort::kColour:
      return Colour();
    default:
      return Grade();
  }
}

std::string Expressions::Value(const Scope& scope, Sort sort, int depth) {
  if (depth > 0 && choices.Percent(50)) return Computed(scope, sort, depth);
  std::vector<Path> paths = Paths(scope, sort, Colour());
  for (const OptionNames& option : options_) {
    if (option.sort == sort) paths.insert(paths.begin(), 2, {option.name, false});
  }
  if (!paths.empty() && !choices.Percent(15)) return choices.OneOf(paths).text;
  const std::string literal = Literal(sort);
  return sort == Sort::kGrade ? "Grade." + literal : literal;
}

std::string Expressions::Aggregate(const Scope& scope, Sort sort, int depth) {
  const auto lists = Lists(scope);
  if (lists.empty()) return Value(scope, sort, 0);
  const auto& [path, element] = lists[choices.Below(lists.size())];
  const std::string name = ElementName(scope);
  Scope inside = scope;
  inside.emplace_back(name + ".", element);
  if (choices.Percent(70)) inside = {inside.back()};
  const std::string where = choices.Percent(50) ? fmt::format(" where {}", Condition(inside, depth - 1)) : "";
  if (sort == Sort::kCount && choices.Percent(70)) return fmt::format("count({} in {}{})", name, path, where);
  std::vector<std::string> words = {"max", "min"};
  if (sort != Sort::kGrade && sort != Sort::kDate) words.insert(words.begin(), {"sum", "sum"});
  const std::string word = choices.OneOf(words);
  const std::vector<Path> values = Paths(inside, sort, Colour());
  if (values.empty()) return Value(scope, sort, 0);
  const std::string value = values[values.size() - 1 - choices.Below(values.size())].text;
  return fmt::format("{}({} for {} in {}{})", word, value, name, path, where);
}

std::string Expressions::Computed(const Scope& scope, Sort sort, int depth) {
  if (sort == Sort::kColour) return Value(scope, sort, 0);
  const auto value = [&] { return Value(scope, sort, depth - 1); };
  switch (choices.Below(6)) {
    case 0:
    case 1:
      return Aggregate(scope, sort, depth);
    case 2: {
      const std::string one = value();
      const std::string other = value();
      return IfThenElse(Condition(scope, depth - 1), one, other);
    }
    case 3: {
      const std::string one = value();
      return fmt::format("{}({}, {})", choices.Below(2) == 0 ? "max" : "min", one, value());
    }
    default:
      break;
  }
  if (sort == Sort::kGrade) return value();
  if (sort == Sort::kDate) {
    switch (choices.Below(3)) {
      case 0:
        return fmt::format("({} + {})", value(), Value(scope, Sort::kDays, 0));
      case 1:
        return fmt::format("({} + 1 month ({}))", value(), choices.Below(2) == 0 ? "clipped" : "spilled");
      default:
        return fmt::format("({} - 30 days)", value());
    }
  }
  if (sort == Sort::kDays && choices.Percent(40)) {
    const std::string later = Value(scope, Sort::kDate, 0);
    return fmt::format("({} - {})", later, Value(scope, Sort::kDate, 0));
  }
  if (sort == Sort::kShare && choices.Percent(40)) {
    const std::string part = Value(scope, Sort::kAmount, 0);
    return fmt::format("({} / {})", part, Value(scope, Sort::kAmount, 0));
  }
  if (sort == Sort::kAmount && choices.Percent(30)) {
    std::vector<Path> shares = Paths(scope, Sort::kShare, Colour());
    if (!shares.empty()) return fmt::format("round({} * {}, 2)", value(), choices.OneOf(shares).text);
  }
  if (sort == Sort::kAmount && choices.Percent(30)) return fmt::format("(2 * {})", value());
  const std::string one = value();
  return fmt::format("({} {} {})", one, choices.Percent(40) ? "-" : "+", value());
}

}  // namespace proviso::tests::random_rules
