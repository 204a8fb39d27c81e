// vocabulary.h: what the world of one regulation looks like: units, enumerations, entities and their facts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/base/citation.h"
#include "runtime/base/cost.h"
#include "runtime/base/exact.h"
#include "runtime/base/ids.h"
#include "runtime/base/span.h"
#include "runtime/base/value.h"

namespace proviso {

using UnitId = Id<struct UnitTag>;
using EnumId = Id<struct EnumTag>;
using EntityId = Id<struct EntityTag>;
using FactId = Id<struct FactTag>;
using NamedSetId = Id<struct NamedSetTag>;

enum class TypeKind : std::uint8_t {
  kBoolean,
  kInteger,
  kDecimal,  // exact, `digits` after the point; `percent` is one with six
  kReal,     // binary64
  kRatio,    // exact fraction, computed only
  kDate,
  kDays,
  kEnum,
  kSet,  // of an enumeration's members
  kEntity,
  kList,  // of entities
};

/// The type of a fact, a term, a decision or an expression. Quantities are held in `unit`.
struct Type {
  TypeKind kind = TypeKind::kBoolean;
  std::uint8_t digits = 0;  // kDecimal
  bool is_percent = false;  // kDecimal shown as a percentage
  bool or_none = false;     // there may be no value
  UnitId unit;              // kInteger, kDecimal, kReal, kRatio; invalid for plain numbers
  EnumId enumeration;       // kEnum, kSet
  EntityId entity;          // kEntity, kList

  bool operator==(const Type&) const = default;

  [[nodiscard]] bool IsExactNumber() const {
    return kind == TypeKind::kInteger || kind == TypeKind::kDecimal || kind == TypeKind::kRatio;
  }
  [[nodiscard]] bool IsNumber() const { return IsExactNumber() || kind == TypeKind::kReal; }
};

/// `unit exaflops = 1000 petaflops`: `factor` (never zero) of `base`. A unit not derived is its own base, factor 1.
struct Unit {
  std::string name;
  std::string description;
  UnitId base;
  Exact factor = 1;
  Span span;
};

struct EnumMember {
  std::string name;
  std::string description;
  std::vector<Citation> cites;
  Span span;
};

struct Enumeration {
  std::string name;
  std::string description;
  bool ordered = false;  // weakest first
  std::vector<EnumMember> members;
  Span span;

  [[nodiscard]] std::optional<std::uint32_t> Find(std::string_view member) const;
};

/// One fact of an entity. A fact with parameters in the text is one of these for each combination of members.
struct Fact {
  std::string name;                    // as declared: `share`
  std::vector<std::string> arguments;  // member names: { "voting" } for `share(voting)`
  Type type;
  std::optional<Value> assumed;    // where a scenario is silent
  std::optional<Cost> controlled;  // the party that the rules speak of can make it otherwise
  std::vector<Citation> cites;
  std::string description;
  EntityId owner;
  std::uint32_t position = 0;  // in the owner's `facts`
  Span span;                   // of the name, where it is declared

  /// `share(voting)`.
  [[nodiscard]] std::string ShownName() const;
};

struct Entity {
  std::string name;
  std::string description;
  std::vector<FactId> facts;  // in the order of the text
  Span span;
};

/// `set countries_of_concern = { … }`.
struct NamedSet {
  std::string name;
  EnumId enumeration;
  MemberSet members;
  std::vector<Citation> cites;
  std::string description;
  Span span;
};

struct Vocabulary {
  std::string name;
  std::string description;
  Store<UnitId, Unit> units;
  Store<EnumId, Enumeration> enums;
  Store<EntityId, Entity> entities;
  Store<FactId, Fact> facts;
  Store<NamedSetId, NamedSet> sets;
  EntityId case_entity;  // what one scenario describes; invalid where that is left to vocabularies that use this one

  /// The fact of `entity` with this shown name (`share(voting)`), if there is one.
  [[nodiscard]] std::optional<FactId> FindFact(EntityId entity, std::string_view shown_name) const;
};

/// The type as the language writes it: `decimal(2) usd`, `set of EndUse`, `Person or none`.
[[nodiscard]] std::string TypeToText(const Vocabulary& vocabulary, const Type& type);

/// The value as the language writes it, with its unit: `10^25 flop`, `50%`, `yes`, `{ military }`, `2025-01-02`.
/// Entities and lists are shown by how many facts or elements they have.
[[nodiscard]] std::string ValueToText(const Vocabulary& vocabulary, const Type& type, const Value& value);

/// Why a text is not a value of a type; messages name the mend.
struct ValueError {
  enum class Kind : std::uint8_t {
    kNotANumber,
    kWrongUnit,
    kTooManyDigits,
    kOutOfRange,
    kNotADate,
    kNotYesNo,
    kUnknownMember,
    kNotADuration,
    kNotScalar,
    kNoneNotAllowed
  } kind;
  std::string message;     // in the reader's terms, quoting the text
  std::string suggestion;  // the nearest name, or empty
};

/// Reads one scalar as the language's literals are read: `1.3e24 flop`, `50%`, `$2,000,000`, `yes`, a member's
/// name, a date, `30 days`, `none`. A number without a unit is in `default_unit` where that is given, else it
/// must not need one: a quantity without its unit is an error.
[[nodiscard]] std::variant<Value, ValueError> ParseValue(const Vocabulary& vocabulary, const Type& type,
                                                         std::string_view text, UnitId default_unit = UnitId());

/// A number and its unit, as the type's own value: converts exactly to the type's unit, then rounds once for
/// `real` or requires it to fit for an exact type. `unit` invalid: a plain number.
[[nodiscard]] std::variant<Value, ValueError> QuantityValue(const Vocabulary& vocabulary, const Type& type,
                                                            const Exact& number, UnitId unit,
                                                            std::string_view shown_text);

}  // namespace proviso
