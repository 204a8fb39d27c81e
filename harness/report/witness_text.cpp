#include "harness/report/witness_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/style.h"

namespace proviso::report {

namespace {

struct Told {
  std::string path;
  std::string value;
  bool is_no;         // no, none or empty, which a reader takes for granted
  std::string shows;  // how the paths of what is there by it begin: an element of a list
};

std::vector<Told> AllOf(const Vocabulary& words, const lower::Witness& witness) {
  std::vector<Told> all;
  for (const reference::MissingFact& one : witness.matter) {
    const Value& value = *witness.facts.State(words, one.instance, one.fact).value;
    const Type& type = words.facts[one.fact].type;
    Told told{.path = FactPath(witness.facts, words, one.instance, one.fact),
              .value = ValueToText(words, type, value),
              .is_no = value == Value(false) || value == Value(NoValue{}) || value == Value(MemberSet{}) ||
                       type.kind == TypeKind::kList,
              .shows = ""};
    const bool has_elements = type.kind == TypeKind::kList && value != Value(ListValue{});
    told.shows = has_elements ? told.path + "[" : told.path.substr(0, told.path.rfind(']') + 1);
    all.push_back(std::move(told));
  }
  return all;
}

/// Of what is no only so much that each element there has to be is seen to be there.
bool IsShown(const std::vector<Told>& all, std::size_t which) {
  const Told& told = all[which];
  if (!told.is_no || told.shows.empty()) return !told.is_no;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i != which && (i < which || !all[i].is_no) && all[i].path.starts_with(told.shows)) return false;
  }
  return true;
}

}  // namespace

std::string WitnessText(const Vocabulary& words, const lower::Witness& witness) {
  constexpr std::size_t kMaxShown = 8;
  const std::vector<Told> all = AllOf(words, witness);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (IsShown(all, i)) parts.push_back(fmt::format("{}: {}", all[i].path, all[i].value));
  }
  if (parts.empty()) return "all that is asked is no, none or empty";
  if (parts.size() <= kMaxShown) return fmt::format("{}", fmt::join(parts, "; "));
  const std::size_t more = parts.size() - kMaxShown;
  parts.resize(kMaxShown);
  return fmt::format("{}; {}", fmt::join(parts, "; "), Counted(more, "fact") + " more (--format json)");
}

}  // namespace proviso::report
