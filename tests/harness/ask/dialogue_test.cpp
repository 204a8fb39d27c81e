// The dialogue without a terminal, on the shop of tests/golden/cli/run_ask.
#include "harness/ask/dialogue.h"

#include <gtest/gtest.h>

#include "harness/ask/question_text.h"
#include "harness/scenario/suite.h"
#include "tests/support/scratch.h"

namespace proviso::ask {
namespace {

using Effect = Dialogue::Reply::Effect;

class DialogueTest : public testing::Test {
 protected:
  void SetUp() override {
    draft_ = workspace_.Draft((tests::SourceFolder() / "tests/golden/cli/run_ask/draft.pvo").string());
    ASSERT_NE(draft_, nullptr);
  }

  Dialogue Start(const std::vector<std::string>& known = {}) {
    const auto facts = scenario::ReadFacts(workspace_, *draft_->draft->vocabulary, "", known);
    return {*draft_, *facts, {}, draft_->draft->DecisionsOfCase(), workspace_.Files(), {}};
  }

  /// The path that is asked of; empty at the end.
  std::string Asked(const Dialogue& dialogue) {
    if (dialogue.Current() == nullptr) return "";
    const MissingFact& first = dialogue.Current()->facts.front();
    return FactPath(dialogue.Facts(), *draft_->draft->vocabulary, first.instance, first.fact);
  }

  load::Workspace workspace_;
  const load::LoadedDraft* draft_ = nullptr;
};

TEST_F(DialogueTest, AsksNothingThatNoLongerMatters) {
  Dialogue dialogue = Start({"size=small", "open=[sunday]"});
  EXPECT_EQ(dialogue.Current(), nullptr);
}

TEST_F(DialogueTest, TakesMembersByNumberAndNumbersWithoutUnit) {
  Dialogue dialogue = Start({"size=small", "open=[night]"});
  std::vector<std::string> asked;
  while (dialogue.Current() != nullptr) {
    asked.push_back(Asked(dialogue));
    ASSERT_EQ(dialogue.Take(asked.back() == "kind" ? "2" : "1500").effect, Effect::kTaken);
  }
  EXPECT_EQ(asked.size(), 2u);
}

TEST_F(DialogueTest, WrongAnswerIsRefusedAndAskedAgain) {
  Dialogue dialogue = Start({"size=small", "open=[night]", "rent=1500 eur"});
  const Dialogue::Reply reply = dialogue.Take("bra");
  EXPECT_EQ(reply.effect, Effect::kRefused);
  EXPECT_NE(reply.text.find("did you mean `bar`?"), std::string::npos) << reply.text;
  EXPECT_EQ(Asked(dialogue), "kind");
  EXPECT_EQ(dialogue.Answered(), 0u);
}

TEST_F(DialogueTest, UnknownIsNeverAskedAgain) {
  Dialogue dialogue = Start({"size=small", "open=[night]", "rent=1500 eur"});
  EXPECT_EQ(dialogue.Take("unknown").effect, Effect::kTaken);
  EXPECT_EQ(dialogue.Current(), nullptr);
  EXPECT_EQ(dialogue.Settled(), std::vector<std::string>{"permit: no where dear is high; undetermined elsewhere"});
}

TEST_F(DialogueTest, BackGoesBackAndNotBeforeTheFirst) {
  Dialogue dialogue = Start({"size=small", "open=[night]"});
  const std::string first = Asked(dialogue);
  EXPECT_EQ(dialogue.Take("back").effect, Effect::kRefused);
  ASSERT_EQ(dialogue.Take(first == "kind" ? "bar" : "1500").effect, Effect::kTaken);
  EXPECT_EQ(dialogue.Take("/back").effect, Effect::kTaken);
  EXPECT_EQ(Asked(dialogue), first);
  EXPECT_EQ(dialogue.Answered(), 0u);
}

TEST_F(DialogueTest, ListsAreAskedForTogetherThenElementByElement) {
  Dialogue dialogue = Start({"size=medium", "open=[]"});
  ASSERT_NE(dialogue.Current(), nullptr);
  EXPECT_EQ(dialogue.Current()->kind, Question::Kind::kWhich);
  ASSERT_EQ(dialogue.Take("owners").effect, Effect::kTaken);
  EXPECT_EQ(dialogue.Current()->kind, Question::Kind::kCount);
  EXPECT_EQ(dialogue.Take("21").effect, Effect::kRefused);
  ASSERT_EQ(dialogue.Take("1").effect, Effect::kTaken);
  std::vector<std::string> asked;
  while (dialogue.Current() != nullptr) {
    asked.push_back(Asked(dialogue));
    // What is assumed is asked of elements, and nothing typed takes it.
    ASSERT_EQ(dialogue.Take(asked.back() == "owners[0].share" ? "" : "yes").effect, Effect::kTaken);
  }
  EXPECT_EQ(asked.back(), "owners[0].share");
  EXPECT_EQ(dialogue.Settled(), std::vector<std::string>{"permit: no"});
}

TEST_F(DialogueTest, WhatBreaksAnAssumptionIsRefused) {
  Dialogue rent = Start({"size=small", "open=[night]", "kind=bar"});
  EXPECT_NE(rent.Take("-5").text.find("rent_is_not_negative"), std::string::npos);
}

TEST_F(DialogueTest, ReadsNoOtherText) {
  Dialogue dialogue = Start();
  EXPECT_EQ(dialogue.Take("\xff").effect, Effect::kRefused);
  EXPECT_EQ(dialogue.Take("?").effect, Effect::kMore);
  EXPECT_EQ(dialogue.Take("quit").effect, Effect::kStopped);
}

}  // namespace
}  // namespace proviso::ask
