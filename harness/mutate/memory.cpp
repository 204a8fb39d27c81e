#include "harness/mutate/memory.h"

#include <fmt/format.h>
#include <llvm/ADT/StringExtras.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/SHA256.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <system_error>

#include "harness/scenario/suite_sources.h"

namespace proviso::mutate {
namespace {

namespace fs = std::filesystem;

/// In the order of Verdict.
constexpr std::array<llvm::StringLiteral, 4> kVerdicts = {"noticed", "equivalent", "survived", "not_settled"};

std::string Hash(llvm::ArrayRef<std::string> texts) {
  llvm::SHA256 hash;
  for (const std::string& text : texts) {
    hash.update(std::to_string(text.size()) + " ");
    hash.update(text);
  }
  return llvm::toHex(hash.final(), /*LowerCase=*/true);
}

/// Of the files among these that end so, or do not.
std::vector<std::string> Texts(load::Workspace& workspace, const std::vector<std::string>& paths, bool drafts) {
  std::vector<std::string> texts;
  for (const std::string& path : paths) {
    if (path.ends_with(".pvo") != drafts) continue;
    const std::optional<FileId> file = workspace.Text(path);
    if (file) texts.push_back(workspace.Files()[*file].text);
  }
  return texts;
}

}  // namespace

Memory::Memory(load::Workspace& workspace, const Exam& exam, const std::string& folder, const std::string& program) {
  const check::CheckedDraft& draft = *exam.Draft().draft;
  std::vector<std::string> texts =
      Texts(workspace, workspace.FilesOf(workspace.Files()[draft.text->tree.file].path), true);
  texts.push_back(program);
  path_ = (fs::path(folder) / fmt::format("{}-{}.jsonl", draft.name, Hash(texts).substr(0, 16))).string();
  std::map<const scenario::Suite*, std::string> suites;
  std::set<std::string> all;
  for (std::size_t i = 0; i < exam.Questions().size(); ++i) {
    const Question& question = exam.Questions()[i];
    std::string& suite = suites[question.suite];
    if (suite.empty()) suite = Hash(Texts(workspace, scenario::SourcesOf(workspace, question.suite->path), false));
    all.insert(suite);
    const std::size_t number = question.is_total ? question.total : question.scenario;
    by_question_.push_back(fmt::format("{} {}{}", suite.substr(0, 16), question.is_total ? "total " : "", number));
    questions_.emplace(by_question_.back(), i);
  }
  all_suites_ = Hash(std::vector<std::string>(all.begin(), all.end())).substr(0, 16);
  Read();
}

void Memory::Read() {
  std::ifstream file(path_);
  for (std::string text; std::getline(file, text);) {
    llvm::Expected<llvm::json::Value> read = llvm::json::parse(text);
    if (!read) {
      llvm::consumeError(read.takeError());
      continue;
    }
    const auto* const object = read->getAsObject();
    const auto part = [&](llvm::StringRef key) { return object ? object->getString(key).value_or("") : ""; };
    const auto* const verdict = std::find(kVerdicts.begin(), kVerdicts.end(), part("verdict"));
    if (verdict == kVerdicts.end()) continue;
    lines_[part("mutant").str()] = {static_cast<Verdict>(verdict - kVerdicts.begin()), part("by").str(), false};
  }
}

std::string Memory::Turning(const Known& known) const {
  if (known.verdict == Verdict::kEquivalent) return "";
  return known.verdict == Verdict::kKilled ? by_question_[known.noticed_by] : all_suites_;
}

std::optional<Known> Memory::Recall(const std::string& mutant) const {
  const std::lock_guard lock(mutex_);
  const auto line = lines_.find(Hash(mutant));
  if (line == lines_.end()) return std::nullopt;
  const Verdict verdict = line->second.verdict;
  if (verdict == Verdict::kEquivalent) return Known{verdict, 0};
  if (verdict != Verdict::kKilled)
    return line->second.by == all_suites_ ? std::optional<Known>(Known{verdict, 0}) : std::nullopt;
  const auto question = questions_.find(line->second.by);
  return question == questions_.end() ? std::nullopt : std::optional<Known>(Known{verdict, question->second});
}

void Memory::Keep(const std::string& mutant, const Known& known) {
  std::string hash = Hash(mutant);
  const std::lock_guard lock(mutex_);
  lines_[std::move(hash)] = {known.verdict, Turning(known), true};
}

std::string Memory::Save() const {
  const auto is_new = [](const auto& line) { return line.second.is_new; };
  if (std::none_of(lines_.begin(), lines_.end(), is_new)) return "";
  std::error_code error;
  fs::create_directories(fs::path(path_).parent_path(), error);
  if (error) return error.message();
  // Whoever writes at the same time has as much right to be the last.
  const std::string made = fmt::format("{}.{:x}", path_, reinterpret_cast<std::uintptr_t>(this));
  std::ofstream file(made);
  for (const auto& [mutant, line] : lines_) {
    const auto verdict = static_cast<std::size_t>(line.verdict);
    file << fmt::format(R"({{"mutant":"{}","verdict":"{}","by":"{}"}})", mutant, kVerdicts[verdict].str(), line.by)
         << "\n";
  }
  file.close();
  if (!file) return "it cannot be written";
  fs::rename(made, path_, error);
  return error ? error.message() : "";
}

}  // namespace proviso::mutate
