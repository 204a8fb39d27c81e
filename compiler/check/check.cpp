#include "compiler/check/check.h"

#include "compiler/check/checker.h"

namespace proviso::check {

Checker::Checker(std::shared_ptr<const Vocabulary> vocabulary, std::shared_ptr<const amend::AmendedTree> text,
                 const std::vector<std::string>& compared, DiagnosticSink& sink)
    : vocabulary_(std::move(vocabulary)),
      text_(std::move(text)),
      tree_(&text_->tree),
      compared_(compared),
      sink_(sink) {}

std::optional<CheckedDraft> Checker::Run() {
  const std::size_t before = sink_.ErrorCount();
  draft_.exprs.Reserve(tree_->exprs.size());
  draft_.name = tree_->name.text;
  draft_.title = tree_->title ? tree_->title->text : std::string();
  for (const syntax::HeaderAttribute& each : tree_->attributes)
    if (each.kind == syntax::HeaderAttribute::Kind::kSource) draft_.sources.push_back(each.text);
  Declare();
  CheckBodies();
  for (const syntax::AssumeDeclaration& each : text_->assumptions) CheckAssumption(each);
  if (sink_.ErrorCount() == before) FindCycles();
  if (sink_.ErrorCount() == before) CheckNewValues();
  if (sink_.ErrorCount() > before) return std::nullopt;
  WarnOfUnusedOptions();
  draft_.vocabulary = vocabulary_;
  draft_.text = text_;
  return std::move(draft_);
}

std::optional<CheckedDraft> Check(std::shared_ptr<const Vocabulary> vocabulary,
                                  std::shared_ptr<const amend::AmendedTree> text,
                                  const std::vector<std::string>& compared, DiagnosticSink& sink) {
  return Checker(std::move(vocabulary), std::move(text), compared, sink).Run();
}

}  // namespace proviso::check
