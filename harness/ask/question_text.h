// question_text.h: questions in the vocabulary's own words.
#pragma once

#include <string>

#include "harness/ask/question.h"
#include "harness/report/style.h"

namespace proviso::ask {

/// The question with its number, path, paragraphs, type and choices; whole lines.
[[nodiscard]] std::string QuestionText(const Vocabulary& vocabulary, const Case& facts, const Question& question,
                                       std::size_t number, const report::Style& style);

/// What `?` says: what the question is for, where it is declared, and what can be typed.
[[nodiscard]] std::string MoreText(const check::CheckedDraft& draft, const Case& facts, const Question& question);

}  // namespace proviso::ask
