// suite_drafts.h: the drafts that a suite's expectations may speak of.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compiler/load/workspace.h"
#include "harness/scenario/shapes.h"

namespace proviso::scenario {

/// The drafts a suite names and those they amend, amended ones first, and the vocabulary they share: the widest of
/// theirs, which the others are the beginning of. No vocabulary where there was an error.
struct SuiteDrafts {
  std::vector<const load::LoadedDraft*> drafts;
  std::shared_ptr<const Vocabulary> vocabulary;
};

/// Whether a case of `wide` is one of `narrow` too: whatever `narrow` declares has the same place in `wide`.
[[nodiscard]] bool IsBeginningOf(const Vocabulary& narrow, const Vocabulary& wide);

/// Loads the drafts at `paths`, relative to the suite `suite_path`. `vocabulary` is the name that the suite says.
[[nodiscard]] SuiteDrafts LoadDrafts(load::Workspace& workspace, const std::string& suite_path,
                                     const PlacedText& vocabulary, const std::vector<PlacedText>& paths);

/// `path` as it is meant in the file `from`: relative to its folder.
[[nodiscard]] std::string RelativeTo(const std::string& from, const std::string& path);

}  // namespace proviso::scenario
