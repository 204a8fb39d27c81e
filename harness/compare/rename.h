// rename.h: what one draft and its vocabulary call otherwise than another.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/diagnostics/diagnostic.h"
#include "harness/scenario/shapes.h"

namespace proviso::compare {

/// What can be called otherwise.
enum class Sort : std::uint8_t { kFact, kTerm, kDecision, kOption, kEntity, kEnumeration };

/// One declaration, by its place among those of its sort, and a name for it.
struct Renaming {
  Sort sort;
  std::size_t id;
  std::string name;
  std::vector<std::string> arguments;  // of a fact or a term
};

/// Reads `renames` (`a=b`: what `draft` calls `a`, `other` calls `b`), paths from the case or from an entity; a name
/// without parameters is that for each of them. What is wrong is reported to `sink`; nothing then.
[[nodiscard]] std::optional<std::vector<Renaming>> ReadRenames(const check::CheckedDraft& draft,
                                                               const check::CheckedDraft& other,
                                                               const std::vector<scenario::PlacedText>& renames,
                                                               diagnostics::DiagnosticSink& sink);

/// Whether there is something in the draft that the rename (`a=b`) calls otherwise.
[[nodiscard]] bool IsOf(const check::CheckedDraft& draft, const scenario::PlacedText& rename);

/// With these names, over a vocabulary with these names. `draft`: one with the same declarations, by id, as that which
/// they were read for.
[[nodiscard]] std::shared_ptr<const check::CheckedDraft> Renamed(const check::CheckedDraft& draft,
                                                                 const std::vector<Renaming>& renamings);

}  // namespace proviso::compare
