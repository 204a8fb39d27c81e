#include "harness/compare/rename.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <array>

#include "runtime/base/nearest.h"

namespace proviso::compare {
namespace {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using scenario::PlacedText;

constexpr std::array<std::string_view, 6> kSorts = {"a fact",    "a term",    "a decision",
                                                    "an option", "an entity", "an enumeration"};

std::string_view SortName(Sort sort) { return kSorts[static_cast<std::size_t>(sort)]; }

/// One declaration that has a name.
struct Thing {
  Sort sort;
  std::size_t id;
  EntityId owner;  // invalid for entities and enumerations
  std::string name;
  std::vector<std::string> arguments;

  [[nodiscard]] std::string ShownName() const {
    return arguments.empty() ? name : fmt::format("{}({})", name, fmt::join(arguments, ", "));
  }
};

std::vector<Thing> ThingsOf(const check::CheckedDraft& draft) {
  const Vocabulary& words = *draft.vocabulary;
  std::vector<Thing> things;
  const auto add = [&](Sort sort, const auto& all, auto owner_of, auto arguments_of) {
    std::size_t id = 0;
    for (const auto& each : all) things.push_back({sort, id++, owner_of(each), each.name, arguments_of(each)});
  };
  const auto of = [&](const auto& each) { return each.of.value_or(words.case_entity); };
  const auto arguments = [](const auto& each) { return each.arguments; };
  const auto none = [](const auto&) { return std::vector<std::string>(); };
  const auto nowhere = [](const auto&) { return EntityId(); };
  add(Sort::kFact, words.facts, [](const Fact& fact) { return fact.owner; }, arguments);
  add(Sort::kTerm, draft.terms, of, arguments);
  add(Sort::kDecision, draft.decisions, of, none);
  add(Sort::kOption, draft.options, of, none);
  add(Sort::kEntity, words.entities, nowhere, none);
  add(Sort::kEnumeration, words.enums, nowhere, none);
  return things;
}

/// At the full stops that stand in no brackets.
std::vector<std::string> Segments(llvm::StringRef path) {
  std::vector<std::string> segments(1);
  int depth = 0;
  for (const char c : path) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == '.' && depth == 0) {
      segments.emplace_back();
    } else {
      segments.back() += c;
    }
  }
  return segments;
}

/// Finds what paths name in one draft.
class Finder {
 public:
  Finder(const check::CheckedDraft& draft, DiagnosticSink& sink)
      : draft_(draft), words_(*draft.vocabulary), things_(ThingsOf(draft)), sink_(sink) {}

  /// Several where it is one name for each of some parameters; none, reported, where there is none.
  std::vector<Thing> Find(const PlacedText& path) {
    const std::vector<std::string> segments = Segments(path.text);
    EntityId at = words_.case_entity;
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
      const auto next = Through(at, segments[i], i == 0);
      if (!next) return Unknown(path, segments[i], i == 0 ? Prefixes(at) : EntityFacts(at));
      at = *next;
    }
    std::vector<Thing> found;
    std::vector<std::string> names;
    for (const Thing& thing : things_) {
      if (thing.owner != at && (thing.owner.IsValid() || segments.size() > 1)) continue;
      names.push_back(thing.name);
      if (thing.name == segments.back() || thing.ShownName() == segments.back()) found.push_back(thing);
    }
    return found.empty() ? Unknown(path, segments.back(), names) : found;
  }

  [[nodiscard]] const std::vector<Thing>& Things() const { return things_; }
  [[nodiscard]] std::string OwnerName(const Thing& thing) const {
    return thing.owner.IsValid() ? words_.entities[thing.owner].name : "";
  }

 private:
  std::vector<Thing> Unknown(const PlacedText& path, const std::string& segment,
                             const std::vector<std::string>& names) {
    auto& report = sink_.Report<Kind::kUnknownRenamed>(path.span, Quoted(draft_.name), Quoted(path.text));
    SuggestNearest(report, segment, names);
    return {};
  }

  std::optional<EntityId> Through(EntityId at, const std::string& segment, bool is_first) const {
    for (const FactId id : words_.entities[at].facts) {
      const Fact& fact = words_.facts[id];
      if (fact.type.entity.IsValid() && fact.ShownName() == segment) return fact.type.entity;
    }
    if (!is_first) return std::nullopt;
    const auto found = llvm::find_if(words_.entities, [&](const Entity& entity) { return entity.name == segment; });
    return found == words_.entities.end()
               ? std::nullopt
               : std::optional(EntityId(static_cast<std::size_t>(found - words_.entities.begin())));
  }

  std::vector<std::string> EntityFacts(EntityId at) const {
    std::vector<std::string> names;
    for (const FactId id : words_.entities[at].facts) {
      if (words_.facts[id].type.entity.IsValid()) names.push_back(words_.facts[id].ShownName());
    }
    return names;
  }

  std::vector<std::string> Prefixes(EntityId at) const {
    std::vector<std::string> names = EntityFacts(at);
    for (const Entity& entity : words_.entities) names.push_back(entity.name);
    return names;
  }

  const check::CheckedDraft& draft_;
  const Vocabulary& words_;
  std::vector<Thing> things_;
  DiagnosticSink& sink_;
};

PlacedText Part(const PlacedText& text, std::size_t from, std::size_t to) {
  while (from < to && text.text[from] == ' ') ++from;
  while (from < to && text.text[to - 1] == ' ') --to;
  const Span span{text.span.file, static_cast<std::uint32_t>(text.span.begin + from),
                  static_cast<std::uint32_t>(text.span.begin + to)};
  return {text.text.substr(from, to - from), span};
}

/// What is before the sign, and what behind it; empty where there is none.
std::array<PlacedText, 2> SidesOf(const PlacedText& rename) {
  const std::size_t sign = rename.text.find('=');
  return {Part(rename, 0, std::min(sign, rename.text.size())),
          sign == std::string::npos ? PlacedText() : Part(rename, sign + 1, rename.text.size())};
}

class Reader {
 public:
  Reader(const check::CheckedDraft& draft, const check::CheckedDraft& other, DiagnosticSink& sink)
      : draft_(draft), from_(draft, sink), to_(other, sink), called_(from_.Things()), sink_(sink) {}

  std::optional<std::vector<Renaming>> Run(const std::vector<PlacedText>& renames) {
    const std::size_t before = sink_.ErrorCount();
    for (const PlacedText& rename : renames) Read(rename);
    for (const auto& [thing, span] : renamed_) CheckAlone(thing, span);
    if (sink_.ErrorCount() > before) return std::nullopt;
    std::vector<Renaming> renamings;
    for (const auto& [thing, span] : renamed_)
      renamings.push_back({called_[thing].sort, called_[thing].id, called_[thing].name, called_[thing].arguments});
    return renamings;
  }

 private:
  void Read(const PlacedText& rename) {
    const auto [from, to] = SidesOf(rename);
    if (from.text.empty() || to.text.empty()) {
      sink_.Report<Kind::kRenameShape>(rename.span, Quoted(rename.text))
          .Help("write `before=after`: what A calls it, and what B calls it");
      return;
    }
    const std::vector<Thing> ours = from_.Find(from);
    const std::vector<Thing> theirs = to_.Find(to);
    if (ours.empty() || theirs.empty()) return;
    if (const std::string why = WhyNot(ours, theirs); !why.empty()) {
      auto& report = sink_.Report<Kind::kCannotRename>(rename.span, Quoted(from.text), Quoted(to.text), why);
      const std::string owner = CalledOwner(ours.front());
      const std::string other = to_.OwnerName(theirs.front());
      if (!owner.empty() && !other.empty() && owner != other)
        report.Help(fmt::format("where these are one entity, say so: `--rename {}={}`", owner, other));
      return;
    }
    for (const Thing& thing : ours) Call(thing, theirs.front(), ours.size() > 1, rename.span);
  }

  std::string WhyNot(const std::vector<Thing>& ours, const std::vector<Thing>& theirs) const {
    const Thing& one = ours.front();
    const Thing& other = theirs.front();
    if (one.sort != other.sort)
      return fmt::format("the one is {}, the other {}", SortName(one.sort), SortName(other.sort));
    if (CalledOwner(one) != to_.OwnerName(other))
      return fmt::format("the one is of `{}`, the other of `{}`", from_.OwnerName(one), to_.OwnerName(other));
    if ((ours.size() > 1) != (theirs.size() > 1)) return "only one of the two is one for each of some parameters";
    return "";
  }

  /// The entity, as it is called now.
  std::string CalledOwner(const Thing& thing) const {
    const auto found = llvm::find_if(called_, [&](const Thing& each) {
      return each.sort == Sort::kEntity && thing.owner.IsValid() && each.id == thing.owner.Index();
    });
    return found == called_.end() ? "" : found->name;
  }

  void Call(const Thing& thing, const Thing& as, bool keeps_arguments, const Span& span) {
    const auto place =
        llvm::find_if(called_, [&](const Thing& each) { return each.sort == thing.sort && each.id == thing.id; });
    place->name = as.name;
    if (!keeps_arguments) place->arguments = as.arguments;
    renamed_.emplace_back(static_cast<std::size_t>(place - called_.begin()), span);
  }

  /// Whether nothing else is called so.
  void CheckAlone(std::size_t renamed, const Span& span) {
    const Thing& thing = called_[renamed];
    for (std::size_t i = 0; i < called_.size(); ++i) {
      const Thing& other = called_[i];
      if (i == renamed || other.sort != thing.sort || other.owner != thing.owner) continue;
      if (other.ShownName() != thing.ShownName()) continue;
      const std::string why = fmt::format("{} has {} of that name, too", Quoted(draft_.name), SortName(thing.sort));
      sink_
          .Report<Kind::kCannotRename>(span, Quoted(from_.Things()[renamed].ShownName()), Quoted(thing.ShownName()),
                                       why)
          .Help(fmt::format("say of that one, too, what it is called in B: `--rename {}=…`",
                            from_.Things()[i].ShownName()));
      return;
    }
  }

  const check::CheckedDraft& draft_;
  Finder from_, to_;
  std::vector<Thing> called_;  // those of `from_`, as they are called now
  std::vector<std::pair<std::size_t, Span>> renamed_;
  DiagnosticSink& sink_;
};

}  // namespace

std::optional<std::vector<Renaming>> ReadRenames(const check::CheckedDraft& draft, const check::CheckedDraft& other,
                                                 const std::vector<PlacedText>& renames, DiagnosticSink& sink) {
  // Entities first: what is of them is found by what they are called then.
  std::vector<PlacedText> in_order = renames;
  std::ranges::stable_partition(in_order, [&](const PlacedText& rename) {
    const std::string name = rename.text.substr(0, rename.text.find('='));
    return llvm::any_of(draft.vocabulary->entities, [&](const Entity& entity) { return entity.name == name; });
  });
  return Reader(draft, other, sink).Run(in_order);
}

bool IsOf(const check::CheckedDraft& draft, const PlacedText& rename) {
  DiagnosticSink unsaid;
  return !Finder(draft, unsaid).Find(SidesOf(rename).front()).empty();
}

std::shared_ptr<const check::CheckedDraft> Renamed(const check::CheckedDraft& draft,
                                                   const std::vector<Renaming>& renamings) {
  auto renamed = std::make_shared<check::CheckedDraft>(draft);
  auto words = std::make_shared<Vocabulary>(*draft.vocabulary);
  const auto call_as = [](auto& declared, const Renaming& as) {
    declared.name = as.name;
    if constexpr (requires { declared.arguments; }) declared.arguments = as.arguments;
  };
  for (const Renaming& as : renamings) {
    if (as.sort == Sort::kFact) call_as(words->facts[FactId(as.id)], as);
    if (as.sort == Sort::kTerm) call_as(renamed->terms[check::TermId(as.id)], as);
    if (as.sort == Sort::kDecision) call_as(renamed->decisions[check::DecisionId(as.id)], as);
    if (as.sort == Sort::kOption) call_as(renamed->options[check::OptionId(as.id)], as);
    if (as.sort == Sort::kEntity) call_as(words->entities[EntityId(as.id)], as);
    if (as.sort == Sort::kEnumeration) call_as(words->enums[EnumId(as.id)], as);
  }
  renamed->vocabulary = std::move(words);
  return renamed;
}

}  // namespace proviso::compare
