// lists.h: what drafts ask of the elements of lists, collected before it is answered, so that a list is one variable
// whose cells are the distinct answers.
#pragma once

#include <llvm/ADT/ArrayRef.h>
#include <llvm/ADT/STLFunctionalExtras.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/checked_draft.h"
#include "compiler/lower/lowerer.h"

namespace proviso::lower {

class Lists {
 public:
  explicit Lists(Space& space) : space_(space) {}

  /// An expression that asks something of the elements of a list, to be told before the first question.
  void AddSite(const ListOf& list, Lowerer& lowerer, check::ExprId expr, const Scope& scope, bool meets_options);
  /// What holds of every element of that list.
  void AddAssumption(const ListOf& list, NodeId condition);

  /// Whether some element of the list, standing at `element`, meets the condition: a function of the list's variable
  /// where the condition is of the element alone, by case on what else it asks, else a variable of its own.
  [[nodiscard]] NodeId Some(const ListOf& list, PlaceId element, NodeId condition);

  /// How often a question could not be answered for good because its list was being made.
  [[nodiscard]] std::size_t Provisional() const { return provisional_; }

 private:
  struct Site {
    Lowerer* lowerer;
    check::ExprId expr;
    Scope scope;
  };
  struct Asked {
    std::vector<Site> sites;
    bool meets_options = false;
    enum class State : std::uint8_t { kOpen, kBeingMade, kMade } state = State::kOpen;
    /// Of the element at nesting 0 and options alone; where each is answered: nowhere before the list is made, or where
    /// there would be too many cells.
    struct Answered {
      evaluate::ListId list;
      std::size_t index = 0;
      std::string text;  // as the drafter has it
    };
    std::map<NodeId, Answered> conditions;
    NodeId assumption;  // of the element; invalid: none
  };
  /// More distinct answers than this and each question is a variable of its own.
  static constexpr std::size_t kMaxCells = 200000;
  enum class Regard : std::uint8_t { kElement, kOutside, kBoth };

  [[nodiscard]] Regard RegardOf(evaluate::VariableId variable, PlaceId element) const;
  /// Whether some variable of the condition depends on the element and on what is outside it at once.
  [[nodiscard]] bool IsMixed(NodeId condition, PlaceId element) const;
  /// By case on what the condition asks outside the element, what `pure` makes of the rest.
  NodeId ByOutside(NodeId condition, PlaceId element, std::map<NodeId, NodeId>& made,
                   llvm::function_ref<NodeId(NodeId)> pure);
  NodeId Answer(const ListOf& list, PlaceId element, NodeId condition);
  NodeId Derived(const ListOf& list, PlaceId element, NodeId condition);
  std::optional<NodeId> AtNestingZero(const ListOf& list, PlaceId element, NodeId condition);
  void Collect(const ListOf& list, Asked& asked);
  void Make(const ListOf& list, Asked& asked);

  /// Conditions that elements can meet in any combination with those of other groups are answered apart: what a list
  /// can look like is then any combination as well.
  struct Group {
    std::vector<NodeId> conditions;
    NodeId classes;  // leads to the answers of an element to each of them
    NodeId unmet;    // the elements that meet none of them under any option set
  };
  [[nodiscard]] std::vector<Group> Groups(const Asked& asked);
  [[nodiscard]] Group GroupOf(NodeId condition, const Asked& asked);
  /// Adds the conditions of the other behind its own.
  void Join(Group& group, const Group& other, const Asked& asked);
  /// Whether each answer of `group` is that of some element that meets `others_unmet`.
  [[nodiscard]] bool StandsApart(const Group& group, NodeId others_unmet, const Asked& asked);
  void MakeGroup(const ListOf& list, Asked& asked, const Group& group);
  bool AddCells(evaluate::List& made, const std::vector<evaluate::Answers>& classes, std::size_t conditions);

  Space& space_;
  std::map<ListOf, Asked> asked_;
  std::size_t provisional_ = 0;
};

}  // namespace proviso::lower
