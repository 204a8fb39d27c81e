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

/// The option sets that some outcome of a draft is of, in order: cases name them by their number.
using Numbered = std::map<std::string, std::vector<std::string>>;

Numbered OptionSetsOf(const Run& run) {
  std::map<std::string, std::set<std::string>> sets;
  for (const auto& [place, outcomes] : run.outcomes) {
    for (const auto& [set, outcome] : outcomes) sets[place.draft].insert(set);
  }
  Numbered numbered;
  for (const auto& [draft, of_draft] : sets) numbered[draft].assign(of_draft.begin(), of_draft.end());
  return numbered;
}

void WriteOptionSets(llvm::json::OStream& json, const Numbered& numbered) {
  json.attributeObject("option_sets", [&] {
    for (const auto& [draft, sets] : numbered) {
      json.attributeArray(draft, [&, &sets = sets] {
        for (const std::string& set : sets) json.value(set);
      });
    }
  });
}

/// By outcome the numbers of its option sets: most scenarios come to few outcomes.
void WriteOutcomes(llvm::json::OStream& json, const Outcomes& outcomes, const std::vector<std::string>& sets) {
  std::map<std::string, std::vector<std::int64_t>> by_outcome;
  for (const auto& [set, outcome] : outcomes) {
    by_outcome[outcome].push_back(std::lower_bound(sets.begin(), sets.end(), set) - sets.begin());
  }
  json.attributeObject("outcomes", [&] {
    for (const auto& [outcome, numbers] : by_outcome) {
      json.attributeArray(outcome, [&, &numbers = numbers] {
        for (const std::int64_t number : numbers) json.value(number);
      });
    }
  });
}

std::string Text(const Object& object, llvm::StringRef key) { return object.getString(key).value_or("").str(); }

/// Whether it has the form; `option_sets` is the line's.
bool ReadCase(const llvm::json::Value& value, const Object& option_sets, Run& run) {
  const Object* const one = value.getAsObject();
  const Object* const by_outcome = one == nullptr ? nullptr : one->getObject("outcomes");
  const Array* const sets = one == nullptr ? nullptr : option_sets.getArray(Text(*one, "draft"));
  if (by_outcome == nullptr || sets == nullptr) return false;
  Outcomes& outcomes =
      run.outcomes[{Text(*one, "suite"), Text(*one, "scenario"), Text(*one, "draft"), Text(*one, "decision")}];
  for (const auto& [outcome, numbers] : *by_outcome) {
    const Array* const array = numbers.getAsArray();
    if (array == nullptr) return false;
    for (const llvm::json::Value& number : *array) {
      const std::int64_t at = number.getAsInteger().value_or(-1);
      if (at < 0 || static_cast<std::size_t>(at) >= sets->size()) return false;
      outcomes[(*sets)[static_cast<std::size_t>(at)].getAsString().value_or("").str()] = outcome.str();
    }
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
  const Numbered numbered = OptionSetsOf(run);
  std::string line;
  llvm::raw_string_ostream stream(line);
  llvm::json::OStream json(stream);
  json.object([&] {
    json.attribute("history", 1);
    json.attribute("time", run.time);
    json.attributeObject("drafts", [&] {
      for (const auto& [draft, hash] : run.drafts) json.attribute(draft, hash);
    });
    WriteOptionSets(json, numbered);
    json.attributeArray("cases", [&] {
      for (const auto& [place, outcomes] : run.outcomes) {
        json.object([&, &place = place, &outcomes = outcomes] {
          json.attribute("suite", place.suite);
          json.attribute("scenario", place.scenario);
          json.attribute("draft", place.draft);
          json.attribute("decision", place.decision);
          WriteOutcomes(json, outcomes, numbered.at(place.draft));
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
  const Object* const option_sets = object->getObject("option_sets");
  if (drafts == nullptr || cases == nullptr || option_sets == nullptr) return std::nullopt;
  for (const auto& [draft, hash] : *drafts) run.drafts[draft.str()] = hash.getAsString().value_or("").str();
  const bool is_whole = std::all_of(cases->begin(), cases->end(),
                                    [&](const llvm::json::Value& one) { return ReadCase(one, *option_sets, run); });
  return is_whole ? std::optional(std::move(run)) : std::nullopt;
}

Comparison Compare(const Run& before, const Run& now) { return Comparer().Compare(before, now); }

}  // namespace proviso::history
