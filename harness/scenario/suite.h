// suite.h: a scenario suite as read: cases with known facts and expected outcomes, bound to a vocabulary.
#pragma once

#include <llvm/ADT/ArrayRef.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/load/workspace.h"
#include "runtime/base/case.h"

namespace proviso::scenario {

/// What one decision is expected to be.
struct DecisionExpectation {
  check::DecisionId decision;
  std::optional<Value> outcome;    // none: `undetermined`
  std::string text;                // as written, for messages
  std::vector<std::string> needs;  // fact paths that must be among the missing ones
  std::vector<Value> possible;     // must be exactly the possible outcomes, where not empty
  std::vector<Citation> because;   // paragraphs that must be among the deciding ones
  Span span;
};

/// One clause of `expect`: the option sets it speaks of, and what it says of them.
struct Clause {
  std::vector<std::size_t> option_sets;  // indices into LoadedDraft::option_sets, ascending
  std::vector<DecisionExpectation> decisions;
  std::vector<Citation> because;  // paragraphs that must be among those that decide one of the decisions
  Span because_span;
  Span span;
};

struct DraftExpectation {
  std::size_t draft;  // index into Suite::drafts
  std::vector<Clause> clauses;
};

struct Scenario {
  std::string name;
  std::string source;
  bool is_unreviewed = false;  // `status: unreviewed`: a program wrote what is expected, and nobody has judged it
  Case facts;
  std::vector<DraftExpectation> expectations;
  std::map<std::string, std::string> extra;  // columns of a table that are no facts, for reports and grouping
  Span span;                                 // of the name, or of the table's row
};

/// `totals`: how many rows of the table come to each outcome, or which, under each of the option sets. The lines
/// account for every row.
struct Total {
  std::size_t draft;
  std::vector<std::size_t> option_sets;
  check::DecisionId decision;
  struct Line {
    std::optional<Value> outcome;                              // none: `undetermined`
    std::variant<std::size_t, std::vector<std::string>> rows;  // a count, or the names
    Span span;
  };
  std::vector<Line> lines;
  Span span;
};

struct Suite {
  std::string path;
  std::shared_ptr<const Vocabulary> vocabulary;
  std::vector<const load::LoadedDraft*> drafts;  // those it names in `use`, and those they amend
  std::vector<Scenario> scenarios;               // those written out, then those of the table
  std::size_t first_row = 0;                     // index of the table's first scenario
  std::vector<Total> totals;
  std::vector<std::pair<std::string, Case>> backgrounds;  // by name; what is assumed is filled in
};

/// Reads a suite and the drafts and tables it names. Every complaint points at its line and goes to the workspace's
/// sink; nothing where there was an error.
[[nodiscard]] std::optional<Suite> ReadSuite(load::Workspace& workspace, const std::string& path);

/// The same for a suite whose text is at hand; the files it names are relative to that text's path.
[[nodiscard]] std::optional<Suite> ReadSuite(load::Workspace& workspace, FileId file);

/// The same for several, by all processors; in their order. Complaints are those of reading one after the other.
[[nodiscard]] std::vector<std::optional<Suite>> ReadSuites(load::Workspace& workspace, llvm::ArrayRef<FileId> files);

/// The facts of one case for `run`: a YAML file of facts (a mapping of paths, with `complete` if need be under the
/// key `facts`/`complete`, or a suite with one scenario), and facts given as `PATH=VALUE`. Nothing where there was
/// an error. `path` may be empty. `flag`: how the latter were given, for complaints about them.
[[nodiscard]] std::optional<Case> ReadFacts(load::Workspace& workspace, const Vocabulary& vocabulary,
                                            const std::string& path, const std::vector<std::string>& assignments,
                                            const std::string& flag = "--fact");

}  // namespace proviso::scenario
