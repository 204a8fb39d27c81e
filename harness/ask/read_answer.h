// read_answer.h: a line that a person typed → the value of what was asked.
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/diagnostics/diagnostic.h"
#include "harness/ask/question.h"
#include "runtime/base/case.h"

namespace proviso::ask {

/// How many elements a list has.
struct Elements {
  std::size_t count = 0;
};

/// Which lists have any: places in `Question::facts`.
struct ListsWithAny {
  std::vector<std::size_t> places;
};

/// A value where a fact was asked for; of an entity that may be none, `yes` or none.
using Given = std::variant<Value, Elements, ListsWithAny>;

/// Values are read as in suites, and besides: members of enumerations by their number in the question; sets without
/// brackets, `none` for an empty one; numbers without a unit in the fact's; `y` and `n`. What is not an answer is
/// reported at `span`; nothing then.
[[nodiscard]] std::optional<Given> ReadAnswer(const Vocabulary& vocabulary, const Case& facts, const Question& question,
                                              std::string_view line, const Span& span,
                                              diagnostics::DiagnosticSink& sink);

/// Whether the line is an answer to the question by name, whatever else the word means.
[[nodiscard]] bool IsMemberName(const Vocabulary& vocabulary, const Question& question, std::string_view line);

}  // namespace proviso::ask
