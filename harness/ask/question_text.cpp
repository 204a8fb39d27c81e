#include "harness/ask/question_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace proviso::ask {
namespace {

using report::Ink;
using report::Style;

/// One choice: its name, what it is, where it stands.
struct Choice {
  std::string name;
  std::string description;
  const std::vector<Citation>* cites;
};

const Fact& FirstOf(const Vocabulary& vocabulary, const Question& question) {
  return vocabulary.facts[question.facts.front().fact];
}

std::string PathOf(const Vocabulary& vocabulary, const Case& facts, const Question& question) {
  const MissingFact& first = question.facts.front();
  if (question.kind == Question::Kind::kWhich) return facts.instances[first.instance].path;
  return FactPath(facts, vocabulary, first.instance, first.fact);
}

std::string CitesText(const std::vector<Citation>& cites) {
  std::string text;
  for (const Citation& cite : cites) text += (text.empty() ? "" : ", ") + cite.text;
  return text;
}

std::vector<Choice> ChoicesOf(const Vocabulary& vocabulary, const Question& question) {
  std::vector<Choice> choices;
  if (question.kind == Question::Kind::kWhich) {
    for (const MissingFact& one : question.facts) {
      const Fact& fact = vocabulary.facts[one.fact];
      choices.push_back({fact.ShownName(), fact.description, &fact.cites});
    }
    return choices;
  }
  const Type& type = FirstOf(vocabulary, question).type;
  if (type.kind != TypeKind::kEnum && type.kind != TypeKind::kSet) return choices;
  for (const EnumMember& member : vocabulary.enums[type.enumeration].members)
    choices.push_back({member.name, member.description, &member.cites});
  return choices;
}

std::string Quantity(const Vocabulary& vocabulary, const Type& type, std::string_view kind) {
  if (type.is_percent) return "a percentage, such as 12.5%";
  const std::string unit = type.unit.IsValid() ? " in " + vocabulary.units[type.unit].name : "";
  return std::string(kind) + unit;
}

/// What can be answered, but for commands: `yes or no`.
std::string Wanted(const Vocabulary& vocabulary, const Question& question) {
  if (question.kind == Question::Kind::kWhich) return "numbers or names with commas between them, or none";
  const Type& type = FirstOf(vocabulary, question).type;
  if (question.kind == Question::Kind::kCount) return "how many are there?";
  switch (type.kind) {
    case TypeKind::kBoolean:
      return "yes or no";
    case TypeKind::kEnum:
      return "a number or name";
    case TypeKind::kSet:
      return "numbers or names with commas between them, or none";
    case TypeKind::kDate:
      return "a date, such as 2025-01-31";
    case TypeKind::kDays:
      return "a number of days, such as 30 days";
    case TypeKind::kEntity:
      return "yes, there is one";
    case TypeKind::kInteger:
      return Quantity(vocabulary, type, "a whole number");
    default:
      return Quantity(vocabulary, type, "a number");
  }
}

std::string WantedInFull(const Vocabulary& vocabulary, const Question& question) {
  std::string text = Wanted(vocabulary, question);
  const Fact& fact = FirstOf(vocabulary, question);
  if (fact.type.or_none && fact.type.kind != TypeKind::kSet) text += ", or none";
  if (question.kind == Question::Kind::kFact && fact.assumed)
    text += fmt::format("; nothing for {}, which is assumed", ValueToText(vocabulary, fact.type, *fact.assumed));
  return text;
}

std::string Asked(const Vocabulary& vocabulary, const Case& facts, const Question& question) {
  if (question.kind == Question::Kind::kWhich) {
    const std::string path = PathOf(vocabulary, facts, question);
    return path.empty() ? "Are there any of these?" : fmt::format("Of {}, are there any of these?", path);
  }
  const Fact& fact = FirstOf(vocabulary, question);
  return fact.description.empty() ? fact.ShownName() + "?" : fact.description;
}

std::string ChoicesText(const std::vector<Choice>& choices, const Style& style) {
  std::size_t width = 0;
  for (const Choice& choice : choices) width = std::max(width, report::Columns(choice.name));
  std::string text;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string cites = CitesText(*choices[i].cites);
    std::string line =
        fmt::format("     {}  {}", report::PaddedLeft(std::to_string(i + 1), 2),
                    report::Padded(choices[i].name, choices[i].description.empty() && cites.empty() ? 0 : width));
    if (!choices[i].description.empty()) line += "  " + choices[i].description;
    if (!cites.empty()) line += "  " + style.Paint(Ink::kFaint, cites);
    text += line + "\n";
  }
  return text;
}

}  // namespace

std::string QuestionText(const Vocabulary& vocabulary, const Case& facts, const Question& question, std::size_t number,
                         const Style& style) {
  std::string about;
  if (question.kind != Question::Kind::kWhich) {
    about = PathOf(vocabulary, facts, question);
    const std::string cites = CitesText(FirstOf(vocabulary, question).cites);
    if (!cites.empty()) about += "  " + cites;
    about = "    " + style.Paint(Ink::kFaint, about) + "\n";
  }
  return fmt::format("{} {}\n{}{}    {}\n", report::PaddedLeft(std::to_string(number) + ".", 3),
                     style.Paint(Ink::kStrong, Asked(vocabulary, facts, question)), about,
                     ChoicesText(ChoicesOf(vocabulary, question), style), WantedInFull(vocabulary, question));
}

std::string MoreText(const check::CheckedDraft& draft, const Case& facts, const Question& question) {
  const Vocabulary& vocabulary = *draft.vocabulary;
  const std::string& decision = draft.decisions[question.decision].name;
  std::string text = fmt::format("    `{}` is not settled without it.\n", decision);
  for (const MissingFact& one : question.facts) {
    const Fact& fact = vocabulary.facts[one.fact];
    text += fmt::format("    {} : {}\n", FactPath(facts, vocabulary, one.instance, one.fact),
                        TypeToText(vocabulary, fact.type));
    if (fact.type.unit.IsValid() && !vocabulary.units[fact.type.unit].description.empty())
      text += fmt::format("    {}: {}\n", vocabulary.units[fact.type.unit].name,
                          vocabulary.units[fact.type.unit].description);
    if (fact.type.entity.IsValid() && !vocabulary.entities[fact.type.entity].description.empty())
      text += fmt::format("    {}: {}\n", vocabulary.entities[fact.type.entity].name,
                          vocabulary.entities[fact.type.entity].description);
  }
  const Entity& owner = vocabulary.entities[FirstOf(vocabulary, question).owner];
  if (!owner.description.empty()) text += fmt::format("    of {}: {}\n", owner.name, owner.description);
  return text +
         "    unknown   it is not known, and will not be asked again\n"
         "    back      to the question before\n"
         "    quit      end here, with what is known so far\n"
         "    A slash before one of these tells it from an answer.\n";
}

}  // namespace proviso::ask
