// proviso loopholes: which cases come to a weaker outcome when the party that the rules speak of changes what it can.
#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "harness/report/loopholes_report.h"
#include "harness/scenario/choose_option_sets.h"

namespace proviso::cli {
namespace {

struct LoopholesArguments {
  std::string draft;
  std::string decision;
  std::vector<std::string> transforms;
  std::size_t limit = 4;
  std::size_t max_nodes = lower::kMaxNodes;
};

/// More facts than this are not looked at together.
constexpr std::size_t kMaxTogether = 6;

/// One run: what was tried, as text or JSON, and whether something escapes, or may.
class Run {
 public:
  Run(const load::LoadedDraft& draft, const LoopholesArguments& arguments, Terminal& terminal)
      : draft_(*draft.draft),
        arguments_(arguments),
        terminal_(terminal),
        finder_(draft.draft, draft.option_sets, arguments.max_nodes) {}

  void Transforms(llvm::ArrayRef<const check::Transform*> transforms, llvm::ArrayRef<check::DecisionId> decisions) {
    for (const check::Transform* const transform : transforms) {
      Head(report::WayText({.draft = &draft_, .transform = transform}));
      for (const check::DecisionId decision : decisions)
        Numbers({.draft = &draft_, .transform = transform, .decision = decision});
    }
  }

  void Controlled(llvm::ArrayRef<check::DecisionId> decisions) {
    for (const check::DecisionId decision : decisions) {
      const std::vector<FactId> facts = loopholes::ControlledFacts(draft_, decision);
      for (const FactId fact : facts) Facts({fact}, decision);
      if (facts.size() > 1 && facts.size() <= kMaxTogether) Facts(facts, decision);
      if (facts.size() > kMaxTogether) LeaveOpen(facts.size(), decision);
    }
  }

  [[nodiscard]] Status Found() const { return found_; }
  /// Whether there was anything to be tried.
  [[nodiscard]] bool HasTried() const { return has_tried_; }
  std::vector<std::string> json;

 private:
  /// Numbers that open the same are shown together.
  void Numbers(report::WayTried way) {
    report::WayTried shown = way;
    std::optional<loopholes::Escapes> first;
    for (; way.index < way.transform->values.size(); ++way.index) {
      loopholes::Escapes escapes = Tried(way);
      if (terminal_.IsJson()) {
        Show(way, way.index, escapes);
      } else if (!first || !first->OpensAlike(escapes)) {
        if (first) Show(shown, way.index - 1, *first);
        shown = way;
        first = std::move(escapes);
      }
    }
    if (first) Show(shown, way.index - 1, *first);
  }

  void Facts(const std::vector<FactId>& facts, check::DecisionId decision) {
    const report::WayTried way{.draft = &draft_, .facts = facts, .decision = decision};
    const loopholes::Escapes escapes = Tried(way);
    Head(report::WayText(way));
    Show(way, 0, escapes);
  }

  void LeaveOpen(std::size_t facts, check::DecisionId decision) {
    found_ = Status::kFinding;
    has_tried_ = true;
    if (terminal_.IsJson()) return;
    terminal_.Out(fmt::format("\n{}   what changes of several of its {} controlled facts can do is not looked at\n",
                              draft_.decisions[decision].name, facts));
  }

  loopholes::Escapes Tried(const report::WayTried& way) {
    has_tried_ = true;
    terminal_.Progress(report::WayText(way));
    return way.transform != nullptr ? finder_.ByTransform(*way.transform, way.index, way.decision)
                                    : finder_.ByFacts(way.facts, way.decision);
  }

  void Head(const std::string& text) {
    if (terminal_.IsJson()) return;
    terminal_.Out((is_first_ ? "" : "\n") + terminal_.OutStyle().Paint(report::Ink::kStrong, text) + "\n");
    is_first_ = false;
  }

  void Show(const report::WayTried& way, std::size_t last, const loopholes::Escapes& escapes) {
    if (!escapes.IsNone()) found_ = Status::kFinding;
    if (terminal_.IsJson()) {
      json.push_back(report::EscapesJson(way, escapes));
    } else {
      terminal_.Out(report::EscapesText(way, last, escapes, arguments_.limit, terminal_.OutStyle()));
    }
  }

  const check::CheckedDraft& draft_;
  const LoopholesArguments& arguments_;
  Terminal& terminal_;
  loopholes::Finder finder_;
  Status found_ = Status::kFine;
  bool is_first_ = true;
  bool has_tried_ = false;
};

/// Those that are named, all where none is. Nothing where a name is wrong.
std::optional<std::vector<const check::Transform*>> ChooseTransforms(load::Workspace& workspace,
                                                                     const check::CheckedDraft& draft,
                                                                     const std::vector<std::string>& names) {
  std::vector<const check::Transform*> chosen;
  std::vector<std::string> known;
  for (const check::Transform& transform : draft.transforms) {
    known.push_back(transform.name);
    if (names.empty() || llvm::is_contained(names, transform.name)) chosen.push_back(&transform);
  }
  for (const std::string& name : names) {
    if (llvm::is_contained(known, name)) continue;
    auto& report = workspace.Sink().Report<diagnostics::Kind::kUnknownName>(
        {}, name, fmt::format("among the transforms of `{}`", draft.name));
    diagnostics::Suggest(report, name, known);
    return std::nullopt;
  }
  return chosen;
}

Status Loopholes(const LoopholesArguments& arguments, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  const load::LoadedDraft* const draft = workspace.Draft(arguments.draft);
  if (draft == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  std::vector<check::DecisionId> decisions = loopholes::DecisionsWithOrder(*draft->draft);
  if (!arguments.decision.empty()) {
    const auto chosen = scenario::ChooseDecision(workspace, *draft, arguments.decision);
    if (!chosen) return terminal.EndWithNothing(workspace, Status::kUnusable);
    decisions = {*chosen};
  }
  const auto transforms = ChooseTransforms(workspace, *draft->draft, arguments.transforms);
  if (!transforms) return terminal.EndWithNothing(workspace, Status::kUnusable);
  workspace.Sink().DropWarnings();  // `check` shows those of the draft
  terminal.ShowDiagnostics(workspace);
  Run run(*draft, arguments, terminal);
  run.Transforms(*transforms, decisions);
  if (arguments.transforms.empty()) run.Controlled(decisions);
  if (!run.HasTried() && !terminal.IsJson())
    terminal.Out(draft->draft->name +
                 " has nothing to be tried: no transform, and no controlled fact on which an ordered outcome turns\n");
  if (terminal.IsJson()) terminal.Out(report::LoopholesJson(*draft->draft, run.json, DiagnosticsJson(workspace)));
  return terminal.End(workspace, run.Found());
}

}  // namespace

Command AddLoopholes(Parser parser) {
  const auto arguments = std::make_shared<LoopholesArguments>();
  parser.Draft(arguments->draft);
  parser.Decision(arguments->decision);
  parser.Texts("--transform", "NAME", arguments->transforms, "Only this transform; may be repeated");
  parser.Number("--limit", arguments->limit, "Show at most so many regions of a decision");
  parser.MaxNodes(arguments->max_nodes);
  parser.Footer(
      "Every case that is shown has been decided by the reference evaluator, before and after the change.\n"
      "Exit status: 0 proved that no case escapes, 1 some do, or it is not settled, or an error in the draft,\n"
      "             2 the call or a file could not be used.\n"
      "Example:     proviso loopholes final.pvo --transform split_training");
  return {[arguments](Terminal& terminal) { return Loopholes(*arguments, terminal); }};
}

}  // namespace proviso::cli
