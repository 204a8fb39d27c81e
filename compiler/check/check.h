// check.h: amended tree → checked draft.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "compiler/amend/amend.h"
#include "compiler/check/checked_draft.h"
#include "compiler/diagnostics/diagnostic.h"
#include "compiler/syntax/syntax_tree.h"

namespace proviso::check {

/// A vocabulary's declarations, over those it uses (first used first, itself last). Its assumptions are checked with
/// each draft. It may leave the case to vocabularies that use it; no draft can be over it then. Nothing where there was
/// an error.
[[nodiscard]] std::shared_ptr<const Vocabulary> CheckVocabulary(const std::vector<const syntax::SyntaxTree*>& layers,
                                                                diagnostics::DiagnosticSink& sink);

/// Checks a draft as a whole: names, types, units, citations, cycles, and its vocabulary's assumptions. `compared` are
/// the names of other drafts its files use, for properties. Nothing where there was an error.
[[nodiscard]] std::optional<CheckedDraft> Check(std::shared_ptr<const Vocabulary> vocabulary,
                                                std::shared_ptr<const amend::AmendedTree> text,
                                                const std::vector<std::string>& compared,
                                                diagnostics::DiagnosticSink& sink);

}  // namespace proviso::check
