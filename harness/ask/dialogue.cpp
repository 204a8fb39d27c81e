#include "harness/ask/dialogue.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <utility>

#include "compiler/diagnostics/render.h"
#include "harness/ask/question_text.h"
#include "harness/ask/read_answer.h"
#include "harness/report/case_run.h"
#include "harness/scenario/suite_parts.h"
#include "llvm/ADT/StringRef.h"

namespace proviso::ask {
namespace {

using diagnostics::DiagnosticSink;
using Effect = Dialogue::Reply::Effect;

bool IsUndetermined(const reference::Outcome& outcome) { return !outcome.determined && !outcome.error; }

const Type& TypeOf(const Vocabulary& vocabulary, const MissingFact& fact) { return vocabulary.facts[fact.fact].type; }

/// `treatment: prohibited where ai_compute is alt_1; notifiable elsewhere`.
std::string Summary(const report::CaseRun& run) {
  const report::CaseRun::Decision& decision = run.decisions.front();
  std::string text;
  for (const report::AnswerGroup& group : decision.groups) {
    const bool is_rest = decision.groups.size() > 1 && &group == &decision.groups.back();
    const std::string where = is_rest ? " elsewhere" : group.where.empty() ? "" : " where " + group.where;
    text += (text.empty() ? "" : "; ") + report::AnswerText(run, decision, group.outcome) + where;
  }
  return fmt::format("{}: {}", run.draft->decisions[decision.id].name, text);
}

}  // namespace

Dialogue::Dialogue(const load::LoadedDraft& draft, Case facts, std::vector<lower::OptionProduct> chosen,
                   std::vector<check::DecisionId> decisions, source::SourceFiles& files, report::Style style)
    : draft_(draft),
      vocabulary_(*draft.draft->vocabulary),
      chosen_(std::move(chosen)),
      decisions_(std::move(decisions)),
      files_(files),
      style_(style) {
  history_.push_back({.facts = std::move(facts), .unknown = {}, .alone = {}, .question = {}, .settled = {}});
  if (!Advance(history_.back())) history_.back().question.reset();
}

const Question* Dialogue::Current() const {
  const std::optional<Question>& question = history_.back().question;
  return question ? &*question : nullptr;
}

Dialogue::Reply Dialogue::Take(std::string_view line) {
  llvm::StringRef word = llvm::StringRef(line).trim();
  if (source::FindInvalidUtf8(line)) return {Effect::kRefused, "this is not text in UTF-8\n"};
  if (Current() == nullptr) return {Effect::kStopped, ""};
  if (IsMemberName(vocabulary_, *Current(), word)) return Answer(word);
  word.consume_front("/");
  if (word == "quit") return {Effect::kStopped, ""};
  if (word == "?") return {Effect::kMore, MoreText(*draft_.draft, history_.back().facts, *Current())};
  if (word == "unknown") return Unknown();
  if (word != "back") return Answer(word);
  if (history_.size() == 1) return {Effect::kRefused, "this is the first question\n"};
  history_.pop_back();
  return {};
}

Dialogue::Reply Dialogue::Answer(std::string_view line) {
  const State& now = history_.back();
  const FileId file = files_.Add("answer", std::string(line));
  const Span span = {file, 0, static_cast<std::uint32_t>(line.size())};
  DiagnosticSink sink;
  const Fact& fact = vocabulary_.facts[now.question->facts.front().fact];
  const bool takes_assumed = line.empty() && now.question->kind == Question::Kind::kFact && fact.assumed;
  if (line.empty() && !takes_assumed)
    return {Effect::kRefused, "an answer is needed: `unknown` where it is not known, `?` says more\n"};
  const std::optional<Given> given = takes_assumed
                                         ? std::optional<Given>(*fact.assumed)
                                         : ReadAnswer(vocabulary_, now.facts, *now.question, line, span, sink);
  if (!given) return {Effect::kRefused, Refusal(sink)};
  State next = now;
  Give(next, *now.question, *given);
  return GoOn(std::move(next), sink, span);
}

Dialogue::Reply Dialogue::Unknown() {
  State next = history_.back();
  const Question question = *next.question;
  const MissingFact& first = question.facts.front();
  const std::optional<Value>& assumed = vocabulary_.facts[first.fact].assumed;
  if (question.kind == Question::Kind::kWhich) {
    next.alone.insert(question.facts.begin(), question.facts.end());
  } else if (assumed) {  // so it is wherever a case is silent
    FactState& state = next.facts.State(vocabulary_, first.instance, first.fact);
    state = {.value = assumed, .assumed = true, .span = {}};
  } else {
    next.unknown.insert(first);
  }
  DiagnosticSink sink;
  return GoOn(std::move(next), sink, {});
}

Dialogue::Reply Dialogue::GoOn(State next, DiagnosticSink& sink, const Span& span) {
  scenario::CheckAssumptions({&draft_}, next.facts, span, sink);
  if (sink.HasErrors()) return {Effect::kRefused, Refusal(sink)};
  if (!Advance(next)) {
    return {Effect::kRefused,
            "no case is like this: it cannot go with the other answers and what the vocabulary assumes\n"};
  }
  history_.push_back(std::move(next));
  return {};
}

std::string Dialogue::Refusal(const DiagnosticSink& sink) const {
  return diagnostics::RenderText(sink.Sorted(), files_, {.colour = style_.colour});
}

bool Dialogue::Advance(State& state) const {
  state.question.reset();
  state.settled.clear();
  for (; state.decision < decisions_.size(); ++state.decision) {
    const auto answer = std::make_shared<lower::Answer>(draft_.draft, state.facts, chosen_, decisions_[state.decision],
                                                        lower::kMaxNodes, lower::Variables::kAll);
    if (answer->TooLargeAt()) return true;  // there is nothing to go by
    const lower::DecisionAnswer& decision = answer->Decisions().front();
    if (decision.groups.empty()) return false;
    state.question = Next(state, decision);
    if (state.question) return true;
    state.settled.push_back(Summary(report::GroupAnswers(answer, draft_.draft, state.facts)));
  }
  return true;
}

std::optional<Question> Dialogue::Next(const State& state, const lower::DecisionAnswer& answer) const {
  for (const lower::AnswerGroup& group : answer.groups) {
    if (!IsUndetermined(group.outcome)) continue;
    for (const MissingFact& fact : group.outcome.missing) {
      if (!state.unknown.contains(fact)) return MakeQuestion(state, answer.decision, group.outcome.missing, fact);
    }
  }
  return std::nullopt;
}

Question Dialogue::MakeQuestion(const State& state, check::DecisionId decision, const std::vector<MissingFact>& missing,
                                const MissingFact& first) const {
  const auto is_list = [&](const MissingFact& fact) { return TypeOf(vocabulary_, fact).kind == TypeKind::kList; };
  if (!is_list(first)) return {Question::Kind::kFact, decision, {first}};
  std::vector<MissingFact> together;
  for (const MissingFact& fact : missing) {
    const bool is_open = !state.unknown.contains(fact) && !state.alone.contains(fact);
    if (is_open && is_list(fact) && fact.instance == first.instance && !TypeOf(vocabulary_, fact).or_none)
      together.push_back(fact);
  }
  if (together.size() < 2 || !llvm::is_contained(together, first)) return {Question::Kind::kCount, decision, {first}};
  std::ranges::sort(together, {}, [&](const MissingFact& fact) { return vocabulary_.facts[fact.fact].position; });
  return {Question::Kind::kWhich, decision, std::move(together)};
}

void Dialogue::Give(State& state, const Question& question, const Given& given) const {
  const MissingFact& first = question.facts.front();
  if (const auto* const elements = std::get_if<Elements>(&given)) return GiveElements(state, first, elements->count);
  if (const auto* const lists = std::get_if<ListsWithAny>(&given)) {
    for (std::size_t i = 0; i < question.facts.size(); ++i) {
      if (llvm::is_contained(lists->places, i)) {
        state.alone.insert(question.facts[i]);
      } else {
        GiveElements(state, question.facts[i], 0);
      }
    }
    return;
  }
  const auto& value = std::get<Value>(given);
  const Type& type = TypeOf(vocabulary_, first);
  FactState& fact = state.facts.State(vocabulary_, first.instance, first.fact);
  fact.value = value;
  if (type.kind != TypeKind::kEntity || IsNone(value)) return;
  const std::string path = FactPath(state.facts, vocabulary_, first.instance, first.fact);
  const InstanceId made = AddInstance(state.facts, vocabulary_, type.entity, path);
  state.facts.State(vocabulary_, first.instance, first.fact).value = EntityValue{made};
}

void Dialogue::GiveElements(State& state, const MissingFact& list, std::size_t count) const {
  ListValue elements;
  const std::string path = FactPath(state.facts, vocabulary_, list.instance, list.fact);
  for (std::size_t i = 0; i < count; ++i) {
    elements.elements.push_back(
        AddInstance(state.facts, vocabulary_, TypeOf(vocabulary_, list).entity, fmt::format("{}[{}]", path, i)));
  }
  state.facts.State(vocabulary_, list.instance, list.fact).value = std::move(elements);
}

Case Dialogue::Facts() const {
  Case facts = history_.back().facts;
  FillAssumed(facts, vocabulary_);
  return facts;
}

}  // namespace proviso::ask
