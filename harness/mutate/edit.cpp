#include "harness/mutate/edit.h"

#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringRef.h>

#include <algorithm>
#include <optional>

#include "compiler/format/format.h"

namespace proviso::mutate {
namespace {

using amend::AmendedTree;
using Lines = std::vector<std::string>;
using Kind = RedlineLine::Kind;

Lines LinesOf(const std::string& text) {
  Lines lines;
  for (llvm::StringRef rest = llvm::StringRef(text).rtrim('\n'); !rest.empty();) {
    const auto [line, more] = rest.split('\n');
    lines.push_back(line.str());
    rest = more;
  }
  return lines;
}

/// By line of either, how many lines of the rest of both are the same, at most.
std::vector<std::vector<std::size_t>> CommonFrom(const Lines& before, const Lines& after) {
  std::vector<std::vector<std::size_t>> common(before.size() + 1, std::vector<std::size_t>(after.size() + 1));
  for (std::size_t i = before.size(); i-- > 0;) {
    for (std::size_t j = after.size(); j-- > 0;) {
      common[i][j] = before[i] == after[j] ? common[i + 1][j + 1] + 1 : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  return common;
}

std::size_t IndentOf(llvm::StringRef line) { return line.size() - line.ltrim(' ').size(); }

/// The line that the one at `index` stands under; nothing where under none.
std::optional<std::size_t> HeadOf(const Lines& lines, std::size_t index) {
  for (std::size_t i = index; i-- > 0;) {
    if (IndentOf(lines[i]) < IndentOf(lines[index])) return i;
  }
  return std::nullopt;
}

void AddChanges(const Lines& before, const Lines& after, std::vector<RedlineLine>& redline) {
  const auto common = CommonFrom(before, after);
  std::optional<std::size_t> shown;  // the last line of before that was shown
  const auto show_head = [&](const Lines& lines, std::size_t index) {
    const auto head = HeadOf(lines, index);
    const auto at = head ? llvm::find(before, lines[*head]) - before.begin() : 0;
    const auto line = static_cast<std::size_t>(at);
    if (!head || line == before.size() || (shown && *shown >= line)) return;
    redline.push_back({Kind::kKept, before[line]});
    shown = line;
  };
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < before.size() || j < after.size()) {
    if (i < before.size() && j < after.size() && before[i] == after[j]) {
      ++i;
      ++j;
      continue;
    }
    const bool is_old = i < before.size() && (j == after.size() || common[i + 1][j] >= common[i][j + 1]);
    show_head(is_old ? before : after, is_old ? i : j);
    if (is_old) shown = i;
    redline.push_back(is_old ? RedlineLine{Kind::kOld, before[i++]} : RedlineLine{Kind::kNew, after[j++]});
  }
}

syntax::Declaration AsDeclaration(const AmendedTree::Settled& settled) {
  syntax::SettleAmendment settle{settled.option, settled.alternative, settled.otherwise};
  return {.kind = std::move(settle), .span = settled.span, .amendment = settled.amendment};
}

/// The option's settlement, if there is one that says its text.
const AmendedTree::Settled* SettledOtherwise(const AmendedTree& text, const syntax::Declaration& declaration) {
  const auto* const option = std::get_if<syntax::OptionDeclaration>(&declaration.kind);
  if (option == nullptr) return nullptr;
  const auto found = llvm::find_if(text.settled, [&](const AmendedTree::Settled& one) {
    return one.option.text == option->name.text && one.otherwise.IsValid();
  });
  return found == text.settled.end() ? nullptr : &*found;
}

Lines LinesOf(const AmendedTree& text, const syntax::Declaration& declaration) {
  Lines lines = LinesOf(format::DeclarationToText(text.tree, declaration));
  if (const AmendedTree::Settled* const settled = SettledOtherwise(text, declaration)) {
    llvm::append_range(lines, LinesOf(format::DeclarationToText(text.tree, AsDeclaration(*settled))));
  }
  return lines;
}

}  // namespace

std::shared_ptr<const AmendedTree> Apply(const AmendedTree& text, const Edit& edit) {
  auto changed = std::make_shared<AmendedTree>(text);
  for (const auto& [id, expr] : edit.exprs) {
    if (id.Index() < changed->tree.exprs.size()) {
      changed->tree.exprs[id] = expr;
    } else {
      changed->tree.exprs.Add(expr);
    }
  }
  for (const auto& [index, declaration] : edit.declarations) changed->tree.declarations[index] = declaration;
  for (const auto& [index, settled] : edit.settled) changed->settled[index] = settled;
  return changed;
}

std::vector<RedlineLine> RedlineOf(const AmendedTree& before, const AmendedTree& after, const Edit& edit) {
  std::vector<RedlineLine> redline;
  for (const std::size_t index : edit.touched) {
    AddChanges(LinesOf(before, before.tree.declarations[index]), LinesOf(after, after.tree.declarations[index]),
               redline);
  }
  for (const auto& [index, settled] : edit.settled) {
    AddChanges(LinesOf(format::DeclarationToText(before.tree, AsDeclaration(before.settled[index]))),
               LinesOf(format::DeclarationToText(after.tree, AsDeclaration(settled))), redline);
  }
  return redline;
}

const syntax::Expr& Editor::At(syntax::ExprId id) const {
  const auto found = llvm::find_if(edit_.exprs, [&](const auto& one) { return one.first == id; });
  return found == edit_.exprs.end() ? text_.tree[id] : found->second;
}

syntax::ExprId Editor::New(syntax::ExprKind kind, const Span& like) {
  const syntax::ExprId id(next_++);
  edit_.exprs.emplace_back(id, syntax::Expr{.kind = std::move(kind), .span = like});
  return id;
}

void Editor::Set(syntax::ExprId id, syntax::ExprKind kind) {
  const auto found = llvm::find_if(edit_.exprs, [&](const auto& one) { return one.first == id; });
  if (found != edit_.exprs.end()) {
    found->second.kind = std::move(kind);
  } else {
    edit_.exprs.emplace_back(id, syntax::Expr{.kind = std::move(kind), .span = text_.tree[id].span});
  }
}

syntax::Declaration& Editor::Declaration(std::size_t index) {
  const auto found = llvm::find_if(edit_.declarations, [&](const auto& one) { return one.first == index; });
  if (found != edit_.declarations.end()) return found->second;
  return edit_.declarations.emplace_back(index, text_.tree.declarations[index]).second;
}

AmendedTree::Settled& Editor::Settled(std::size_t index) {
  return edit_.settled.emplace_back(index, text_.settled[index]).second;
}

Edit Editor::Take(std::vector<std::size_t> touched) {
  edit_.touched = std::move(touched);
  return std::move(edit_);
}

}  // namespace proviso::mutate
