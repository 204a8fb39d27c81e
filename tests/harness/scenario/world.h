// world.h: a workspace over the vocabulary and drafts of tests/golden/suite/world, for tests of suites.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>

#include "compiler/load/workspace.h"
#include "harness/scenario/suite.h"
#include "tests/support/scratch.h"

namespace proviso::scenario {

class WorldTest : public testing::Test {
 protected:
  [[nodiscard]] static std::string Folder() { return (tests::SourceFolder() / "tests/golden/suite/case/").string(); }
  std::shared_ptr<const Vocabulary> TheVocabulary() {
    return workspace_.VocabularyOf((tests::SourceFolder() / "tests/golden/suite/world/vocabulary.pvo").string());
  }

  /// A suite whose text goes on after `vocabulary` and `use`.
  std::optional<Suite> Read(const std::string& text) {
    const FileId file =
        workspace_.Files().Add(Folder() + "suite.yaml", "vocabulary: deals\nuse: [../world/second.pvo]\n" + text);
    return ReadSuite(workspace_, file);
  }

  /// The messages of all that was reported, one a line.
  std::string Complaints() {
    std::string all;
    for (const auto& diagnostic : workspace_.Sink().Sorted()) all += diagnostic.message + "\n";
    return all;
  }

  load::Workspace workspace_;
};

}  // namespace proviso::scenario
