#include "harness/report/checked_nodes.h"

namespace proviso::report {
namespace {

Node UnitNode(const Vocabulary& vocabulary, const Unit& unit) {
  Node node = Node{.kind = "Unit", .span = unit.span}.With("name", unit.name);
  if (unit.base.IsValid() && vocabulary.units[unit.base].name != unit.name) {
    node.With("factor", unit.factor.ToPlainText()).With("base", vocabulary.units[unit.base].name);
  }
  return node.With("description", unit.description);
}

Node EnumNode(const Enumeration& enumeration) {
  Node node{.kind = enumeration.ordered ? "OrderedEnum" : "Enum", .span = enumeration.span};
  node.With("name", enumeration.name).With("description", enumeration.description);
  for (const EnumMember& member : enumeration.members) {
    node.Add("", Node{.kind = "Member", .span = member.span}
                     .With("name", member.name)
                     .WithCites(member.cites)
                     .With("description", member.description));
  }
  return node;
}

Node SetNode(const Vocabulary& vocabulary, const NamedSet& set) {
  std::vector<std::string> members;
  for (const std::uint32_t member : set.members.members) {
    members.push_back(vocabulary.enums[set.enumeration].members[member].name);
  }
  return Node{.kind = "Set", .span = set.span}
      .With("name", set.name)
      .With("of", vocabulary.enums[set.enumeration].name)
      .WithAll("members", std::move(members))
      .WithCites(set.cites);
}

Node FactNode(const Vocabulary& vocabulary, const Fact& fact) {
  return Node{.kind = "Fact", .span = fact.span}
      .With("name", fact.ShownName())
      .With("type", TypeToText(vocabulary, fact.type))
      .With("assumed", fact.assumed ? ValueToText(vocabulary, fact.type, *fact.assumed) : "")
      .With("control", fact.controlled ? std::string(ControlToText(*fact.controlled)) : "")
      .WithCites(fact.cites)
      .With("description", fact.description);
}

Node EntityNode(const Vocabulary& vocabulary, const Entity& entity) {
  Node node{.kind = "Entity", .span = entity.span};
  node.With("name", entity.name).With("description", entity.description);
  for (const FactId fact : entity.facts) node.Add("", FactNode(vocabulary, vocabulary.facts[fact]));
  return node;
}

}  // namespace

Node VocabularyNode(const Vocabulary& vocabulary) {
  Node node = Node{.kind = "Vocabulary"}.With("name", vocabulary.name).With("description", vocabulary.description);
  if (vocabulary.case_entity.IsValid()) node.With("case", vocabulary.entities[vocabulary.case_entity].name);
  for (const Unit& unit : vocabulary.units) node.Add("", UnitNode(vocabulary, unit));
  for (const Enumeration& enumeration : vocabulary.enums) node.Add("", EnumNode(enumeration));
  for (const NamedSet& set : vocabulary.sets) node.Add("", SetNode(vocabulary, set));
  for (const Entity& entity : vocabulary.entities) node.Add("", EntityNode(vocabulary, entity));
  return node;
}

}  // namespace proviso::report
