// Random drafts over their vocabulary, and over the same with all in another order and a part of it called otherwise.
#include "harness/compare/align.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <regex>
#include <sstream>

#include "harness/compare/compare.h"
#include "tests/support/read_rules.h"
#include "tests/support/scratch.h"

namespace proviso::compare {
namespace {

using tests::Complaint;
using tests::ReadRules;

constexpr std::size_t kMaxNodes = 50'000;

/// Facts within their entities, entities, and members without order, in another order; a fact more among them.
std::string Shuffled(const std::string& vocabulary, std::mt19937& random) {
  std::vector<std::string> entities;
  std::vector<std::string> facts;
  std::string before;
  std::string after;
  bool is_inside = false;
  std::istringstream lines(vocabulary);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("entity ")) {
      entities.push_back(line + "\n");
      facts = {"  more_of_it : boolean\n"};
      is_inside = true;
    } else if (is_inside && line == "}") {
      std::ranges::shuffle(facts, random);
      for (const std::string& fact : facts) entities.back() += fact;
      entities.back() += "}\n";
      is_inside = false;
    } else if (is_inside) {
      facts.push_back(line + "\n");
    } else {
      (entities.empty() ? before : after) += line + "\n";
    }
  }
  std::ranges::shuffle(entities, random);
  std::string text = before;
  for (const std::string& entity : entities) text += entity;
  return std::regex_replace(text + after, std::regex("enum Colour \\{ red, green"), "enum Colour { green, red");
}

/// With these facts and units of the vocabulary called otherwise.
std::string Called(std::string text, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    text = std::regex_replace(text, std::regex(fmt::format("\\b{}\\b", name)), fmt::format("{}_now", name));
  for (const std::string file : {"vocabulary", "draft"})
    text = std::regex_replace(text, std::regex(fmt::format("\"{}\\.pvo\"", file)), fmt::format("\"{}_now.pvo\"", file));
  return text;
}

class Aligning {
 public:
  Aligning(const tests::Scratch& scratch, const tests::RulesText& text, std::uint32_t seed)
      : rules_(scratch, text), scratch_(scratch), text_(text), random_(seed) {}

  Complaint Run(std::size_t& compared) {
    if (rules_.Loaded() == nullptr) return rules_.Say("is not accepted");
    Rewrite();
    if (now_ == nullptr) return rules_.Say("is not accepted over the other vocabulary\n" + vocabulary_now_);
    diagnostics::DiagnosticSink sink;
    const auto alignment = Alignment::Of({rules_.Loaded()->draft, now_->draft}, renames_, sink);
    if (!alignment) return rules_.Say("cannot be aligned: " + sink.Sorted().front().message);
    if (alignment->IsOfOneVocabulary()) return rules_.Say("is over one vocabulary");
    const auto before = alignment->Aligned(0, rules_.Loaded()->draft);
    const auto after = alignment->Aligned(1, now_->draft);
    for (const Comparison& one : Between(before, after)) {
      ++compared;
      if (one.decision.verdict != Verdict::kIdentical || !one.decision.is_checked)
        return rules_.Say(one.decision.name + " is not the same over\n" + vocabulary_now_);
    }
    return rules_.Loaded()->amends == nullptr ? std::nullopt
                                              : Amended(alignment->Aligned(0, rules_.Loaded()->amends->draft), after);
  }

 private:
  void Rewrite() {
    std::vector<std::string> names;
    for (const Fact& fact : rules_.Draft().vocabulary->facts) {
      if (random_() % 2 == 0 || std::ranges::find(names, fact.name) != names.end()) continue;
      names.push_back(fact.name);
      const std::string& owner = rules_.Draft().vocabulary->entities[fact.owner].name;
      renames_.push_back({fmt::format("{0}.{1}={0}.{1}_now", owner, fact.name), {}});
    }
    vocabulary_now_ = Called(Shuffled(text_.vocabulary, random_), names);
    scratch_.Write("vocabulary_now.pvo", vocabulary_now_);
    now_ = rules_.ReadBeside(scratch_, "draft_now.pvo", Called(text_.draft, names));
    if (!text_.amending.empty()) now_ = rules_.ReadBeside(scratch_, "amending_now.pvo", Called(text_.amending, names));
  }

  static std::vector<Comparison> Between(const Alignment::Draft& one, const Alignment::Draft& other) {
    Comparisons found = Compare({Side{one, "before"}, Side{other, "after"}}, "", Terms::kNamed, kMaxNodes);
    std::erase_if(found.decisions, [](const Comparison& comparison) {
      return comparison.lowered.too_large || comparison.lowered.space->graph.Exhausted();
    });
    return std::move(found.decisions);
  }

  /// What the amendment does is the same, whichever vocabulary it is over.
  Complaint Amended(const Alignment::Draft& before, const Alignment::Draft& after) {
    const std::vector<Comparison> plain = Between(rules_.Loaded()->amends->draft, rules_.Loaded()->draft);
    const std::vector<Comparison> aligned = Between(before, after);
    for (const Comparison& one : plain) {
      const auto other = std::ranges::find_if(
          aligned, [&](const Comparison& each) { return each.decision.name == one.decision.name; });
      if (other == aligned.end() || !one.decision.IsProved() || !other->decision.IsProved()) continue;
      if (one.decision.verdict != other->decision.verdict)
        return rules_.Say(one.decision.name + " is amended otherwise over\n" + vocabulary_now_);
    }
    return std::nullopt;
  }

  ReadRules rules_;
  const tests::Scratch& scratch_;
  tests::RulesText text_;
  std::mt19937 random_;
  std::string vocabulary_now_;
  std::vector<scenario::PlacedText> renames_;
  const load::LoadedDraft* now_ = nullptr;
};

TEST(AlignTest, ADraftOverItsVocabularyInAnotherOrderAndOtherWordsIsTheSame) {
  const tests::Scratch scratch("");
  std::size_t compared = 0;
  tests::ExpectOfRandomPlans(1, tests::TimesFactor(40), [&](const tests::RulesPlan& plan, std::uint32_t seed) {
    return Aligning(scratch, tests::WriteRules(plan), seed).Run(compared);
  });
  RecordProperty("compared", static_cast<int>(compared));
  EXPECT_GT(compared, 20U);
}

}  // namespace
}  // namespace proviso::compare
