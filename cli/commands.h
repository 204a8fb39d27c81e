// commands.h: the commands, each in a file of its own. Adding one declares its options and returns what it does.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/parser.h"
#include "cli/terminal.h"

namespace proviso::cli {

struct Command {
  std::function<Status(Terminal&)> run;
  std::vector<std::string> formats = {"text", "json"};
  std::string other_formats;  // what those beyond the two are for
};

[[nodiscard]] Command AddCheck(Parser parser);
[[nodiscard]] Command AddProve(Parser parser);
[[nodiscard]] Command AddRun(Parser parser);
[[nodiscard]] Command AddGraph(Parser parser);
[[nodiscard]] Command AddDiff(Parser parser);
[[nodiscard]] Command AddSweep(Parser parser);
[[nodiscard]] Command AddLoopholes(Parser parser);
[[nodiscard]] Command AddTest(Parser parser);
[[nodiscard]] Command AddCover(Parser parser);
[[nodiscard]] Command AddMutate(Parser parser);
[[nodiscard]] Command AddGenerate(Parser parser);
[[nodiscard]] Command AddFmt(Parser parser);
[[nodiscard]] Command AddTrace(Parser parser);
[[nodiscard]] Command AddEmit(Parser parser);

}  // namespace proviso::cli
