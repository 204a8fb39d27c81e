// dialogue.h: asks for the facts of a case that still matter, one by one, the most informative first.
//
// A state machine without a terminal: it takes a line and gives what to show. What it asks, it asks because some
// decision, under some option set, is not settled without it.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/load/workspace.h"
#include "compiler/lower/answer.h"
#include "harness/ask/question.h"
#include "harness/ask/read_answer.h"
#include "harness/report/style.h"
#include "runtime/base/case.h"

namespace proviso::ask {

class Dialogue {
 public:
  /// Asks until each of `decisions`, in turn, is settled under all option sets that belong to all of `chosen`, or rests
  /// on what is said to be unknown. The draft must outlive it; answers are added to `files`, for messages.
  Dialogue(const load::LoadedDraft& draft, Case facts, std::vector<lower::OptionProduct> chosen,
           std::vector<check::DecisionId> decisions, source::SourceFiles& files, report::Style style);

  /// What is asked now; nothing where all is settled.
  [[nodiscard]] const Question* Current() const;
  /// What came to be settled before the current question and not before the one before it, a line each.
  [[nodiscard]] const std::vector<std::string>& Settled() const { return history_.back().settled; }
  /// Answers that count: those stepped back over do not.
  [[nodiscard]] std::size_t Answered() const { return history_.size() - 1; }

  struct Reply {
    enum class Effect : std::uint8_t {
      kTaken,    // on to another question, or the end
      kRefused,  // no answer; the same is asked again
      kMore,     // the reader asked for more on the same question
      kStopped,  // the reader ends it
    } effect = Effect::kTaken;
    std::string text;  // why, or more; whole lines
  };
  /// `line` is an answer, or `unknown`, `back`, `?`, `quit`, each also with `/` before it. At most some tens of
  /// milliseconds on a large draft.
  Reply Take(std::string_view line);

  /// The case as it is known, assumed values filled in.
  [[nodiscard]] Case Facts() const;

 private:
  struct State {
    Case facts;
    std::set<MissingFact> unknown;  // never asked again
    std::set<MissingFact> alone;    // lists that are asked for by themselves
    std::size_t decision = 0;       // the first in `decisions_` that is not settled
    std::optional<Question> question;
    std::vector<std::string> settled;
  };

  Reply Answer(std::string_view line);
  Reply Unknown();
  /// The assumptions still allow it: on to the next question.
  Reply GoOn(State next, diagnostics::DiagnosticSink& sink, const Span& span);
  /// Finds what to ask next; false where no case is like this.
  [[nodiscard]] bool Advance(State& state) const;
  [[nodiscard]] std::optional<Question> Next(const State& state, const lower::DecisionAnswer& answer) const;
  [[nodiscard]] Question MakeQuestion(const State& state, check::DecisionId decision,
                                      const std::vector<MissingFact>& missing, const MissingFact& first) const;
  void Give(State& state, const Question& question, const Given& given) const;
  void GiveElements(State& state, const MissingFact& list, std::size_t count) const;
  [[nodiscard]] std::string Refusal(const diagnostics::DiagnosticSink& sink) const;

  const load::LoadedDraft& draft_;
  const Vocabulary& vocabulary_;
  std::vector<lower::OptionProduct> chosen_;
  std::vector<check::DecisionId> decisions_;
  source::SourceFiles& files_;
  report::Style style_;
  std::vector<State> history_;  // the last is now
};

}  // namespace proviso::ask
