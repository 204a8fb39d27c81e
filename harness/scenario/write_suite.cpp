#include "harness/scenario/write_suite.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>

#include <filesystem>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/lower/option_cover.h"
#include "harness/scenario/build_case.h"
#include "harness/scenario/suite.h"
#include "harness/scenario/yaml.h"

namespace proviso::scenario {
namespace {

namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

void AddIndented(Lines& to, const std::string& first, const std::string& others, const Lines& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) to.push_back((i == 0 ? first : others) + lines[i]);
}

/// What is said of one fact of the case, be it within entities that are always there.
struct Statement {
  std::string path;
  Lines lines;
  bool is_filled = false;  // `complete` would say the same
};

class FactWriter {
 public:
  /// `complete`: entities of the case of which what `complete` fills in is not said.
  FactWriter(const Case& facts, const Vocabulary& vocabulary, Lines complete = {})
      : facts_(facts), vocabulary_(vocabulary), complete_(std::move(complete)) {}

  [[nodiscard]] std::vector<Statement> Statements() const { return Statements(facts_.root, "", false); }

 private:
  std::vector<Statement> Statements(InstanceId instance, const std::string& prefix, bool is_complete) const {
    std::vector<Statement> statements;
    for (const FactId id : vocabulary_.entities[facts_.instances[instance].entity].facts) {
      const FactState& state = facts_.State(vocabulary_, instance, id);
      if (!state.value || state.assumed) continue;
      const Fact& fact = vocabulary_.facts[id];
      const std::string path = prefix + fact.ShownName();
      const bool is_inside = is_complete || llvm::is_contained(complete_, path);
      const auto* const entity = std::get_if<EntityValue>(&*state.value);
      // One that is always there needs no line of its own.
      if (entity != nullptr && !fact.type.or_none) {
        llvm::append_range(statements, Statements(entity->instance, path + ".", is_inside));
      } else {
        statements.push_back({path, LinesOf(fact, path, *state.value, is_inside), state.value == SilentValue(fact)});
      }
    }
    return statements;
  }

  [[nodiscard]] Lines LinesOf(const Fact& fact, const std::string& path, const Value& value, bool is_complete) const {
    Lines lines;
    if (const auto* const entity = std::get_if<EntityValue>(&value)) {
      const Lines below = Inside(entity->instance, is_complete);
      lines.push_back(path + (below.empty() ? ": {}" : ":"));
      AddIndented(lines, "  ", "  ", below);
    } else if (const auto* const list = std::get_if<ListValue>(&value)) {
      lines.push_back(path + (list->elements.empty() ? ": []" : ":"));
      for (const InstanceId element : list->elements) {
        const Lines below = Inside(element, is_complete);
        AddIndented(lines, "  - ", "    ", below.empty() ? Lines{"{}"} : below);
      }
    } else {
      lines.push_back(path + ": " + SuiteValueText(vocabulary_, fact.type, value));
    }
    return lines;
  }

  [[nodiscard]] Lines Inside(InstanceId instance, bool is_complete) const {
    Lines lines;
    for (const Statement& statement : Statements(instance, "", is_complete)) {
      if (!is_complete || !statement.is_filled) llvm::append_range(lines, statement.lines);
    }
    return lines;
  }

  const Case& facts_;
  const Vocabulary& vocabulary_;
  Lines complete_;
};

Lines AllLines(const Case& facts, const Vocabulary& vocabulary) {
  Lines lines;
  for (const Statement& statement : FactWriter(facts, vocabulary).Statements())
    llvm::append_range(lines, statement.lines);
  return lines;
}

/// What a scenario states beyond its background.
struct WrittenFacts {
  Lines lines;
  Lines complete;
};

WrittenFacts FactsOf(const Case& facts, const Vocabulary& vocabulary, const Background* background) {
  constexpr std::size_t kWorthIt = 3;  // lines that it takes the place of
  std::vector<Statement> below;
  if (background != nullptr) below = FactWriter(background->second, vocabulary).Statements();
  const auto is_said = [&](const Statement& one) {
    return llvm::any_of(below, [&](const Statement& other) { return other.path == one.path; });
  };
  const auto entity_of = [](const Statement& one) { return one.path.substr(0, one.path.find('.')); };
  WrittenFacts written;
  std::map<std::string, std::size_t> filled;
  for (const Statement& one : FactWriter(facts, vocabulary).Statements()) {
    if (one.is_filled && !is_said(one) && llvm::StringRef(one.path).contains('.') &&
        ++filled[entity_of(one)] == kWorthIt)
      written.complete.push_back(entity_of(one));
  }
  for (const Statement& one : FactWriter(facts, vocabulary, written.complete).Statements()) {
    const bool is_left_out = one.is_filled && !is_said(one) && llvm::is_contained(written.complete, entity_of(one));
    const auto is_same = [&](const Statement& other) { return other.path == one.path && other.lines == one.lines; };
    if (!is_left_out && llvm::none_of(below, is_same)) llvm::append_range(written.lines, one.lines);
  }
  return written;
}

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
  const auto [facts, complete] = FactsOf(scenario.facts, *draft.vocabulary, scenario.background);
  Lines lines = {"- name: " + YamlText(scenario.name)};
  if (!scenario.source.empty()) lines.push_back("  source: " + YamlText(scenario.source));
  if (scenario.is_unreviewed) lines.emplace_back("  status: unreviewed");
  if (scenario.background != nullptr) lines.push_back("  background: " + scenario.background->first);
  lines.emplace_back(facts.empty() ? "  facts: {}" : "  facts:");
  AddIndented(lines, "    ", "    ", facts);
  if (!complete.empty()) lines.push_back("  complete: [" + llvm::join(complete, ", ") + "]");
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
                         llvm::ArrayRef<NewScenario> scenarios) {
  std::error_code ignored;  // the path as it is does too
  const fs::path folder = fs::absolute(path, ignored).lexically_normal().parent_path();
  Lines uses;
  for (const std::string& draft : draft_paths)
    uses.push_back(YamlText(fs::absolute(draft, ignored).lexically_normal().lexically_relative(folder).string()));
  const Vocabulary& vocabulary = *scenarios.front().answer.Draft().draft->vocabulary;
  std::string text = fmt::format("vocabulary: {}\nuse: [{}]\n", vocabulary.name, llvm::join(uses, ", "));
  std::vector<const Background*> backgrounds;
  for (const NewScenario& scenario : scenarios) {
    if (scenario.background != nullptr && !llvm::is_contained(backgrounds, scenario.background))
      backgrounds.push_back(scenario.background);
  }
  if (!backgrounds.empty()) text += "\nbackgrounds:\n";
  for (const Background* const background : backgrounds) {
    const Lines facts = AllLines(background->second, vocabulary);
    text += fmt::format("  {}:{}\n", background->first, facts.empty() ? " {}" : "");
    for (const std::string& line : facts) text += "    " + line + "\n";
  }
  text += "\nscenarios:\n";
  for (const NewScenario& scenario : scenarios) text += "\n" + ScenarioText(scenario, 2);
  return text;
}

std::optional<std::string> TextWithScenario(load::Workspace& workspace, FileId file, const NewScenario& added) {
  const std::optional<Suite> before = ReadSuite(workspace, file);
  NewScenario scenario = added;
  const auto is_its = [&](const Background& one) {
    const Vocabulary& vocabulary = *before->vocabulary;
    return one.first == added.background->first &&
           AllLines(one.second, vocabulary) == AllLines(added.background->second, vocabulary);
  };
  if (before && added.background != nullptr && llvm::none_of(before->backgrounds, is_its))
    scenario.background = nullptr;
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
