#include "harness/generate/edges.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/Support/Parallel.h>

#include <mutex>

#include "harness/cover/expected.h"
#include "harness/generate/choose.h"
#include "runtime/analyse/solver.h"

namespace proviso::generate {
namespace {

using cover::DecisionEdges;
using cover::Feasibility;
using Unknown = DecisionEdges::Unknown;

/// Cases for one decision.
class Finder {
 public:
  Finder(const load::LoadedDraft& draft, DecisionEdges& edges, llvm::function_ref<void()> on_edge)
      : draft_(draft), edges_(edges), on_edge_(on_edge), wanted_(static_cast<unsigned>(edges.Edges().size())) {
    for (unsigned i = 0; i < wanted_.size(); ++i) wanted_[i] = edges.Edges()[i].count == 0;
  }

  /// With which edge each was chosen for.
  std::vector<std::pair<Case, unsigned>> Run() {
    llvm::BitVector missing = wanted_;
    std::size_t asked = 0;
    for (const int milliseconds : {0, analyse::kTimeForOneCheck}) {
      for (const unsigned edge : wanted_.set_bits()) {
        const bool is_open = missing[edge] && edges_.Edges()[edge].feasibility != Feasibility::kImpossible;
        if (!is_open || ++asked > cover::kMaxEdgesAsked) continue;
        Ask(edge, milliseconds, missing);
        on_edge_();
      }
    }
    std::vector<std::pair<Case, unsigned>> cases;
    for (const Chosen& one : Choose(takes_, wanted_)) {
      cases.emplace_back(found_[one.found], one.goals.front());
      edges_.Count(found_[one.found], draft_.option_sets, Unknown::kEnds);
    }
    return cases;
  }

 private:
  void Ask(unsigned edge, int milliseconds, llvm::BitVector& missing) {
    cover::Settled settled = edges_.Settle(edge, milliseconds);
    edges_.Edges()[edge].feasibility = settled.feasibility;
    if (!settled.witness) return;
    llvm::BitVector takes(wanted_.size());
    edges_.Walk(settled.witness->facts, draft_.option_sets, Unknown::kEnds, takes);
    missing.reset(takes);
    found_.push_back(std::move(settled.witness->facts));
    takes_.push_back(std::move(takes));
  }

  const load::LoadedDraft& draft_;
  DecisionEdges& edges_;
  llvm::function_ref<void()> on_edge_;
  llvm::BitVector wanted_;
  std::vector<Case> found_;
  std::vector<llvm::BitVector> takes_;  // by case
};

}  // namespace

EdgesGenerated GenerateEdges(const load::LoadedDraft& draft, llvm::ArrayRef<const scenario::Suite*> suites,
                             llvm::function_ref<void(std::size_t)> on_edge) {
  EdgesGenerated generated;
  for (const cover::Expected& one : cover::ExpectedOf(suites)) {
    if (one.draft == &draft) generated.scenarios = one.scenarios.size();
  }
  generated.after = {&draft, 0, {}, cover::EdgesOf(draft, suites, draft.draft->DecisionsOfCase())};
  const std::vector<std::shared_ptr<DecisionEdges>>& edges = generated.after.edges;
  for (const auto& one : edges) generated.before.Add(*one);
  std::vector<std::vector<std::pair<Case, unsigned>>> found(edges.size());
  std::mutex mutex;
  std::size_t asked = 0;
  llvm::parallelFor(0, edges.size(), [&](std::size_t i) {
    const auto count = [&] {
      const std::scoped_lock lock(mutex);
      on_edge(++asked);
    };
    found[i] = Finder(draft, *edges[i], count).Run();
  });
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (auto& [facts, edge] : found[i]) generated.cases.push_back({i, edge, std::move(facts)});
  }
  generated.after.scenarios = generated.scenarios + generated.cases.size();
  return generated;
}

}  // namespace proviso::generate
