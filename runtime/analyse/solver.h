// solver.h: Z3, asked in SMT-LIB 2 (www.smt-lib.org). The library is loaded when it is first asked for, so that nothing
// else pays for it; where it is not installed, every answer is `kUnknown`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/base/exact.h"

namespace proviso::analyse {

/// Milliseconds for one check, unless it is said otherwise. Work is counted, not time, so that an answer does not turn
/// on how fast the machine is: they are those of a usual one. Where steps are slow, the check ends at twice as many.
inline constexpr int kTimeForOneCheck = 1000;

/// One conversation. Making the first one in a process takes some 20 ms, others 10.
class Solver {
 public:
  explicit Solver(int milliseconds = kTimeForOneCheck);
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  /// Declarations, definitions and assertions, which stay.
  void Tell(const std::string& commands);

  enum class Verdict : std::uint8_t { kSatisfiable, kUnsatisfiable, kUnknown };
  /// Whether all that was told can hold at once.
  [[nodiscard]] Verdict Check();
  /// After `kSatisfiable`: what each of these constants, whole numbers and truths (1 and 0), is.
  [[nodiscard]] std::map<std::string, Exact> Values(const std::vector<std::string>& names);

 private:
  [[nodiscard]] std::string Ask(const std::string& commands);

  void* context_ = nullptr;
  bool has_failed_ = false;
};

}  // namespace proviso::analyse
