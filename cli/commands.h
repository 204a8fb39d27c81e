// commands.h: the commands, each in a file of its own. Adding one declares its options and returns what it does.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "cli/terminal.h"

namespace proviso::cli {

struct Command {
  CLI::App* parser;
  std::function<Status(Terminal&)> run;
  std::vector<std::string> formats = {"text", "json"};
  std::string other_formats;  // what those beyond the two are for
};

[[nodiscard]] Command AddCheck(CLI::App& program);
[[nodiscard]] Command AddProve(CLI::App& program);
[[nodiscard]] Command AddRun(CLI::App& program);
[[nodiscard]] Command AddGraph(CLI::App& program);
[[nodiscard]] Command AddDiff(CLI::App& program);
[[nodiscard]] Command AddSweep(CLI::App& program);
[[nodiscard]] Command AddLoopholes(CLI::App& program);
[[nodiscard]] Command AddTest(CLI::App& program);
[[nodiscard]] Command AddCover(CLI::App& program);
[[nodiscard]] Command AddMutate(CLI::App& program);
[[nodiscard]] Command AddGenerate(CLI::App& program);
[[nodiscard]] Command AddFmt(CLI::App& program);
[[nodiscard]] Command AddTrace(CLI::App& program);
[[nodiscard]] Command AddEmit(CLI::App& program);

}  // namespace proviso::cli
