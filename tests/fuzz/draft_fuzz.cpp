// draft_fuzz.cpp: any text as a vocabulary and a draft that uses it, a line `----` between them: what parses has one
// layout, which stays what it is; what is checked without errors has an answer, known or not, to a case of which
// nothing is known, and a graph, or one that is too large.
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "compiler/format/format.h"
#include "compiler/load/workspace.h"
#include "compiler/lower/lower.h"
#include "compiler/reference/evaluate.h"

namespace {

using proviso::load::LoadedDraft;
using proviso::load::Workspace;

constexpr std::size_t kMaxNodes = 20'000;

/// Of this process, as several run at once.
const std::filesystem::path& Folder() {
  static const std::filesystem::path kFolder = [] {
    auto folder = std::filesystem::temp_directory_path() / ("proviso-draft-fuzz-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    return folder;
  }();
  return kFolder;
}

std::string Write(const char* name, const std::string& text) {
  const std::filesystem::path path = Folder() / name;
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

void CheckLayout(Workspace& workspace, const std::string& path) {
  const proviso::syntax::SyntaxTree* const tree = workspace.Tree(path);
  if (tree == nullptr) return;
  const std::string once = proviso::format::Format(*tree, workspace.Files()[tree->file].text);
  Workspace again;
  const std::string formatted = Write("formatted.pvo", once);
  const proviso::syntax::SyntaxTree* const same = again.Tree(formatted);
  if (same == nullptr || proviso::format::Format(*same, once) != once) std::abort();
}

void Answer(const LoadedDraft& loaded) {
  const proviso::check::CheckedDraft& draft = *loaded.draft;
  const proviso::Case nothing_known = proviso::EmptyCase(*draft.vocabulary);
  for (const proviso::check::DecisionId decision : draft.DecisionsOfCase())
    (void)proviso::reference::EvaluateDecision(draft, decision, nothing_known, loaded.option_sets.front());
  (void)proviso::lower::Lower(loaded.draft, {}, kMaxNodes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  constexpr std::string_view kBetween = "\n----\n";
  const std::size_t between = text.find(kBetween);
  if (between == std::string::npos) return 0;
  const std::string vocabulary = Write("vocabulary.pvo", text.substr(0, between + 1));
  const std::string path = Write("draft.pvo", text.substr(between + kBetween.size()));
  Workspace workspace;
  const LoadedDraft* const loaded = workspace.Draft(path);
  if ((loaded == nullptr) != workspace.Sink().HasErrors()) std::abort();
  CheckLayout(workspace, vocabulary);
  CheckLayout(workspace, path);
  if (loaded != nullptr) Answer(*loaded);
  return 0;
}
