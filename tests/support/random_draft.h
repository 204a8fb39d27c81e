// random_draft.h: drafts and vocabularies that are well formed, use every construct, and mean nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace proviso::tests {

struct RandomDraftOptions {
  int declarations = 12;
  int comment_percent = 3;     // between any two tokens
  int empty_line_percent = 3;  // likewise
};

/// Writes one file; the same seed, the same text.
class RandomDraft {
 public:
  explicit RandomDraft(std::uint64_t seed, RandomDraftOptions options = {}) : random_(seed), options_(options) {}

  /// Blanks, line ends and comments stand anywhere between tokens. Comments are numbered in their order.
  [[nodiscard]] std::string Text();

 private:
  // Tokens are collected first and then set apart at random.
  void Put(std::initializer_list<std::string_view> words);
  void Put(std::string_view token) { Put({token}); }
  [[nodiscard]] std::string SetApart();
  [[nodiscard]] std::string Between();

  [[nodiscard]] int Below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
  [[nodiscard]] bool Percent(int chance) { return Below(100) < chance; }
  [[nodiscard]] std::string_view OneOf(std::initializer_list<std::string_view> words);
  /// `item` some times, with commas between, and after the last where `may_trail`.
  template <typename Item>
  void List(int at_least, int at_most, bool may_trail, Item item) {
    const int count = at_least + Below(at_most - at_least + 1);
    for (int i = 0; i < count; ++i) {
      if (i > 0) Put(",");
      item();
    }
    if (may_trail && count > 0 && Percent(30)) Put(",");
  }

  void Name();
  void Names();
  void Member();
  void String();
  void Citation();
  void Citations();
  void Supports();
  void OfEntity();
  void Type();

  void Header();
  void Declaration();
  void Unit();
  void Enum();
  void Entity();
  void Fact();
  void Case();
  void Assume();
  void Set();
  void Option();
  void Constraint();
  void OptionSet();
  void Term();
  void Decision();
  void DecisionItem();
  void HitPolicy();
  void Rule();
  void Waiver();
  void Transform();
  void Property();

  void Amendment();
  void Settle();
  void SetChange();
  void Repeal();
  void Amend();
  void Change();
  void ParagraphChange();
  void RuleChange();

  void Expression();
  void Implication();
  void Exclusion();
  void Disjunction();
  void Conjunction();
  void Negation();
  void Comparison();
  void Sum();
  void Product();
  void Primary();
  void Leaf();
  void Compound();
  void Literal();
  void Path();
  void SetOperand();
  void SetLiteral();
  void ConditionList();
  void Supposing();
  void Tail();
  void Aggregate();
  void Call();

  std::mt19937_64 random_;
  RandomDraftOptions options_;
  std::vector<std::string> tokens_;
  int depth_ = 0;
  int comments_ = 0;
};

}  // namespace proviso::tests
