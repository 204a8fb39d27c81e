#include "tests/support/read_rules.h"

#include <fmt/format.h>

#include "compiler/diagnostics/render.h"

namespace proviso::tests {
namespace {

/// The facts of a case, each on a line of its own, as `--fact` takes them.
std::string CaseText(const Vocabulary& vocabulary, const Case& facts) {
  std::string text;
  for (std::size_t i = 0; i < facts.instances.size(); ++i) {
    const InstanceId instance(i);
    for (const FactId id : vocabulary.entities[facts.instances[instance].entity].facts) {
      const Fact& fact = vocabulary.facts[id];
      const auto& value = facts.State(vocabulary, instance, id).value;
      const std::string path = FactPath(facts, vocabulary, instance, id);
      if (value && std::holds_alternative<ListValue>(*value)) {
        text += fmt::format("{}: {} elements\n", path, std::get<ListValue>(*value).elements.size());
      } else if (!value || !std::holds_alternative<EntityValue>(*value)) {
        text += fmt::format("{}: {}\n", path, value ? ValueToText(vocabulary, fact.type, *value) : "unknown");
      }
    }
  }
  return text;
}

}  // namespace

ReadRules::ReadRules(const Scratch& scratch, RulesText text) : text_(std::move(text)) {
  scratch.Write("vocabulary.pvo", text_.vocabulary);
  scratch.Write("draft.pvo", text_.draft);
  scratch.Write("amending.pvo", text_.amending);
  const auto path = scratch.Folder() / (text_.amending.empty() ? "draft.pvo" : "amending.pvo");
  loaded_ = workspace_.Draft(path.string());
}

const load::LoadedDraft* ReadRules::ReadBeside(const Scratch& scratch, const std::string& name,
                                               const std::string& text) {
  scratch.Write(name, text);
  return workspace_.Draft((scratch.Folder() / name).string());
}

std::string ReadRules::Say(const std::string& complaint) {
  return fmt::format("{}\n{}\n{}\n{}{}\n", text_.vocabulary, text_.draft, text_.amending,
                     diagnostics::RenderText(workspace_.Sink().Sorted(), workspace_.Files()), complaint);
}

std::string ReadRules::SayOf(const Case& facts, check::DecisionId decision, const check::OptionSet& options,
                             const std::string& complaint) {
  std::string chosen;
  for (const std::uint32_t alternative : options) chosen += fmt::format(" {}", alternative);
  return Say(fmt::format("{}\noptions:{}\n{}: {}", CaseText(*Draft().vocabulary, facts), chosen,
                         Draft().decisions[decision].name, complaint));
}

std::string ReadRules::ValueText(check::DecisionId decision, const Value& value) const {
  return ValueToText(*Draft().vocabulary, Draft().decisions[decision].type, value);
}

std::string ReadRules::ValuesText(check::DecisionId decision, const std::vector<Value>& values) const {
  std::string text;
  for (const Value& value : values) text += " " + ValueText(decision, value);
  return text;
}

std::string ReadRules::OutcomeText(check::DecisionId decision, const reference::Outcome& outcome) const {
  if (outcome.error) return outcome.error->message;
  return (outcome.determined ? "" : "undetermined") + ValuesText(decision, outcome.possible);
}

}  // namespace proviso::tests
