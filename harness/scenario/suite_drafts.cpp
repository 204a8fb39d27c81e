#include "harness/scenario/suite_drafts.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "llvm/ADT/STLExtras.h"

namespace proviso::scenario {

using diagnostics::Kind;

namespace {

bool SameFact(const Fact& one, const Fact& other) {
  return one.name == other.name && one.arguments == other.arguments && one.type == other.type &&
         one.owner == other.owner && one.position == other.position;
}

template <typename Things, typename Same>
bool Begins(const Things& shorter, const Things& longer, Same same) {
  return shorter.size() <= longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin(), same);
}

/// Adds `draft` after those it amends.
void AddChain(const load::LoadedDraft* draft, std::vector<const load::LoadedDraft*>& drafts) {
  if (draft->amends != nullptr) AddChain(draft->amends, drafts);
  if (!llvm::is_contained(drafts, draft)) drafts.push_back(draft);
}

/// The vocabulary that all others are the beginning of; nothing where there is none, or `name` names none of them.
std::shared_ptr<const Vocabulary> Shared(const std::vector<const load::LoadedDraft*>& drafts, const PlacedText& name,
                                         diagnostics::DiagnosticSink& sink) {
  const auto size = [](const load::LoadedDraft* draft) {
    const Vocabulary& vocabulary = *draft->draft->vocabulary;
    return vocabulary.facts.size() + vocabulary.enums.size();
  };
  const auto widest = std::max_element(drafts.begin(), drafts.end(),
                                       [&](const auto* one, const auto* other) { return size(one) < size(other); });
  const std::shared_ptr<const Vocabulary>& shared = (*widest)->draft->vocabulary;
  const bool is_named =
      llvm::any_of(drafts, [&](const load::LoadedDraft* draft) { return draft->draft->vocabulary->name == name.text; });
  for (const load::LoadedDraft* draft : drafts) {
    const Vocabulary& vocabulary = *draft->draft->vocabulary;
    if (is_named && IsBeginningOf(vocabulary, *shared)) continue;
    sink.Report<Kind::kSuiteVocabulary>(name.span, name.text, draft->draft->name, vocabulary.name);
    return nullptr;
  }
  return shared;
}

}  // namespace

bool IsBeginningOf(const Vocabulary& narrow, const Vocabulary& wide) {
  const auto same_name = [](const auto& one, const auto& other) { return one.name == other.name; };
  const auto same_size = [](const Unit& one, const Unit& other) {
    return one.name == other.name && one.base == other.base && one.factor == other.factor;
  };
  const auto same_members = [&](const Enumeration& one, const Enumeration& other) {
    return one.name == other.name && one.ordered == other.ordered && Begins(one.members, other.members, same_name);
  };
  return narrow.case_entity == wide.case_entity && Begins(narrow.units, wide.units, same_size) &&
         Begins(narrow.enums, wide.enums, same_members) && Begins(narrow.entities, wide.entities, same_name) &&
         Begins(narrow.facts, wide.facts, SameFact);
}

SuiteDrafts LoadDrafts(load::Workspace& workspace, const std::string& suite_path, const PlacedText& vocabulary,
                       const std::vector<PlacedText>& paths) {
  SuiteDrafts result;
  bool all_loaded = true;
  std::set<std::string> names;
  for (const PlacedText& path : paths) {
    const load::LoadedDraft* draft = workspace.Draft(RelativeTo(suite_path, path.text), path.span);
    all_loaded = all_loaded && draft != nullptr;
    if (draft == nullptr) continue;
    AddChain(draft, result.drafts);
    if (names.insert(draft->draft->name).second) continue;
    workspace.Sink().Report<Kind::kGivenTwice>(path.span, fmt::format("draft `{}`", draft->draft->name));
    all_loaded = false;
  }
  if (all_loaded && !result.drafts.empty()) result.vocabulary = Shared(result.drafts, vocabulary, workspace.Sink());
  return result;
}

std::string RelativeTo(const std::string& from, const std::string& path) {
  return (std::filesystem::path(from).parent_path() / path).lexically_normal().string();
}

}  // namespace proviso::scenario
