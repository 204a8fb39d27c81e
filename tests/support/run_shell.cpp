#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <regex>
#include <string>

#include "tests/support/scratch.h"

namespace proviso::tests {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

#ifdef __SANITIZE_ADDRESS__
constexpr std::chrono::seconds kTimeLimit(20);
#else
constexpr std::chrono::seconds kTimeLimit(5);
#endif

/// More output than this ends a command: no case says so much.
constexpr std::size_t kMostOutput = 4u << 20;

/// What a case may run besides `proviso` and the shell's own commands.
constexpr std::array kTools = {"cat", "chmod", "cmp", "cp", "diff", "env", "grep", "head", "ln", "ls", "mkdir", "mv",
                               "rm", "sed", "seq", "sleep", "stat", "tail", "tr", "wc", "yes",
                               // what is asked, and what reads the reports that are written for others
                               "cmark-gfm", "git", "jsonschema", "lcov", "prove", "pwd", "xmllint"};

/// A folder with links to all that a case may run, and nothing else.
class ToolFolder {
 public:
  ToolFolder() {
    std::string name = (fs::temp_directory_path() / "proviso-tools-XXXXXX").string();
    path_ = mkdtemp(name.data());
    fs::create_symlink(PROVISO_PROGRAM, path_ / "proviso");
    for (const char* const tool : kTools) fs::create_symlink(fs::path("/usr/bin") / tool, path_ / tool);
  }
  ~ToolFolder() {
    std::error_code ignored;  // the system clears what is left
    fs::remove_all(path_, ignored);
  }
  ToolFolder(const ToolFolder&) = delete;
  ToolFolder& operator=(const ToolFolder&) = delete;

  /// Made at the first call, gone with the process.
  static std::string Path() {
    static const ToolFolder kFolder;
    return kFolder.path_.string();
  }

 private:
  fs::path path_;
};

[[noreturn]] void RunChild(const std::string& lines, const fs::path& folder, const std::string& path, int output) {
  setpgid(0, 0);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), STDIN_FILENO);
  const std::array<const char*, 3> environment = {path.c_str(), "LC_ALL=C.UTF-8", nullptr};
  const std::array<const char*, 4> words = {"sh", "-c", lines.c_str(), nullptr};
  if (chdir(folder.c_str()) == 0) {
    execve("/bin/sh", const_cast<char* const*>(words.data()), const_cast<char* const*>(environment.data()));
  }
  _exit(127);
}

/// Reads until the end or the limit; whether the end came in time.
bool ReadInTime(int input, std::string& output) {
  const Clock::time_point deadline = Clock::now() + kTimeLimit;
  std::array<char, 1 << 16> buffer;
  while (output.size() < kMostOutput) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting = {input, POLLIN, 0};
    if (left <= 0 || poll(&waiting, 1, static_cast<int>(left)) <= 0) return false;
    const ssize_t count = read(input, buffer.data(), buffer.size());
    if (count <= 0) return true;
    output.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return false;
}

std::string WithoutDurations(const std::string& text) {
  static const std::regex kTextDuration(R"(in \d+ ms\b)");
  static const std::regex kJsonDuration(R"("milliseconds": \d+)");
  static const std::regex kXmlDuration(R"( time="\d+\.\d+")");
  const std::string in_words = std::regex_replace(text, kTextDuration, "in N ms");
  return std::regex_replace(std::regex_replace(in_words, kJsonDuration, R"("milliseconds": N)"), kXmlDuration,
                            R"( time="N")");
}

}  // namespace

CommandResult RunShell(const std::string& lines, const fs::path& folder) {
  const std::string path = "PATH=" + ToolFolder::Path();
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {.output = "cannot make a pipe\n", .status = 127};
  const pid_t child = fork();
  if (child == 0) RunChild(lines, folder, path, ends[1]);
  close(ends[1]);
  CommandResult result;
  result.timed_out = !ReadInTime(ends[0], result.output);
  if (result.timed_out) kill(-child, SIGKILL);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  // Long output is no text for a pattern, and a duration stands in short ones only.
  if (result.output.size() < 100'000) result.output = WithoutDurations(result.output);
  return result;
}

}  // namespace proviso::tests
