#include "compiler/load/workspace.h"

#include <llvm/ADT/STLExtras.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "compiler/amend/align.h"
#include "compiler/amend/amend.h"
#include "compiler/check/check.h"
#include "compiler/check/words.h"
#include "compiler/load/parsed_files.h"
#include "compiler/lower/prove_decisions.h"
#include "compiler/syntax/parse.h"

namespace proviso::load {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;
using diagnostics::Suggest;
using syntax::FileKind;
using syntax::HeaderAttribute;
using syntax::SyntaxTree;

namespace {

enum class Progress : std::uint8_t { kNew, kOpen, kDone };

struct LoadedFile {
  std::string path;
  std::optional<SyntaxTree> tree;  // nothing where the file could not be read or has syntax errors
  std::vector<LoadedFile*> uses;   // in the order of the text
  bool is_whole = false;           // its tree and all it uses are there
  Progress loading = Progress::kNew;
  Progress vocabulary_progress = Progress::kNew;
  std::shared_ptr<const Vocabulary> vocabulary;
  Progress draft_progress = Progress::kNew;
  std::optional<LoadedDraft> draft;
  std::optional<SyntaxTree> rules;  // the tree without properties, named option sets and waivers; made when asked for
};

const HeaderAttribute* Attribute(const SyntaxTree& tree, HeaderAttribute::Kind kind) {
  for (const HeaderAttribute& each : tree.attributes)
    if (each.kind == kind) return &each;
  return nullptr;
}

/// `file` after all it uses, each once.
void CollectUses(LoadedFile* file, std::vector<LoadedFile*>& out) {
  if (std::find(out.begin(), out.end(), file) != out.end()) return;
  for (LoadedFile* used : file->uses) CollectUses(used, out);
  out.push_back(file);
}

std::vector<LoadedFile*> WithUses(LoadedFile* file) {
  std::vector<LoadedFile*> all;
  CollectUses(file, all);
  return all;
}

std::vector<const SyntaxTree*> VocabularyLayers(LoadedFile* vocabulary) {
  std::vector<const SyntaxTree*> layers;
  for (const LoadedFile* each : WithUses(vocabulary)) layers.push_back(&*each->tree);
  return layers;
}

/// What decides no case: properties, named option sets, waivers, transforms.
bool IsBeside(const syntax::Declaration& declaration) {
  return std::holds_alternative<syntax::PropertyDeclaration>(declaration.kind) ||
         std::holds_alternative<syntax::OptionSetDeclaration>(declaration.kind) ||
         std::holds_alternative<syntax::WaiverDeclaration>(declaration.kind) ||
         std::holds_alternative<syntax::TransformDeclaration>(declaration.kind);
}

const SyntaxTree& RulesOf(LoadedFile& file) {
  if (file.rules) return *file.rules;
  file.rules = *file.tree;
  std::erase_if(file.rules->declarations, IsBeside);
  return *file.rules;
}

/// The amendments that repeal what decides no case.
std::set<syntax::AmendmentId> RepealsBeside(const std::vector<LoadedFile*>& chain, const amend::AmendedTree& text) {
  std::set<std::string> names;
  std::set<Span> repeals;
  for (const LoadedFile* const file : chain) {
    for (const syntax::Declaration& declaration : file->tree->declarations) {
      if (const auto* property = std::get_if<syntax::PropertyDeclaration>(&declaration.kind))
        names.insert(property->name.text);
      if (const auto* transform = std::get_if<syntax::TransformDeclaration>(&declaration.kind))
        names.insert(transform->name.text);
      if (const auto* set = std::get_if<syntax::OptionSetDeclaration>(&declaration.kind)) names.insert(set->name.text);
      const auto* repeal = std::get_if<syntax::RepealAmendment>(&declaration.kind);
      if (repeal != nullptr && names.contains(repeal->name.text)) repeals.insert(declaration.span);
    }
  }
  std::set<syntax::AmendmentId> found;
  for (std::size_t i = 0; i < text.amendments.size(); ++i) {
    if (repeals.contains(text.amendments[syntax::AmendmentId(i)].span)) found.emplace(i);
  }
  return found;
}

}  // namespace

struct Workspace::Impl {
  source::SourceFiles files;
  ParsedFiles parsed_files = ParsedFiles(files);
  DiagnosticSink sink;
  std::map<std::string, std::unique_ptr<LoadedFile>> loaded;
  std::map<std::string, std::string> overlays;
  std::vector<LoadedFile*> open;  // being read, outermost first
  bool has_unusable_file = false;

  // ---- Reading -----------------------------------------------------------------------------------------------

  void ReportUnreadable(const source::ReadFailure& failure, const std::string& path, FileId id, const Span& asked) {
    using ReadKind = source::ReadFailure::Kind;
    has_unusable_file = true;
    const Span at = id.IsValid() ? Span{id, failure.offset, failure.offset + 1} : asked;
    switch (failure.kind) {
      case ReadKind::kUnreadable:
        sink.Report<Kind::kUnreadableFile>(asked, path, failure.detail);
        break;
      case ReadKind::kTooLarge:
        sink.Report<Kind::kFileTooLarge>(asked, path);
        break;
      case ReadKind::kNotUtf8:
        sink.Report<Kind::kNotUtf8>(at).Help("save the file as UTF-8");
        break;
      case ReadKind::kBinary:
        sink.Report<Kind::kBinaryFile>(at);
        break;
    }
  }

  LoadedFile* Load(const std::string& path, const Span& asked) {
    auto& slot = loaded[KeyOf(path)];
    if (!slot) {
      slot = std::make_unique<LoadedFile>();
      slot->path = path;
    }
    LoadedFile* file = slot.get();
    if (file->loading == Progress::kOpen) {
      ReportUseCycle(file, asked);
      return nullptr;
    }
    if (file->loading == Progress::kDone) return file;
    file->loading = Progress::kOpen;
    open.push_back(file);
    ParsedFile parsed = parsed_files.Take(path);
    if (parsed.failure) ReportUnreadable(*parsed.failure, path, parsed.id, asked);
    for (diagnostics::Diagnostic& error : parsed.syntax_errors.Sorted()) sink.Add(std::move(error));
    file->tree = std::move(parsed.tree);
    if (file->tree) file->is_whole = LoadUses(*file);
    open.pop_back();
    file->loading = Progress::kDone;
    return file;
  }

  void ReportUseCycle(const LoadedFile* file, const Span& asked) {
    std::string path;
    bool inside = false;
    for (const LoadedFile* each : open) {
      inside = inside || each == file;
      if (inside) path += each->path + " → ";
    }
    sink.Report<Kind::kUseCycle>(asked, file->path, path + file->path);
  }

  bool LoadUses(LoadedFile& file) {
    bool whole = true;
    for (const syntax::UseText& use : file.tree->uses) {
      LoadedFile* used = Load(UsedPath(file.path, use.path.text), use.path.span);
      if (used == nullptr || !used->is_whole) {
        whole = false;
        continue;
      }
      if (file.tree->kind == FileKind::kVocabulary && used->tree->kind == FileKind::kDraft) {
        sink.Report<Kind::kWrongUse>(use.path.span, use.path.text, "draft")
            .Help("a draft uses its vocabulary, not the other way round");
        whole = false;
        continue;
      }
      if (std::find(file.uses.begin(), file.uses.end(), used) == file.uses.end()) file.uses.push_back(used);
    }
    return whole;
  }

  // ---- Vocabularies --------------------------------------------------------------------------------------------

  std::shared_ptr<const Vocabulary> VocabularyIn(LoadedFile* file) {
    if (file->vocabulary_progress == Progress::kDone) return file->vocabulary;
    file->vocabulary_progress = Progress::kDone;
    const auto layers = VocabularyLayers(file);
    auto vocabulary = check::CheckVocabulary(layers, sink);
    if (vocabulary == nullptr) return nullptr;
    // Its assumptions are checked as a draft that says nothing would check them.
    const SyntaxTree nothing{.file = file->tree->file, .name = file->tree->name};
    auto text = std::make_shared<const amend::AmendedTree>(amend::Amend({&nothing}, layers, sink));
    if (check::Check(vocabulary, text, {}, sink)) file->vocabulary = vocabulary;
    return file->vocabulary;
  }

  /// The file of the vocabulary that a draft is over: said by itself, or by the nearest draft it amends.
  LoadedFile* VocabularyFile(const std::vector<LoadedFile*>& chain) {
    for (LoadedFile* draft : llvm::reverse(chain)) {
      const HeaderAttribute* over = Attribute(*draft->tree, HeaderAttribute::Kind::kOver);
      if (over == nullptr) continue;
      std::vector<std::string> names;
      for (LoadedFile* each : WithUses(draft)) {
        if (each->tree->kind != FileKind::kVocabulary) continue;
        if (each->tree->name.text == over->text) return each;
        names.push_back(each->tree->name.text);
      }
      auto& report = sink.Report<Kind::kUnknownVocabulary>(over->span, over->text);
      Suggest(report, over->text, names);
      report.Help("bring it in at the file's top: `use \"vocabulary.pvo\"`");
      return nullptr;
    }
    const SyntaxTree& tree = *chain.back()->tree;
    sink.Report<Kind::kNoVocabulary>(tree.name.span, tree.name.text).Help("write `over NAME` in the header");
    return nullptr;
  }

  // ---- Drafts ----------------------------------------------------------------------------------------------------

  /// The drafts a draft amends, first one first, itself last. Empty where one is not there.
  std::vector<LoadedFile*> Chain(LoadedFile* file) {
    std::vector<LoadedFile*> chain = {file};
    while (const HeaderAttribute* amends = Attribute(*chain.front()->tree, HeaderAttribute::Kind::kAmends)) {
      LoadedFile* base = nullptr;
      std::vector<std::string> names;
      for (LoadedFile* used : chain.front()->uses) {
        if (used->tree->kind != FileKind::kDraft) continue;
        names.push_back(used->tree->name.text);
        if (used->tree->name.text == amends->text) base = used;
      }
      if (base == nullptr) {
        auto& report = sink.Report<Kind::kUnknownDraft>(amends->span, amends->text);
        Suggest(report, amends->text, names);
        report.Help("bring it in at the file's top: `use \"FILE.pvo\"`");
        return {};
      }
      chain.insert(chain.begin(), base);
    }
    return chain;
  }

  const LoadedDraft* DraftIn(LoadedFile* file) {
    if (file->draft_progress == Progress::kDone) return file->draft ? &*file->draft : nullptr;
    file->draft_progress = Progress::kDone;
    const auto chain = Chain(file);
    if (chain.empty()) return nullptr;
    // What is wrong with the amended draft is said of it alone.
    const LoadedDraft* base = nullptr;
    if (chain.size() > 1) {
      base = DraftIn(chain[chain.size() - 2]);
      if (base == nullptr) return nullptr;
    }
    LoadedFile* vocabulary_file = VocabularyFile(chain);
    const auto vocabulary = vocabulary_file != nullptr ? VocabularyIn(vocabulary_file) : nullptr;
    if (vocabulary == nullptr) return nullptr;
    if (!vocabulary->case_entity.IsValid()) {
      sink.Report<Kind::kNoCaseEntity>(vocabulary_file->tree->name.span, vocabulary->name).Help("write `case ENTITY`");
      return nullptr;
    }
    auto checked = CheckChain(*file, chain, VocabularyLayers(vocabulary_file), vocabulary);
    if (!checked) return nullptr;
    auto option_sets = reference::OptionSets(*checked, sink);
    if (option_sets.empty() || !reference::DropExcludedSets(*checked, option_sets, sink)) return nullptr;
    auto draft = std::make_shared<const check::CheckedDraft>(std::move(*checked));
    file->draft = LoadedDraft{std::move(draft), std::move(option_sets), base};
    return &*file->draft;
  }

  std::optional<check::CheckedDraft> CheckChain(LoadedFile& file, const std::vector<LoadedFile*>& chain,
                                                const std::vector<const SyntaxTree*>& layers,
                                                const std::shared_ptr<const Vocabulary>& vocabulary) {
    std::vector<const SyntaxTree*> trees;
    std::vector<std::string> compared;
    for (const LoadedFile* each : chain) trees.push_back(&*each->tree);
    for (LoadedFile* each : WithUses(&file))
      if (each != &file && each->tree->kind == FileKind::kDraft) compared.push_back(each->tree->name.text);
    const std::size_t before = sink.ErrorCount();
    auto text = std::make_shared<const amend::AmendedTree>(amend::Amend(trees, layers, sink));
    if (sink.ErrorCount() > before) return std::nullopt;
    return check::Check(vocabulary, text, compared, sink);
  }
};

Workspace::Workspace() : impl_(std::make_unique<Impl>()) {}
Workspace::~Workspace() = default;

const SyntaxTree* Workspace::Tree(const std::string& path) {
  const auto known = impl_->loaded.find(KeyOf(path));
  if (known != impl_->loaded.end()) return known->second->tree ? &*known->second->tree : nullptr;
  LoadedFile* file = impl_->Load(path, {});
  return file != nullptr && file->tree ? &*file->tree : nullptr;
}

const LoadedDraft* Workspace::Draft(const std::string& path, const Span& named_at) {
  LoadedFile* file = impl_->Load(path, named_at);
  if (file == nullptr || !file->is_whole) return nullptr;
  if (file->tree->kind == FileKind::kDraft) return impl_->DraftIn(file);
  impl_->sink.Report<Kind::kWrongUse>(file->tree->name.span, path, "vocabulary").Help("name a draft's file");
  return nullptr;
}

const LoadedDraft* Workspace::DraftWithProperty(const std::string& path, const std::string& property) {
  LoadedFile* const file = impl_->Load(path, {});
  // The name is one that no file has.
  auto& slot = impl_->loaded["--property " + std::to_string(impl_->loaded.size())];
  slot = std::make_unique<LoadedFile>();
  slot->path = path;
  slot->uses = {file};
  const FileId id = impl_->files.Add(
      "--property", "draft with_property amends " + file->tree->name.text + "\nproperty asked: " + property + "\n");
  slot->tree = syntax::Parse(impl_->files, id, impl_->sink);
  return slot->tree ? impl_->DraftIn(slot.get()) : nullptr;
}

std::shared_ptr<const check::CheckedDraft> Workspace::DraftWithout(const LoadedDraft& draft,
                                                                   const std::set<syntax::AmendmentId>& left_out) {
  const auto is_it = [&](const auto& each) { return each.second->draft && &*each.second->draft == &draft; };
  const std::vector<LoadedFile*> chain = impl_->Chain(std::ranges::find_if(impl_->loaded, is_it)->second.get());
  std::vector<const SyntaxTree*> trees;
  for (LoadedFile* const each : chain) trees.push_back(&RulesOf(*each));
  std::set<syntax::AmendmentId> without = RepealsBeside(chain, *draft.draft->text);
  without.insert(left_out.begin(), left_out.end());
  LoadedFile* const vocabulary_file = impl_->VocabularyFile(chain);
  DiagnosticSink unsaid;
  auto text = std::make_shared<const amend::AmendedTree>(
      amend::Amend(trees, VocabularyLayers(vocabulary_file), unsaid, without));
  if (unsaid.HasErrors()) return nullptr;
  auto checked = check::Check(impl_->VocabularyIn(vocabulary_file), text, {}, unsaid);
  if (!checked || reference::OptionSets(*checked, unsaid).empty()) return nullptr;
  return std::make_shared<const check::CheckedDraft>(std::move(*checked));
}

const LoadedDraft* Workspace::DraftAligned(const std::string& first, const std::string& second) {
  LoadedFile* const from = impl_->Load(first, {});
  LoadedFile* const to = impl_->Load(second, {});
  // The name is one that no file has.
  auto& slot = impl_->loaded["aligned " + std::to_string(impl_->loaded.size())];
  slot = std::make_unique<LoadedFile>();
  slot->path = second;
  slot->uses = {from};
  slot->tree = amend::Align(*impl_->DraftIn(from)->draft->text, *impl_->DraftIn(to)->draft->text);
  DiagnosticSink said = std::exchange(impl_->sink, {});
  const LoadedDraft* const aligned = impl_->DraftIn(slot.get());
  impl_->sink = std::move(said);
  return aligned;
}

const LoadedDraft* Workspace::UsedDraft(const std::string& path, const std::string& name) {
  for (LoadedFile* const used : WithUses(impl_->Load(path, {}))) {
    if (used->tree->kind == FileKind::kDraft && used->tree->name.text == name) return impl_->DraftIn(used);
  }
  return nullptr;
}

std::shared_ptr<const Vocabulary> Workspace::VocabularyOf(const std::string& path) {
  LoadedFile* file = impl_->Load(path, {});
  if (file == nullptr || !file->is_whole) return nullptr;
  if (file->tree->kind == FileKind::kVocabulary) return impl_->VocabularyIn(file);
  const LoadedDraft* draft = impl_->DraftIn(file);
  return draft != nullptr ? draft->draft->vocabulary : nullptr;
}

bool Workspace::Check(const std::string& path) {
  LoadedFile* file = impl_->Load(path, {});
  if (file == nullptr || !file->is_whole) return false;
  if (file->tree->kind == FileKind::kVocabulary) return impl_->VocabularyIn(file) != nullptr;
  const LoadedDraft* const draft = impl_->DraftIn(file);
  return draft != nullptr && lower::ProveDecisions(draft->draft, impl_->sink);
}

std::vector<std::string> Workspace::FilesOf(const std::string& path) {
  std::vector<std::string> files = {path};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const SyntaxTree* const tree = Tree(files[i]);
    if (tree == nullptr) continue;
    for (const syntax::UseText& use : tree->uses) {
      std::string used = UsedPath(files[i], use.path.text);
      if (!llvm::is_contained(files, used)) files.push_back(std::move(used));
    }
  }
  return files;
}

std::optional<FileId> Workspace::Text(const std::string& path, const Span& named_at) {
  if (const auto overlay = impl_->overlays.find(KeyOf(path)); overlay != impl_->overlays.end()) {
    return impl_->files.Add(path, overlay->second);
  }
  FileId id;
  const auto failure = impl_->files.Read(path, id);
  if (!failure) return id;
  impl_->ReportUnreadable(*failure, path, id, named_at);
  return std::nullopt;
}

void Workspace::Overlay(const std::string& path, std::string text) { impl_->overlays[KeyOf(path)] = std::move(text); }

DiagnosticSink& Workspace::Sink() { return impl_->sink; }
source::SourceFiles& Workspace::Files() { return impl_->files; }
bool Workspace::HasUnusableFile() const { return impl_->has_unusable_file; }

}  // namespace proviso::load
