// sample_vocabulary.h: a small vocabulary for the tests of values and cases.
#pragma once

#include "runtime/base/vocabulary.h"

namespace proviso::sample {

/// usd; flop; petaflops; exaflops = 1000 petaflops.
/// enum EndUse { military, cybersecurity, robotics }
/// enum Share { voting, board }
/// entity Deal { target : Person, partner : Person or none, passive : boolean assumed no }
/// entity Person { share(voting) : percent assumed 0%, share(board) : percent assumed 0%,
///                 systems : list of System, holder : Person }
/// entity System { compute : real flop }
/// case Deal
struct Sample {
  Vocabulary vocabulary;
  UnitId usd, flop, petaflops, exaflops;
  EnumId end_use, share;
  EntityId deal, person, system;
  FactId target, partner, passive, voting, board, systems, holder, compute;
};

inline UnitId AddUnit(Vocabulary& vocabulary, std::string name) {
  const UnitId id(vocabulary.units.size());
  return vocabulary.units.Add({.name = std::move(name), .base = id});
}

inline EnumId AddEnum(Vocabulary& vocabulary, std::string name, const std::vector<std::string>& members) {
  Enumeration enumeration{.name = std::move(name)};
  for (const std::string& member : members) enumeration.members.push_back({.name = member});
  return vocabulary.enums.Add(std::move(enumeration));
}

inline FactId AddFact(Vocabulary& vocabulary, EntityId owner, Fact fact) {
  std::vector<FactId>& facts = vocabulary.entities[owner].facts;
  fact.owner = owner;
  fact.position = static_cast<std::uint32_t>(facts.size());
  facts.push_back(vocabulary.facts.Add(std::move(fact)));
  return facts.back();
}

inline Type Percent() { return {.kind = TypeKind::kDecimal, .digits = 6, .is_percent = true}; }

inline Sample MakeSample() {
  Sample s;
  Vocabulary& v = s.vocabulary;
  s.usd = AddUnit(v, "usd");
  s.flop = AddUnit(v, "flop");
  s.petaflops = AddUnit(v, "petaflops");
  s.exaflops = v.units.Add({.name = "exaflops", .base = s.petaflops, .factor = 1000});
  s.end_use = AddEnum(v, "EndUse", {"military", "cybersecurity", "robotics"});
  s.share = AddEnum(v, "Share", {"voting", "board"});
  s.deal = v.entities.Add({.name = "Deal"});
  s.person = v.entities.Add({.name = "Person"});
  s.system = v.entities.Add({.name = "System"});
  v.case_entity = s.deal;
  const Type person = {.kind = TypeKind::kEntity, .entity = s.person};
  s.target = AddFact(v, s.deal, {.name = "target", .type = person});
  s.partner =
      AddFact(v, s.deal, {.name = "partner", .type = {.kind = TypeKind::kEntity, .or_none = true, .entity = s.person}});
  s.passive = AddFact(v, s.deal, {.name = "passive", .type = {.kind = TypeKind::kBoolean}, .assumed = Value(false)});
  s.voting =
      AddFact(v, s.person, {.name = "share", .arguments = {"voting"}, .type = Percent(), .assumed = Value(Exact(0))});
  s.board =
      AddFact(v, s.person, {.name = "share", .arguments = {"board"}, .type = Percent(), .assumed = Value(Exact(0))});
  s.systems = AddFact(v, s.person, {.name = "systems", .type = {.kind = TypeKind::kList, .entity = s.system}});
  s.holder = AddFact(v, s.person, {.name = "holder", .type = person});
  s.compute = AddFact(v, s.system, {.name = "compute", .type = {.kind = TypeKind::kReal, .unit = s.flop}});
  return s;
}

}  // namespace proviso::sample
