// Facts that suites state and no decision reads.
#include <llvm/ADT/BitVector.h>
#include <llvm/ADT/STLExtras.h>

#include <map>
#include <set>

#include "harness/cover/expected.h"
#include "harness/cover/redundant.h"
#include "harness/scenario/build_case.h"

namespace proviso::cover {
namespace {

using check::Op;
using scenario::Suite;

/// The facts that decisions of one draft come to.
class Reading {
 public:
  Reading(const check::CheckedDraft& draft, llvm::BitVector& facts)
      : draft_(draft),
        facts_(facts),
        exprs_(static_cast<unsigned>(draft.exprs.size())),
        decisions_(static_cast<unsigned>(draft.decisions.size())) {}

  void Add(check::DecisionId id) {
    if (decisions_.test(id.Index())) return;
    decisions_.set(id.Index());
    const check::Decision& decision = draft_.decisions[id];
    if (decision.otherwise) Visit(*decision.otherwise);
    for (const check::RuleId rule_id : decision.rules) {
      const check::Rule& rule = draft_.rules[rule_id];
      Visit(rule.condition);
      if (rule.value) Visit(*rule.value);
    }
  }

 private:
  void Visit(check::ExprId id) {
    if (exprs_.test(id.Index())) return;
    exprs_.set(id.Index());
    const check::Expr& expr = draft_[id];
    for (const check::ExprId operand : expr.operands) Visit(operand);
    for (const check::Override& change : expr.overrides) Visit(change.value);
    if (expr.op == Op::kFact) facts_.set(expr.fact.Index());
    if (expr.op == Op::kTerm) Visit(draft_.terms[expr.term].body);
    if (expr.op == Op::kDecision) Add(expr.decision);
    if (expr.op == Op::kRuleFires || expr.op == Op::kRuleDecides) Add(draft_.rules[expr.rule].decision);
    if (expr.op != Op::kOption) return;
    for (const check::Alternative& alternative : draft_.options[expr.option].alternatives) {
      if (alternative.value.IsValid()) Visit(alternative.value);
    }
  }

  const check::CheckedDraft& draft_;
  llvm::BitVector& facts_;
  llvm::BitVector exprs_;
  llvm::BitVector decisions_;
};

llvm::BitVector ReadBy(const Suite& suite) {
  llvm::BitVector facts(static_cast<unsigned>(suite.vocabulary->facts.size()));
  for (std::size_t draft = 0; draft < suite.drafts.size(); ++draft) {
    Reading reading(*suite.drafts[draft]->draft, facts);
    for (std::size_t i = 0; i < suite.scenarios.size(); ++i) {
      for (const Asserted& one : AssertedOf(suite, i, draft)) reading.Add(one.decision);
    }
  }
  return facts;
}

bool IsStated(const Fact& fact, const FactState& state) {
  if (!state.value || state.assumed || !state.span.file.IsValid()) return false;
  const bool holds_others =
      std::holds_alternative<EntityValue>(*state.value) || std::holds_alternative<ListValue>(*state.value);
  return !holds_others && state.value != scenario::SilentValue(fact);
}

/// `stages.level` for `stages[0].level`.
std::string WithoutNumbers(std::string path) {
  for (std::size_t at = path.find('['); at != std::string::npos; at = path.find('[', at)) {
    path.erase(at, path.find(']', at) + 1 - at);
  }
  return path;
}

/// Notes what one scenario states that is not read; whether anything is read.
bool AddNeverRead(const Suite& suite, const Case& facts, const llvm::BitVector& read,
                  std::map<std::string, NeverRead>& never) {
  const Vocabulary& words = *suite.vocabulary;
  bool is_any_read = false;
  std::set<std::string> here;
  for (std::size_t i = 0; i < facts.instances.size(); ++i) {
    const InstanceId id(i);
    for (const FactId fact : words.entities[facts.instances[id].entity].facts) {
      const FactState& state = facts.State(words, id, fact);
      if (!IsStated(words.facts[fact], state)) continue;
      is_any_read |= read.test(static_cast<unsigned>(fact.Index()));
      if (read.test(static_cast<unsigned>(fact.Index()))) continue;
      const std::string path = WithoutNumbers(FactPath(facts, words, id, fact));
      if (!here.insert(path).second) continue;
      ++never.try_emplace(path, NeverRead{&suite, path, 0, state.span}).first->second.scenarios;
    }
  }
  return is_any_read;
}

}  // namespace

Unread FindNeverRead(llvm::ArrayRef<const Suite*> suites) {
  Unread unread;
  for (const Suite* const suite : suites) {
    const llvm::BitVector read = ReadBy(*suite);
    std::map<std::string, NeverRead> facts;
    bool is_any_read = false;
    for (const scenario::Scenario& scenario : suite->scenarios)
      is_any_read |= AddNeverRead(*suite, scenario.facts, read, facts);
    if (!facts.empty() && !is_any_read) unread.suites.push_back(suite);
    for (auto& [path, one] : facts) unread.facts.push_back(std::move(one));
  }
  return unread;
}

}  // namespace proviso::cover
