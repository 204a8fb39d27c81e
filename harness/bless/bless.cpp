#include "harness/bless/bless.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <tuple>

namespace proviso::bless {
namespace {

/// A failure by what it is about: places move.
using About = std::tuple<std::size_t, std::optional<std::size_t>, std::size_t, std::string, std::vector<std::size_t>>;

std::multiset<About> AboutAll(const test::SuiteResult& result, const std::set<std::size_t>& without) {
  std::multiset<About> about;
  for (std::size_t i = 0; i < result.failures.size(); ++i) {
    const test::Failure& failure = result.failures[i];
    if (without.contains(i)) continue;
    about.insert({failure.scenario, failure.total, failure.draft, failure.decision, failure.option_sets});
  }
  return about;
}

bool IsAsMeant(const std::vector<NewText>& files, const scenario::Suite& suite, const test::SuiteResult& result,
               const test::RunOptions& options, const std::set<std::size_t>& blessed) {
  load::Workspace workspace;
  for (const NewText& file : files) workspace.Overlay(file.path, file.text);
  const std::optional<scenario::Suite> after = scenario::ReadSuite(workspace, suite.path);
  if (!after) return false;
  const test::SuiteResult now = test::RunSuites({&*after}, options).front();
  return now.cases.size() == result.cases.size() && now.unspoken == result.unspoken &&
         AboutAll(now, {}) == AboutAll(result, blessed);
}

}  // namespace

Blessed Bless(load::Workspace& workspace, const scenario::Suite& suite, const test::SuiteResult& result,
              const test::RunOptions& options, const std::vector<Change>& taken) {
  std::map<FileId, std::vector<Edit>> edits;
  std::set<std::size_t> failures;
  for (const Change& change : taken) {
    std::copy(change.edits.begin(), change.edits.end(), std::back_inserter(edits[change.span.file]));
    failures.insert(change.failures.begin(), change.failures.end());
  }
  Blessed blessed;
  for (auto& [file, of_file] : edits) {
    std::optional<std::string> text = Edited(workspace.Files()[file].text, std::move(of_file));
    if (!text) return {{}, "two changes are of the same text, which an anchor makes stand for several expectations"};
    blessed.files.push_back({workspace.Files()[file].path, std::move(*text)});
  }
  if (IsAsMeant(blessed.files, suite, result, options, failures)) return blessed;
  return {{}, "with these changes the suite would not be the same in all else"};
}

}  // namespace proviso::bless
