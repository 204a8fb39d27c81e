// Random rules: they are accepted, and they are of many kinds.
#include "tests/support/random_rules.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <regex>

#include "compiler/diagnostics/render.h"
#include "compiler/load/workspace.h"
#include "tests/support/scratch.h"

namespace proviso::lower {
namespace {

using tests::RulesText;

/// Random rules as they were read.
class RandomRules {
 public:
  RandomRules(const tests::Scratch& scratch, RulesText text) : text_(std::move(text)) {
    scratch.Write("vocabulary.pvo", text_.vocabulary);
    scratch.Write("draft.pvo", text_.draft);
    scratch.Write("amending.pvo", text_.amending);
    const auto path = scratch.Folder() / (text_.amending.empty() ? "draft.pvo" : "amending.pvo");
    loaded_ = workspace_.Draft(path.string());
  }

  /// Null where the checker has something against them.
  [[nodiscard]] const load::LoadedDraft* Loaded() const { return loaded_; }
  [[nodiscard]] const check::CheckedDraft& Draft() const { return *loaded_->draft; }
  load::Workspace& Files() { return workspace_; }

  /// The rules, and what is wrong.
  std::string Say(const std::string& complaint) {
    return fmt::format("{}\n{}\n{}\n{}{}\n", text_.vocabulary, text_.draft, text_.amending,
                       diagnostics::RenderText(workspace_.Sink().Sorted(), workspace_.Files()), complaint);
  }

 private:
  RulesText text_;
  load::Workspace workspace_;
  const load::LoadedDraft* loaded_ = nullptr;
};

/// In how many of 100 drafts a construct is to occur at least.
struct Share {
  const char* pattern;
  std::size_t percent;
};

TEST(RandomRulesTest, AreAcceptedAndUseTheConstructsInFixedShares) {
  static const std::vector<Share> kShares = {
      {"\\noption ", 20},
      {"\\nreading ", 4},
      {"\\nconstraint ", 3},
      {" under option_", 4},
      {"supposing", 15},
      {"sum\\(", 15},
      {"count\\(", 5},
      {"(max|min)\\(", 30},
      {"or none", 60},
      {"is none", 8},
      {" in x1\\.", 10},
      {"h\\.holder\\.(term|meaning)", 20},
      {"strictest wins", 40},
      {"first wins", 30},
      {"one applies", 30},
      {"exception \\S+ ->", 20},
      {"exception \\S+ to", 40},
      {" to answer_\\d_r[1-9]", 20},
      {"amended amends", 25},
      {"settle ", 5},
      {"\\nassume ", 30},
      {": date ", 20},
      {"round\\(", 2},
      {" flop", 40},
      {" / ", 1},
      {"decides", 3},
      {"decision of Firm", 20},
      {"month \\(", 2},
      {"c : Colour", 20},
      {"if .* then (firm|partner) else", 10},
  };
  constexpr std::uint32_t kDrafts = 400;
  const tests::Scratch scratch("");
  std::vector<std::size_t> found(kShares.size());
  for (std::uint32_t seed = 0; seed < kDrafts; ++seed) {
    const RulesText text = tests::WriteRules(tests::RandomPlan(seed));
    const std::string all = text.vocabulary + text.draft + text.amending;
    for (std::size_t i = 0; i < kShares.size(); ++i)
      found[i] += std::regex_search(all, std::regex(kShares[i].pattern)) ? 1 : 0;
    RandomRules rules(scratch, text);
    ASSERT_NE(rules.Loaded(), nullptr) << rules.Say("is not accepted");
  }
  for (std::size_t i = 0; i < kShares.size(); ++i)
    EXPECT_GE(found[i] * 100, kShares[i].percent * kDrafts) << kShares[i].pattern << " in " << found[i];
}

}  // namespace
}  // namespace proviso::lower
