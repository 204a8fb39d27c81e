// git.h: what git is asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "llvm/ADT/StringRef.h"

namespace proviso::cli {

class Git {
 public:
  /// Asks in the work tree that has `folder` (the working folder where it is empty). Nothing, said why, where git is
  /// not installed (`asked_by`: for what) or there is no work tree.
  [[nodiscard]] static std::optional<Git> In(const std::string& folder, const std::string& asked_by,
                                             Terminal& terminal);

  /// The work tree's topmost folder.
  [[nodiscard]] const std::string& Top() const { return top_; }

  /// What it writes on standard output, having read `input`; nothing where it fails, in its own words on standard
  /// error.
  [[nodiscard]] std::optional<std::string> Run(const std::vector<llvm::StringRef>& words,
                                               const std::string& input = "") const;

 private:
  Git(std::string program, Terminal& terminal) : program_(std::move(program)), terminal_(&terminal) {}

  std::string program_;
  std::string top_;
  Terminal* terminal_;
};

}  // namespace proviso::cli
