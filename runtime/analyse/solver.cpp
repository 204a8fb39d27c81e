#include "runtime/analyse/solver.h"

#include <dlfcn.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/ADT/StringRef.h>
#include <z3.h>

namespace proviso::analyse {
namespace {

/// The functions of the library's C interface that are used.
struct Library {
  decltype(&Z3_mk_config) make_config = nullptr;
  decltype(&Z3_mk_context) make_context = nullptr;
  decltype(&Z3_del_context) delete_context = nullptr;
  decltype(&Z3_set_error_handler) set_error_handler = nullptr;
  decltype(&Z3_eval_smtlib2_string) evaluate = nullptr;
  Z3_config config = nullptr;
  bool is_there = false;

  Library() {
    void* const library = dlopen("libz3.so.4", RTLD_LAZY | RTLD_LOCAL);
    if (library == nullptr) return;
    is_there = true;
    const auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(library, name));
      is_there = is_there && function != nullptr;
    };
    find(make_config, "Z3_mk_config");
    find(make_context, "Z3_mk_context");
    find(delete_context, "Z3_del_context");
    find(set_error_handler, "Z3_set_error_handler");
    find(evaluate, "Z3_eval_smtlib2_string");
    // Made once: the first one sets up what the library shares, which two threads must not do at once.
    if (is_there) config = make_config();
  }
};

/// Steps that the library counts in a millisecond: 5,000 to 10,000 were measured on the outbound rule's questions.
constexpr std::int64_t kStepsInOne = 8'000;
/// How many times the stated time a check may take where steps are slow.
constexpr std::int64_t kPatience = 2;

const Library& Z3() {
  static const Library kLibrary;
  return kLibrary;
}

}  // namespace

Solver::Solver(int milliseconds) {
  if (!Z3().is_there) return;
  context_ = Z3().make_context(Z3().config);
  // What is wrong is said in the answer; left alone, the library would end the program.
  Z3().set_error_handler(static_cast<Z3_context>(context_), [](Z3_context, Z3_error_code) {});
  Tell(fmt::format("(set-option :rlimit {})\n(set-option :timeout {})\n", kStepsInOne * milliseconds,
                   kPatience * milliseconds));
}

Solver::~Solver() {
  if (context_ != nullptr) Z3().delete_context(static_cast<Z3_context>(context_));
}

std::string Solver::Ask(const std::string& commands) {
  if (context_ == nullptr) return {};
  const char* const answer = Z3().evaluate(static_cast<Z3_context>(context_), commands.c_str());
  return answer != nullptr ? answer : "";
}

void Solver::Tell(const std::string& commands) {
  // It answers to what it does not understand alone.
  if (!llvm::StringRef(Ask(commands)).trim().empty()) has_failed_ = true;
}

Solver::Verdict Solver::Check() {
  const std::string answer = has_failed_ ? "" : Ask("(check-sat)\n");
  const llvm::StringRef text = llvm::StringRef(answer).trim();
  if (text == "sat") return Verdict::kSatisfiable;
  return text == "unsat" ? Verdict::kUnsatisfiable : Verdict::kUnknown;
}

std::map<std::string, Exact> Solver::Values(const std::vector<std::string>& names) {
  std::map<std::string, Exact> values;
  if (names.empty()) return values;
  const std::string answer = Ask(fmt::format("(get-value ({}))\n", fmt::join(names, " ")));
  // `((x 5) (y (- 3)) (z true))`
  llvm::SmallVector<llvm::StringRef> words;
  llvm::SplitString(answer, words, " \n()");
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string name = words[i].str();
    const bool is_negative = words[i + 1] == "-" && i + 2 < words.size();
    const llvm::StringRef text = words[i + (is_negative ? 2 : 1)];
    i += is_negative ? 2 : 1;
    const Exact value = text == "true" ? Exact(1) : Exact::Parse(text.str()).value_or(Exact(0));
    values[name] = is_negative ? -value : value;
  }
  return values;
}

}  // namespace proviso::analyse
