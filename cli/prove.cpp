// proviso prove: a draft's properties, over every case and every option set.
#include "harness/prove/prove.h"

#include <fmt/format.h>
#include <llvm/ADT/STLExtras.h>
#include <llvm/ADT/StringExtras.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.h"
#include "harness/report/prove_report.h"

namespace proviso::cli {
namespace {

struct ProveArguments {
  std::string draft;
  std::vector<std::string> properties;  // names, or texts
};

struct Chosen {
  const load::LoadedDraft* draft;  // with the property, where that is said on the spot
  const check::Property* property;
  std::string name;
};

/// No property can be said in one word.
bool IsName(llvm::StringRef text) {
  return llvm::all_of(text, [](char sign) { return llvm::isAlnum(sign) || sign == '_'; });
}

/// Properties that are named, or said on the spot; all where none is asked for. Nothing where one is wrong.
std::optional<std::vector<Chosen>> Choose(load::Workspace& workspace, const ProveArguments& arguments,
                                          const load::LoadedDraft& draft) {
  std::vector<Chosen> chosen;
  if (arguments.properties.empty()) {
    for (const check::Property& property : draft.draft->properties)
      chosen.push_back({&draft, &property, property.name});
  }
  for (const std::string& wanted : arguments.properties) {
    const auto found = std::ranges::find(draft.draft->properties, wanted, &check::Property::name);
    if (found != draft.draft->properties.end()) {
      chosen.push_back({&draft, &*found, wanted});
      continue;
    }
    if (IsName(wanted)) {
      auto& report = workspace.Sink().Report<diagnostics::Kind::kUnknownName>(
          {}, wanted, fmt::format("among the properties of `{}`", draft.draft->name));
      std::vector<std::string> names;
      for (const check::Property& property : draft.draft->properties) names.push_back(property.name);
      diagnostics::Suggest(report, wanted, names);
      return std::nullopt;
    }
    const load::LoadedDraft* const asked = workspace.DraftWithProperty(arguments.draft, wanted);
    if (asked == nullptr) return std::nullopt;
    chosen.push_back({asked, &asked->draft->properties.back(), wanted});
  }
  return chosen;
}

Status Prove(const ProveArguments& arguments, Terminal& terminal) {
  load::Workspace& workspace = NewWorkspace();
  const load::LoadedDraft* const draft = workspace.Draft(arguments.draft);
  if (draft == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
  const auto chosen = Choose(workspace, arguments, *draft);
  if (!chosen) return terminal.EndWithNothing(workspace, Status::kUnusable);
  std::vector<prove::Proof> proofs;
  for (const auto& [of, property, name] : *chosen) {
    terminal.Progress("proving " + name);
    const load::LoadedDraft* const other =
        property->draft.empty() ? nullptr : workspace.UsedDraft(arguments.draft, property->draft);
    if (!property->draft.empty() && other == nullptr) return terminal.EndWithNothing(workspace, Status::kFinding);
    proofs.push_back(prove::Prove(*of, *property, other));
    proofs.back().name = name;
  }
  workspace.Sink().DropWarnings();  // `check` shows those of the draft
  if (terminal.IsJson()) {
    terminal.Out(report::ProveJson(*draft, proofs, DiagnosticsJson(workspace)));
  } else if (terminal.OutFormat() == Format::kSarif) {
    std::vector<report::Finding> findings = report::FindingsOf(workspace.Sink().Sorted());
    std::ranges::move(report::FindingsOf(*draft, proofs), std::back_inserter(findings));
    terminal.Out(report::SarifText(findings, workspace.Files(), PROVISO_VERSION));
  } else {
    terminal.ShowDiagnostics(workspace);
    terminal.Out(report::ProveText(*draft, proofs, terminal.OutStyle()));
  }
  const bool is_fine =
      std::ranges::all_of(proofs, [](const prove::Proof& proof) { return proof.verdict == prove::Verdict::kProved; });
  return terminal.End(workspace, is_fine ? Status::kFine : Status::kFinding);
}

}  // namespace

Command AddProve(Parser parser) {
  const auto arguments = std::make_shared<ProveArguments>();
  parser.Draft(arguments->draft);
  parser.Texts("--property", "NAME|TEXT", arguments->properties,
               "Only this property: its name, or a text such as 'always C'; may be repeated");
  parser.Footer(
      "A refuted property is shown with a case that the reference evaluator confirms.\n"
      "Exit status: 0 all are proved, 1 one is refuted or not settled, or an error in the draft,\n"
      "             2 the call or a file could not be used.\n"
      "Example:     proviso prove final.pvo --property 'never (excepted and treatment is prohibited)'");
  return {[arguments](Terminal& terminal) { return Prove(*arguments, terminal); },
          {"text", "json", "sarif"},
          ", sarif for code scanners"};
}

}  // namespace proviso::cli
