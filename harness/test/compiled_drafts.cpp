#include "harness/test/compiled_drafts.h"

#include <llvm/Support/Parallel.h>

#include <utility>
#include <vector>

namespace proviso::test {
namespace {

/// The graphs of the outbound rule take as long as some ten thousand answers of the reference evaluator.
constexpr std::size_t kMany = 30'000;

}  // namespace

void CompiledDrafts::Compile() {
  struct Job {
    const load::LoadedDraft* draft;
    std::vector<check::DecisionId> decisions;
    std::unique_ptr<const Compiled> compiled;
  };
  std::vector<Job> jobs;
  for (const auto& [draft, times] : asked_) {
    Job job{.draft = draft, .decisions = {}, .compiled = nullptr};
    for (const auto& [decision, asked] : times) {
      if (asked >= kMany) job.decisions.push_back(decision);
    }
    if (!job.decisions.empty()) jobs.push_back(std::move(job));
  }
  llvm::parallelForEach(
      jobs, [](Job& job) { job.compiled = std::make_unique<const Compiled>(job.draft->draft, job.decisions); });
  for (Job& job : jobs) compiled_[job.draft] = std::move(job.compiled);
}

const Compiled* CompiledDrafts::Of(const load::LoadedDraft& draft) const {
  const auto found = compiled_.find(&draft);
  return found == compiled_.end() ? nullptr : found->second.get();
}

}  // namespace proviso::test
