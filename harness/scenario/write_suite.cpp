#include "harness/scenario/write_suite.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>

#include <filesystem>
#include <utility>
#include <vector>

#include "compiler/lower/option_cover.h"
#include "harness/scenario/suite.h"
#include "harness/scenario/yaml.h"

namespace proviso::scenario {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

void AddIndented(Lines& to, const std::string& first, const std::string& others, const Lines& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) to.push_back((i == 0 ? first : others) + lines[i]);
}

class FactWriter {
 public:
  FactWriter(const Case& facts, const Vocabulary& vocabulary) : facts_(facts), vocabulary_(vocabulary) {}

  /// A line or more for each fact that is known, paths beginning with `prefix`.
  Lines Write(InstanceId instance, const std::string& prefix) const {
    Lines lines;
    for (const FactId id : vocabulary_.entities[facts_.instances[instance].entity].facts) {
      const FactState& state = facts_.State(vocabulary_, instance, id);
      if (state.value && !state.assumed) Add(lines, vocabulary_.facts[id], prefix, *state.value);
    }
    return lines;
  }

 private:
  void Add(Lines& lines, const Fact& fact, const std::string& prefix, const Value& value) const {
    const std::string path = prefix + fact.ShownName();
    if (const auto* const entity = std::get_if<EntityValue>(&value)) {
      AddEntity(lines, fact, path, entity->instance);
    } else if (const auto* const list = std::get_if<ListValue>(&value)) {
      lines.push_back(path + (list->elements.empty() ? ": []" : ":"));
      for (const InstanceId element : list->elements) {
        const Lines below = Write(element, "");
        AddIndented(lines, "  - ", "    ", below.empty() ? Lines{"{}"} : below);
      }
    } else {
      lines.push_back(path + ": " + SuiteValueText(vocabulary_, fact.type, value));
    }
  }

  /// One that is always there needs no line of its own.
  void AddEntity(Lines& lines, const Fact& fact, const std::string& path, InstanceId instance) const {
    if (!fact.type.or_none) return AddIndented(lines, "", "", Write(instance, path + "."));
    const Lines below = Write(instance, "");
    lines.push_back(path + (below.empty() ? ": {}" : ":"));
    AddIndented(lines, "  ", "  ", below);
  }

  const Case& facts_;
  const Vocabulary& vocabulary_;
};

/// Under which option sets, and what is then expected, a line each.
struct WrittenClause {
  std::string under;
  Lines decisions;
};

std::vector<WrittenClause> ClausesOf(lower::Answer& answer) {
  const check::CheckedDraft& draft = *answer.Draft().draft;
  graph::Graph& graph = answer.Graph();
  std::vector<WrittenClause> clauses;
  for (const lower::DecisionAnswer& decided : answer.Decisions()) {
    const check::Decision& decision = draft.decisions[decided.decision];
    for (const lower::AnswerGroup& group : decided.groups) {
      if (group.outcome.error) continue;
      const std::string outcome = group.outcome.determined
                                      ? SuiteValueText(*draft.vocabulary, decision.type, group.outcome.value())
                                      : "undetermined";
      const auto products =
          lower::CoverOptionSets(graph, answer.Draft(), group.option_sets, graph.Not(answer.Draft().option_sets));
      for (const lower::OptionProduct& product : products) {
        const std::string under = UnderText(draft, product);
        auto clause = llvm::find_if(clauses, [&](const WrittenClause& one) { return one.under == under; });
        if (clause == clauses.end()) clause = clauses.insert(clauses.end(), {under, {}});
        clause->decisions.push_back(fmt::format("{}: {}", decision.name, outcome));
      }
    }
  }
  return clauses;
}

Lines ExpectLines(lower::Answer& answer) {
  const std::vector<WrittenClause> clauses = ClausesOf(answer);
  if (clauses.size() == 1 && clauses.front().under.empty()) return clauses.front().decisions;
  Lines lines;
  for (const WrittenClause& clause : clauses) {
    Lines one = clause.decisions;
    if (!clause.under.empty()) one.insert(one.begin(), "under: " + clause.under);
    AddIndented(lines, "- ", "  ", one);
  }
  return lines;
}

std::string ScenarioText(const NewScenario& scenario, std::size_t indent) {
  const check::CheckedDraft& draft = *scenario.answer.Draft().draft;
  const Lines facts = FactWriter(scenario.facts, *draft.vocabulary).Write(scenario.facts.root, "");
  Lines lines = {"- name: " + YamlText(scenario.name)};
  if (!scenario.source.empty()) lines.push_back("  source: " + YamlText(scenario.source));
  if (scenario.is_unreviewed) lines.emplace_back("  status: unreviewed");
  lines.emplace_back(facts.empty() ? "  facts: {}" : "  facts:");
  AddIndented(lines, "    ", "    ", facts);
  lines.emplace_back("  expect:");
  for (lower::Answer* const answer : {&scenario.answer, scenario.other}) {
    if (answer == nullptr) continue;
    lines.push_back("    " + answer->Draft().draft->name + ":");
    AddIndented(lines, "      ", "      ", ExpectLines(*answer));
  }
  std::string text;
  for (const std::string& line : lines) text += std::string(indent, ' ') + line + "\n";
  return text;
}

/// How far the items of `scenarios` are indented; nothing where they are not a line each.
std::optional<std::size_t> IndentOf(load::Workspace& workspace, FileId file) {
  const auto document = ReadYaml(workspace.Files(), file, workspace.Sink());
  const YamlEntry* const entry = document ? document->Find(document->Root(), "scenarios") : nullptr;
  if (entry == nullptr || !(*document)[entry->value].IsSequence()) return std::nullopt;
  const YamlNode& item = (*document)[(*document)[entry->value].items.back()];
  const std::uint32_t column = workspace.Files().Locate(file, item.span.begin).column;
  return column < 3 ? std::nullopt : std::optional<std::size_t>(column - 3);
}

}  // namespace

Case WithAssumed(const Vocabulary& vocabulary, Case facts) {
  for (Instance& instance : facts.instances) {
    for (const FactId id : vocabulary.entities[instance.entity].facts) {
      const Fact& fact = vocabulary.facts[id];
      FactState& state = instance.facts[fact.position];
      if (fact.assumed && state.value == fact.assumed) state.assumed = true;
    }
  }
  return facts;
}

std::string YamlText(const std::string& text) {
  const auto is_harmless = [](char c) { return llvm::isAlnum(c) || c == ' ' || c == '-' || c == '_' || c == '.'; };
  if (!text.empty() && llvm::isAlpha(text.front()) && text.back() != ' ' && llvm::all_of(text, is_harmless))
    return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string UnderText(const check::CheckedDraft& draft, const lower::OptionProduct& product) {
  std::string text;
  for (std::size_t i = 0; i < product.size(); ++i) {
    const check::Option& option = draft.options[check::OptionId(i)];
    if (product[i].empty()) continue;
    Lines names;
    for (const std::uint32_t alternative : product[i]) names.push_back(option.alternatives[alternative].name);
    const std::string chosen = names.size() == 1 ? names.front() : "[" + llvm::join(names, ", ") + "]";
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", option.name, chosen);
  }
  return text.empty() ? "" : "{ " + text + " }";
}

std::string SuiteValueText(const Vocabulary& vocabulary, const Type& type, const Value& value) {
  if (const auto* const set = std::get_if<MemberSet>(&value)) {
    Lines names;
    for (const std::uint32_t member : set->members)
      names.push_back(vocabulary.enums[type.enumeration].members[member].name);
    return "[" + llvm::join(names, ", ") + "]";
  }
  std::string text = ValueToText(vocabulary, type, value);
  constexpr std::string_view kTimesPower = " × 10^";
  if (const std::size_t at = text.find(kTimesPower); at != std::string::npos) text.replace(at, kTimesPower.size(), "e");
  return text;
}

std::string NewSuiteText(const std::string& path, llvm::ArrayRef<std::string> draft_paths,
                         const NewScenario& scenario) {
  std::error_code ignored;  // the path as it is does too
  const fs::path folder = fs::absolute(path, ignored).lexically_normal().parent_path();
  Lines uses;
  for (const std::string& draft : draft_paths)
    uses.push_back(YamlText(fs::absolute(draft, ignored).lexically_normal().lexically_relative(folder).string()));
  return fmt::format("vocabulary: {}\nuse: [{}]\n\nscenarios:\n\n{}", scenario.answer.Draft().draft->vocabulary->name,
                     llvm::join(uses, ", "), ScenarioText(scenario, 2));
}

std::optional<std::string> TextWithScenario(load::Workspace& workspace, FileId file, const NewScenario& scenario) {
  const std::optional<Suite> before = ReadSuite(workspace, file);
  const std::optional<std::size_t> indent = before ? IndentOf(workspace, file) : std::nullopt;
  if (!indent || before->first_row != before->scenarios.size()) return std::nullopt;
  const auto has_name = [&](const Scenario& one) { return one.name == scenario.name; };
  if (llvm::any_of(before->scenarios, has_name)) return std::nullopt;
  std::string text = workspace.Files()[file].text;
  if (!text.ends_with('\n')) text += '\n';
  text += "\n" + ScenarioText(scenario, *indent);
  const FileId longer = workspace.Files().Add(workspace.Files()[file].path, text);
  const std::optional<Suite> after = ReadSuite(workspace, longer);
  const bool is_one_more = after && after->scenarios.size() == before->scenarios.size() + 1;
  if (!is_one_more || !has_name(after->scenarios.back())) return std::nullopt;
  return text;
}

}  // namespace proviso::scenario
