#include "harness/history/history.h"

#include <algorithm>
#include <set>
#include <utility>

#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace proviso::history {
namespace {

using llvm::json::Array;
using llvm::json::Object;

/// By outcome the option sets: most scenarios come to few outcomes.
std::map<std::string, std::vector<std::string>> ByOutcome(const Outcomes& outcomes) {
  std::map<std::string, std::vector<std::string>> by_outcome;
  for (const auto& [set, outcome] : outcomes) by_outcome[outcome].push_back(set);
  return by_outcome;
}

void WriteOutcomes(llvm::json::OStream& json, const Outcomes& outcomes) {
  json.attributeObject("outcomes", [&] {
    for (const auto& [outcome, sets] : ByOutcome(outcomes)) {
      json.attributeArray(outcome, [&, &sets = sets] {
        for (const std::string& set : sets) json.value(set);
      });
    }
  });
}

std::string Text(const Object& object, llvm::StringRef key) { return object.getString(key).value_or("").str(); }

/// Whether it has the form.
bool ReadCase(const llvm::json::Value& value, Run& run) {
  const Object* const one = value.getAsObject();
  const Object* const by_outcome = one == nullptr ? nullptr : one->getObject("outcomes");
  if (by_outcome == nullptr) return false;
  Outcomes& outcomes =
      run.outcomes[{Text(*one, "suite"), Text(*one, "scenario"), Text(*one, "draft"), Text(*one, "decision")}];
  for (const auto& [outcome, sets] : *by_outcome) {
    const Array* const array = sets.getAsArray();
    if (array == nullptr) return false;
    for (const llvm::json::Value& set : *array) outcomes[set.getAsString().value_or("").str()] = outcome.str();
  }
  return true;
}

class Comparer {
 public:
  Comparison Compare(const Run& before, const Run& now) {
    for (const auto& [draft, hash] : now.drafts) {
      const auto old = before.drafts.find(draft);
      if (old != before.drafts.end() && old->second != hash) comparison_.edited.push_back(draft);
    }
    static const Outcomes kNone;
    for (const auto& [place, outcomes] : now.outcomes) {
      const auto old = before.outcomes.find(place);
      AddPlace(place, old == before.outcomes.end() ? kNone : old->second, outcomes);
    }
    for (const auto& [place, outcomes] : before.outcomes) {
      if (!now.outcomes.contains(place)) comparison_.gone += outcomes.size();
    }
    for (auto& [key, change] : changes_) comparison_.changes.push_back(std::move(change));
    return std::move(comparison_);
  }

 private:
  void AddPlace(const Place& place, const Outcomes& before, const Outcomes& now) {
    for (const auto& [set, outcome] : now) {
      const auto old = before.find(set);
      if (old == before.end()) {
        ++comparison_.added;
      } else if (old->second == outcome) {
        ++comparison_.same;
      } else {
        AddChange(place, old->second, outcome);
      }
    }
    for (const auto& [set, outcome] : before) comparison_.gone += now.contains(set) ? 0 : 1;
  }

  void AddChange(const Place& place, const std::string& before, const std::string& now) {
    Change& change = changes_[{place.draft, place.decision, before, now}];
    if (change.places.empty()) change = {place.draft, place.decision, before, now, {}, 0};
    if (change.places.empty() || change.places.back() != place) change.places.push_back(place);
    ++change.option_sets;
  }

  Comparison comparison_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, Change> changes_;
};

}  // namespace

std::string LineOf(const Run& run) {
  std::string line;
  llvm::raw_string_ostream stream(line);
  llvm::json::OStream json(stream);
  json.object([&] {
    json.attribute("history", 1);
    json.attribute("time", run.time);
    json.attributeObject("drafts", [&] {
      for (const auto& [draft, hash] : run.drafts) json.attribute(draft, hash);
    });
    json.attributeArray("cases", [&] {
      for (const auto& [place, outcomes] : run.outcomes) {
        json.object([&, &place = place, &outcomes = outcomes] {
          json.attribute("suite", place.suite);
          json.attribute("scenario", place.scenario);
          json.attribute("draft", place.draft);
          json.attribute("decision", place.decision);
          WriteOutcomes(json, outcomes);
        });
      }
    });
  });
  json.flush();
  return line + "\n";
}

std::optional<Run> ReadLine(std::string_view line) {
  llvm::Expected<llvm::json::Value> value = llvm::json::parse(line);
  if (!value) {
    llvm::consumeError(value.takeError());
    return std::nullopt;
  }
  const Object* const object = value->getAsObject();
  if (object == nullptr || object->getInteger("history") != 1) return std::nullopt;
  Run run;
  run.time = Text(*object, "time");
  const Object* const drafts = object->getObject("drafts");
  const Array* const cases = object->getArray("cases");
  if (drafts == nullptr || cases == nullptr) return std::nullopt;
  for (const auto& [draft, hash] : *drafts) run.drafts[draft.str()] = hash.getAsString().value_or("").str();
  const bool is_whole =
      std::all_of(cases->begin(), cases->end(), [&](const llvm::json::Value& one) { return ReadCase(one, run); });
  return is_whole ? std::optional(std::move(run)) : std::nullopt;
}

Comparison Compare(const Run& before, const Run& now) { return Comparer().Compare(before, now); }

}  // namespace proviso::history
