// proviso: reads the command line and hands over to the command.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "harness/report/style.h"
#include "llvm/Support/Process.h"
#include "runtime/base/nearest.h"

namespace proviso::cli {
namespace {

struct Entry {
  const char* name;
  const char* summary;
  Command (*declare)(Parser parser);
};

constexpr std::array kCommands = std::to_array<Entry>({
    {"check", "Compile drafts and vocabularies; print what is wrong", AddCheck},
    {"run", "Decide one case, under one option set or all of them", AddRun},
    {"test", "Run scenario suites against the drafts they name", AddTest},
    {"cover", "Show what the scenario suites exercise of each draft", AddCover},
    {"prove", "Prove or refute a draft's properties over every case", AddProve},
    {"diff", "Show what changes between two drafts, or option sets", AddDiff},
    {"sweep", "Show what a draft's options change, over cases or all", AddSweep},
    {"loopholes", "Find cases that escape by what the party itself can change", AddLoopholes},
    {"mutate", "Find slips of the pen that no scenario would notice", AddMutate},
    {"generate", "Make scenarios for what the suites do not cover", AddGenerate},
    {"graph", "Show the decision graph of a draft", AddGraph},
    {"fmt", "Bring drafts and vocabularies into the one canonical layout", AddFmt},
    {"trace", "Show where each paragraph of a regulation is encoded, or why it is not", AddTrace},
    {"emit", "Show what a phase of the compiler made of a file", AddEmit},
});

struct Common {
  std::string format = "text";
  std::string colour = "auto";
};

void AddCommonOptions(CLI::App& parser, const Command& command, Common& common) {
  parser.add_option("--format", common.format, "text for people, json for programs" + command.other_formats)
      ->check(CLI::IsMember(command.formats).description(""))
      ->type_name(fmt::format("{}", fmt::join(command.formats, "|")));
  parser.add_option("--color", common.colour, "Colour: auto, on a terminal unless NO_COLOR is set")
      ->check(CLI::IsMember({"auto", "always", "never"}).description(""))
      ->type_name("auto|always|never");
}

Terminal MakeTerminal(const Common& common) {
  const ColourChoice colour = common.colour == "always"  ? ColourChoice::kAlways
                              : common.colour == "never" ? ColourChoice::kNever
                                                         : ColourChoice::kAuto;
  static const std::map<std::string, Format> kFormats = {
      {"text", Format::kText},   {"json", Format::kJson}, {"dot", Format::kDot},       {"svg", Format::kSvg},
      {"junit", Format::kJunit}, {"tap", Format::kTap},   {"github", Format::kGithub}, {"markdown", Format::kMarkdown},
      {"sarif", Format::kSarif}, {"lcov", Format::kLcov}, {"html", Format::kHtml},     {"csv", Format::kCsv}};
  return {kFormats.at(common.format), colour};
}

void Describe(CLI::App& program) {
  program.require_subcommand(1);
  program.set_version_flag("--version", "proviso " PROVISO_VERSION);
  program.footer(
      "`proviso COMMAND --help` says more about a command.\n"
      "Exit status: 0 all as it should be, 1 a finding (an error in a draft, a failing scenario),\n"
      "             2 the call or a file could not be used.");
}

/// For a word where a command belongs that is none: `chekc`.
Status RefuseCommand(const std::string& word) {
  std::vector<std::string> names;
  for (const Entry& entry : kCommands) names.emplace_back(entry.name);
  const std::string nearest = Nearest(word, names);
  const std::string hint =
      nearest.empty() ? "the commands are " + report::Joined(names, "and") : fmt::format("did you mean `{}`?", nearest);
  fmt::print(stderr, "error: there is no command `{}`; {}\n`proviso --help` says what they do\n", word, hint);
  return Status::kUnusable;
}

/// Help and version are printed; anything else is a call that cannot be used.
Status Refuse(const CLI::App& program, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {
    program.exit(error);
    return Status::kFine;
  }
  std::string command = "proviso";
  for (const CLI::App* parsed = &program; !parsed->get_subcommands().empty();) {
    parsed = parsed->get_subcommands().front();
    command += " " + parsed->get_name();
  }
  fmt::print(stderr, "error: {}\n`{} --help` says what it takes\n", error.what(), command);
  return Status::kUnusable;
}

Status Main(int count, char** words) {
  static CLI::App program("Proviso compiles drafts of regulations and tests them against cases.", "proviso");
  Describe(program);
  Common common;
  Command chosen;
  for (const Entry& entry : kCommands) {
    CLI::App& parser = *program.add_subcommand(entry.name, entry.summary);
    if (count <= 1 || std::string_view(words[1]) != entry.name) continue;  // declaring all takes a millisecond
    chosen = entry.declare(Parser(&parser));
    AddCommonOptions(parser, chosen, common);
  }
  if (count <= 1) {
    fmt::print(stderr, "{}", program.help());
    return Status::kUnusable;
  }
  if (!chosen.run && !std::string_view(words[1]).starts_with("-")) return RefuseCommand(words[1]);
  try {
    program.parse(count, words);
  } catch (const CLI::ParseError& error) {
    return Refuse(program, error);
  }
  Terminal terminal = MakeTerminal(common);
  return chosen.run(terminal);
}

}  // namespace
}  // namespace proviso::cli

int main(int count, char** words) {
  // A file opened while a standard stream is closed would take that stream's place and be written into.
  if (llvm::sys::Process::FixupStandardFileDescriptors()) return static_cast<int>(proviso::cli::Status::kUnusable);
  std::signal(SIGPIPE, SIG_IGN);
  const auto status = static_cast<int>(proviso::cli::Main(count, words));
  // What the parser has learnt and the workspaces hold is not taken apart again: it only takes time.
  std::fflush(nullptr);
  std::_Exit(status);
}
