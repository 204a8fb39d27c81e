#include "runtime/evaluate/operate.h"

#include <array>

namespace proviso::evaluate {
namespace {

struct Operator {
  Attempt (*unary)(const Parameters&, const Value&) = nullptr;
  Attempt (*binary)(const Parameters&, const Value&, const Value&) = nullptr;
};

/// In the order of Quantity::Operation.
constexpr std::array<Operator, 11> kOperators = {{{.unary = Negate},
                                                  {.binary = Add},
                                                  {.binary = Subtract},
                                                  {.binary = Multiply},
                                                  {.binary = Divide},
                                                  {.unary = Scale},
                                                  {.unary = Round},
                                                  {.unary = ToReal},
                                                  {.unary = AddMonthsTo},
                                                  {.binary = Greatest},
                                                  {.binary = Smallest}}};

}  // namespace

Attempt Operate(Quantity::Operation operation, const Parameters& parameters, llvm::ArrayRef<Value> operands) {
  const auto& [unary, binary] = kOperators[static_cast<std::size_t>(operation)];
  return unary != nullptr ? unary(parameters, operands[0]) : binary(parameters, operands[0], operands[1]);
}

std::optional<Exact> AsNumber(const Value& value) {
  if (const auto* exact = std::get_if<Exact>(&value)) return *exact;
  if (const auto* date = std::get_if<Date>(&value)) return Exact(date->time_since_epoch().count());
  if (const auto* days = std::get_if<Days>(&value)) return Exact(days->count);
  return std::nullopt;
}

}  // namespace proviso::evaluate
