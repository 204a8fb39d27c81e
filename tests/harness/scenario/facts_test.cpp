#include "harness/scenario/facts.h"

#include "harness/scenario/build_case.h"
#include "tests/harness/scenario/world.h"

namespace proviso::scenario {
namespace {

class FactsTest : public WorldTest {
 protected:
  Layer ReadLayer(const std::string& yaml) {
    const FileId file = workspace_.Files().Add("facts.yaml", yaml);
    const auto document = ReadYaml(workspace_.Files(), file, workspace_.Sink());
    return FactReader(*vocabulary_, workspace_.Sink()).ReadMapping(*document, document->Root());
  }
  Case Build(const Layer& layer) { return BuildCase(*vocabulary_, layer, workspace_.Sink()); }

  /// All facts that are known, as `path = value`, one a line.
  std::string Known(const Case& facts) {
    std::string all;
    for (std::size_t i = 0; i < facts.instances.size(); ++i) {
      const Instance& instance = facts.instances[InstanceId(i)];
      for (const FactId fact : vocabulary_->entities[instance.entity].facts) {
        const FactState& state = facts.State(*vocabulary_, InstanceId(i), fact);
        if (!state.value || std::holds_alternative<EntityValue>(*state.value)) continue;
        all += FactPath(facts, *vocabulary_, InstanceId(i), fact) + " = ";
        const auto* list = std::get_if<ListValue>(&*state.value);
        all += list != nullptr ? std::to_string(list->elements.size()) + " elements"
                               : ValueToText(*vocabulary_, vocabulary_->facts[fact].type, *state.value);
        all += "\n";
      }
    }
    return all;
  }

  std::shared_ptr<const Vocabulary> vocabulary_ = TheVocabulary();
};

TEST_F(FactsTest, FlatNestedAndMixedPathsAreTheSame) {
  const std::string expected = "target.models = 1 elements\ntarget.models[0].biology = yes\n";
  EXPECT_EQ(Known(Build(ReadLayer("target.models[0].biology: yes"))), expected);
  EXPECT_EQ(Known(Build(ReadLayer("target: { models: [{ biology: yes }] }"))), expected);
  EXPECT_EQ(Known(Build(ReadLayer("target: { \"models[0]\": { biology: yes } }"))), expected);
  EXPECT_TRUE(workspace_.Sink().Empty()) << Complaints();
}

TEST_F(FactsTest, MembersOfAFactAreBracketsOrAMapping) {
  const std::string expected =
      "target.holders = 1 elements\ntarget.holders[0].share(voting) = 60%\ntarget.holders[0].share(board) = 10%\n";
  EXPECT_EQ(Known(Build(ReadLayer("target.holders: [{ share(voting): 60%, share: { board: 10% } }]"))), expected);
  EXPECT_TRUE(workspace_.Sink().Empty()) << Complaints();
}

TEST_F(FactsTest, EmptyBracketsAreKnownAndSilenceIsNot) {
  EXPECT_EQ(Known(Build(ReadLayer("target.models: []"))), "target.models = 0 elements\n");
  EXPECT_EQ(Known(Build(ReadLayer("target: {}"))), "");
}

TEST_F(FactsTest, AnElementOfWhichNothingIsKnownIsThere) {
  EXPECT_EQ(Known(Build(ReadLayer("target.models: [{}, {}]"))), "target.models = 2 elements\n");
}

TEST_F(FactsTest, AListWrittenWholeReplacesAnother) {
  const Layer below = ReadLayer("target.models: [{ biology: yes }, { biology: no }]");
  EXPECT_EQ(Known(Build(Overlay(below, ReadLayer("target: { models: [{ designed_for: [] }] }")))),
            "target.models = 1 elements\ntarget.models[0].designed_for = { }\n");
}

TEST_F(FactsTest, APathWithAnIndexOverridesThatFactAlone) {
  const Layer below = ReadLayer("target.models: [{ biology: yes, designed_for: [] }]");
  EXPECT_EQ(Known(Build(Overlay(below, ReadLayer("target.models[0].biology: no")))),
            "target.models = 1 elements\ntarget.models[0].biology = no\ntarget.models[0].designed_for = { }\n");
}

TEST_F(FactsTest, NoneReplacesWhatWasBelowAndTheOtherWayRound) {
  const Layer someone = ReadLayer("partner.country: china");
  const Layer nobody = ReadLayer("partner: none");
  EXPECT_EQ(Known(Build(Overlay(someone, nobody))), "partner = none\n");
  EXPECT_EQ(Known(Build(Overlay(nobody, someone))), "partner.country = china\n");
}

TEST_F(FactsTest, AFactTwiceIsReportedWithTheFirst) {
  (void)ReadLayer("target.country: china\ntarget: { country: china }");
  const auto all = workspace_.Sink().Sorted();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].message, "`target.country` is given twice");
  EXPECT_EQ(workspace_.Files().Place(all[0].notes[0].span), "facts.yaml:1:1");
}

TEST_F(FactsTest, AGapInAListIsReportedOnce) {
  (void)Build(ReadLayer("target.models[1].biology: no\ntarget.models[1].designed_for: []"));
  EXPECT_EQ(Complaints(), "`target.models[1]` is given, but there is no `target.models[0]`\n");
}

TEST_F(FactsTest, CompleteFillsWhatSilenceCanMean) {
  Case facts = Build(ReadLayer("target.models: [{ compute: 1 flop }]"));
  PathReader reader(*vocabulary_, workspace_.Sink(), Elements::kAny);
  Complete(facts, *vocabulary_, {{*reader.Whole("target", {}), {}}, {*reader.Whole("partner", {}), {}}},
           MissingElement::kReported, workspace_.Sink());
  EXPECT_EQ(Known(facts),
            "partner = none\ntarget.models = 1 elements\ntarget.holders = 0 elements\n"
            "target.models[0].compute = 1 flop\ntarget.models[0].biology = no\n"
            "target.models[0].designed_for = { }\n");
}

TEST_F(FactsTest, CompleteOfAnElementThatIsNotThereIsReported) {
  Case facts = Build(ReadLayer("target.models: [{}]"));
  PathReader reader(*vocabulary_, workspace_.Sink(), Elements::kAny);
  Complete(facts, *vocabulary_, {{*reader.Whole("target.models[1]", {}), {}}}, MissingElement::kReported,
           workspace_.Sink());
  EXPECT_EQ(Complaints(), "the case has no `target.models[1]`\n");
}

}  // namespace
}  // namespace proviso::scenario
