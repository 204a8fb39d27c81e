#include "harness/mutate/exam.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Parallel.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/reference/looked_at.h"
#include "harness/test/run_scenario.h"

namespace proviso::mutate {
namespace {

using scenario::Suite;

/// `§850.224(d)(2)` and the like in a text.
std::vector<Citation> CitationsIn(llvm::StringRef text) {
  std::vector<Citation> found;
  constexpr llvm::StringLiteral kMark = "§";
  for (std::size_t at = text.find(kMark); at != llvm::StringRef::npos; at = text.find(kMark, at + kMark.size())) {
    const auto is_part = [](char c) { return llvm::isAlnum(c) || c == '.' || c == '(' || c == ')'; };
    llvm::StringRef number = text.substr(at + kMark.size()).take_while(is_part);
    while (!number.empty() && (number.back() == '.' || number.count('(') < number.count(')')))
      number = number.drop_back();
    if (!number.empty()) found.push_back({(kMark + number).str()});
  }
  return found;
}

std::vector<Citation> SpeaksOf(const scenario::Scenario& scenario, std::size_t draft) {
  std::vector<Citation> speaks = CitationsIn(scenario.source);
  for (const scenario::DraftExpectation& expectation : scenario.expectations) {
    if (expectation.draft != draft) continue;
    for (const scenario::Clause& clause : expectation.clauses) llvm::append_range(speaks, clause.because);
  }
  return speaks;
}

}  // namespace

std::string Question::Name() const { return is_total ? "totals" : suite->scenarios[scenario].name; }

Exam::Exam(const load::LoadedDraft& draft, llvm::ArrayRef<const Suite*> suites) : draft_(draft) {
  for (const Suite* const suite : suites) {
    const auto found = llvm::find(suite->drafts, &draft);
    if (found != suite->drafts.end()) AddQuestions(*suite, static_cast<std::size_t>(found - suite->drafts.begin()));
  }
  std::vector<char> passes(questions_.size());
  llvm::parallelFor(0, questions_.size(), [&](std::size_t i) {
    passes[i] = Passes(i, draft.draft) ? 1 : 0;
    questions_[i].looks_at = LooksAt(questions_[i]);
  });
  std::vector<Question> passed;
  for (std::size_t i = 0; i < questions_.size(); ++i) {
    if (passes[i] != 0) passed.push_back(std::move(questions_[i]));
  }
  left_out_ = questions_.size() - passed.size();
  questions_ = std::move(passed);
}

void Exam::AddQuestions(const Suite& suite, std::size_t draft) {
  const auto decisions = static_cast<unsigned>(draft_.draft->decisions.size());
  for (std::size_t i = 0; i < suite.scenarios.size(); ++i) {
    const scenario::Scenario& scenario = suite.scenarios[i];
    Question question{.suite = &suite, .draft = draft, .scenario = i, .decisions = llvm::BitVector(decisions)};
    for (const scenario::DraftExpectation& expectation : scenario.expectations) {
      if (expectation.draft != draft) continue;
      for (const scenario::Clause& clause : expectation.clauses) {
        for (const auto& decision : clause.decisions) {
          question.decisions.set(decision.decision.Index());
          question.expects_undetermined |= !decision.outcome;
        }
      }
    }
    if (question.decisions.none()) continue;
    question.speaks = SpeaksOf(scenario, draft);
    questions_.push_back(std::move(question));
  }
  for (std::size_t i = 0; i < suite.totals.size(); ++i) {
    if (suite.totals[i].draft != draft) continue;
    Question question{.suite = &suite,
                      .draft = draft,
                      .scenario = suite.scenarios.size(),
                      .is_total = true,
                      .total = i,
                      .decisions = llvm::BitVector(decisions)};
    question.decisions.set(suite.totals[i].decision.Index());
    questions_.push_back(std::move(question));
  }
}

std::vector<std::size_t> Exam::OrderFor(llvm::ArrayRef<Citation> paragraphs) const {
  const auto names = [&](const Question& question) {
    return llvm::any_of(paragraphs, [&](const Citation& paragraph) {
      return llvm::any_of(question.speaks,
                          [&](const Citation& one) { return one.Encloses(paragraph) || paragraph.Encloses(one); });
    });
  };
  std::vector<std::size_t> order(questions_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::vector<std::tuple<bool, bool, bool>> rank;
  for (const Question& question : questions_)
    rank.emplace_back(question.is_total, question.expects_undetermined, !names(question));
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return rank[i]; });
  return order;
}

llvm::BitVector Exam::LooksAt(const Question& question) const {
  const Suite& suite = *question.suite;
  llvm::BitVector looks_at(static_cast<unsigned>(draft_.draft->exprs.size()));
  const std::size_t first = question.is_total ? suite.first_row : question.scenario;
  const std::size_t end = question.is_total ? suite.scenarios.size() : question.scenario + 1;
  for (std::size_t i = first; i < end; ++i) {
    reference::LooksAt looks(*draft_.draft, suite.scenarios[i].facts);
    for (const unsigned decision : question.decisions.set_bits())
      looks.Add(check::DecisionId(decision), draft_.option_sets);
    looks_at |= looks.Expressions();
  }
  return looks_at;
}

bool Exam::IsAnsweredAlike(std::size_t question, const check::Correspondence& same) const {
  const Question& asked = questions_[question];
  return !asked.looks_at.anyCommon(same.changed) && !asked.decisions.anyCommon(same.changed_decisions);
}

bool Exam::Passes(std::size_t question, const std::shared_ptr<const check::CheckedDraft>& instead) const {
  const Question& asked = questions_[question];
  return asked.is_total ? test::TotalHolds(*asked.suite, asked.total, instead)
                        : test::ScenarioHolds(*asked.suite, asked.scenario, asked.draft, instead);
}

std::vector<const load::LoadedDraft*> DraftsOf(llvm::ArrayRef<const Suite*> suites) {
  std::vector<const load::LoadedDraft*> drafts;
  const auto add = [&](const load::LoadedDraft* draft) {
    if (!llvm::is_contained(drafts, draft)) drafts.push_back(draft);
  };
  for (const Suite* const suite : suites) {
    for (const scenario::Scenario& scenario : suite->scenarios) {
      for (const auto& expectation : scenario.expectations) add(suite->drafts[expectation.draft]);
    }
    for (const scenario::Total& total : suite->totals) add(suite->drafts[total.draft]);
  }
  return drafts;
}

}  // namespace proviso::mutate
