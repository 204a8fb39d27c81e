#include "cli/write_scenarios.h"

#include <fmt/core.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "cli/replace_file.h"
#include "harness/scenario/suite.h"
#include "llvm/ADT/STLExtras.h"

namespace proviso::cli {
namespace {

/// The suite's text with as many of the scenarios as can be added, and how many these are; nothing where it is no
/// suite.
struct Longer {
  std::string text;
  std::size_t added = 0;
};

std::optional<Longer> Lengthen(load::Workspace& workspace, const std::string& path,
                               llvm::ArrayRef<std::string> draft_paths,
                               llvm::ArrayRef<scenario::NewScenario> scenarios) {
  Longer longer;
  std::optional<FileId> file;
  if (std::filesystem::exists(path)) {
    file = workspace.Text(path);
  } else {
    std::vector<scenario::NewScenario> different;
    for (const scenario::NewScenario& one : scenarios) {
      const auto has_name = [&](const scenario::NewScenario& other) { return other.name == one.name; };
      if (llvm::none_of(different, has_name)) different.push_back(one);
    }
    longer.text = scenario::NewSuiteText(path, draft_paths, different);
    longer.added = different.size();
    file = workspace.Files().Add(path, longer.text);
    scenarios = {};
  }
  if (!file || !scenario::ReadSuite(workspace, *file)) return std::nullopt;
  for (const scenario::NewScenario& scenario : scenarios) {
    std::optional<std::string> text = scenario::TextWithScenario(workspace, *file, scenario);
    if (!text) continue;
    ++longer.added;
    longer.text = std::move(*text);
    file = workspace.Files().Add(path, longer.text);
  }
  return longer;
}

}  // namespace

bool WriteScenarios(const std::string& path, llvm::ArrayRef<std::string> draft_paths,
                    llvm::ArrayRef<scenario::NewScenario> scenarios, Terminal& terminal) {
  if (scenarios.empty()) {
    terminal.Error(fmt::format("there is nothing to add to {}\n", report::AsUtf8(path)));
    return true;
  }
  load::Workspace workspace;
  const std::optional<Longer> longer = Lengthen(workspace, path, draft_paths, scenarios);
  if (!longer) {
    terminal.ShowDiagnostics(workspace);
    terminal.Error(fmt::format("error: nothing can be added to {}, which stays as it is\n", report::AsUtf8(path)));
    return false;
  }
  const std::string problem = longer->added == 0 ? "" : ReplaceFile(path, longer->text);
  if (!problem.empty()) {
    terminal.Error(fmt::format("error: {} cannot be written: {}\n", report::AsUtf8(path), problem));
    return false;
  }
  const std::size_t left_out = scenarios.size() - longer->added;
  terminal.Error(
      fmt::format("{} added to {}{}\n", report::Counted(longer->added, "scenario"), report::AsUtf8(path),
                  left_out == 0 ? "" : fmt::format(", {} left out: their names are there already", left_out)));
  return true;
}

}  // namespace proviso::cli
