#include "tests/support/random_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace proviso::tests {
namespace {

bool IsSign(std::string_view token) { return token.size() == 1 && std::string_view("(){},.:").find(token[0]) < 7; }

}  // namespace

// ---- Tokens ----------------------------------------------------------------------------------------------

void RandomDraft::Put(std::initializer_list<std::string_view> words) {
  for (std::string_view words_left : words) {
    while (!words_left.empty()) {
      const std::size_t end = words_left.front() == '"' ? words_left.size() : words_left.find(' ');
      tokens_.emplace_back(words_left.substr(0, end));
      words_left.remove_prefix(std::min(words_left.size(), tokens_.back().size() + 1));
    }
  }
}

std::string RandomDraft::Between() {
  constexpr std::array<std::string_view, 4> kTexts = {"", " {", " \"as proposed\"", " §850.224(k), – “unsure”, x = {}"};
  std::string between(1, OneOf({" ", " ", " ", " ", " ", "\n", "\t"}).front());
  if (Percent(options_.empty_line_percent)) between += Percent(50) ? "\n\n" : " \n\n  \r\n\n";
  while (Percent(options_.comment_percent)) {
    if (Percent(50)) between += "\n   ";
    between += fmt::format("# {}{}\n", comments_++, kTexts[static_cast<std::size_t>(Below(4))]);
    if (Percent(30)) between += "\n";
  }
  return between;
}

std::string RandomDraft::SetApart() {
  std::string text = Between();
  std::string_view before;
  for (const std::string& token : tokens_) {
    // `$1,000,2` is an amount, and a mistaken one; `§850 (a)` is not `§850(a)`.
    const bool is_mistakable = before == "," || before.starts_with("§");
    const bool may_touch = !is_mistakable && (IsSign(before) || IsSign(token));
    if (!text.empty() && !(may_touch && Percent(70))) text += Between();
    text += token;
    before = token;
  }
  return text + Between();
}

std::string RandomDraft::Text() {
  tokens_.clear();
  comments_ = 0;
  while (Percent(40)) {
    Put("use");
    String();
  }
  Header();
  for (int i = 0; i < options_.declarations; ++i) Percent(75) ? Declaration() : Amendment();
  return SetApart();
}

std::string_view RandomDraft::OneOf(std::initializer_list<std::string_view> words) {
  return words.begin()[Below(static_cast<int>(words.size()))];
}

// ---- Names and types -------------------------------------------------------------------------------------

void RandomDraft::Name() {
  Put(OneOf({"a", "us_person", "target", "b2", "_x", "y_1", "strict", "source", "knowledge", "training_compute",
             "person_of_country_of_concern", "designed_for_sensitive_use", "a_name_that_is_far_longer_than_most"}));
}

void RandomDraft::Names() {
  List(1, 3, false, [this] { Name(); });
}

void RandomDraft::Member() {
  Name();
  if (!Percent(20)) return;
  Put(".");
  Name();
}

void RandomDraft::String() {
  Put(OneOf({"\"\"", "\"The investor's own, # not a comment\"", R"("with a \"quote\" and a \\")",
             "\"Würde § 850.224 greifen? – Eine Frage, die länger ist als eine halbe Zeile\""}));
}

void RandomDraft::Citation() {
  if (Percent(20)) {
    Put("cites");
    String();
  } else {
    Put(OneOf({"§850.224(k)(1)", "§850", "§(b)", "§(iii)(A)", "§850.217(d)(3)"}));
  }
}

void RandomDraft::Citations() {
  List(1, 3, false, [this] { Citation(); });
}

void RandomDraft::Supports() {
  if (Percent(30)) Citations();
  if (Percent(30)) String();
}

void RandomDraft::OfEntity() {
  if (!Percent(30)) return;
  Put("of");
  Name();
}

void RandomDraft::Type() {
  Put(OneOf({"boolean", "integer", "decimal ( 2 )", "real", "percent", "date", "days", "ratio", "set of EndUse",
             "list of Holding", "Person", "integer flop", "decimal ( 2 ) usd", "real petaflops"}));
  if (Percent(20)) Put("or none");
}

// ---- Declarations ----------------------------------------------------------------------------------------

void RandomDraft::Header() {
  if (Percent(30)) {
    Put("vocabulary");
    Name();
    if (Percent(50)) String();
    return;
  }
  Put("draft");
  Name();
  if (Percent(50)) String();
  if (Percent(50)) Put("amends nprm_2024");
  if (Percent(50)) Put("over outbound");
  if (Percent(50)) {
    Put("source");
    String();
  }
  if (Percent(50)) Put("published 2024-07-05");
  if (Percent(50)) Put("effective 2025-01-02");
}

void RandomDraft::Declaration() {
  static constexpr std::array kMakers = {&RandomDraft::Unit,      &RandomDraft::Enum,     &RandomDraft::Entity,
                                         &RandomDraft::Case,      &RandomDraft::Assume,   &RandomDraft::Set,
                                         &RandomDraft::Option,    &RandomDraft::Option,   &RandomDraft::Constraint,
                                         &RandomDraft::OptionSet, &RandomDraft::Term,     &RandomDraft::Term,
                                         &RandomDraft::Term,      &RandomDraft::Decision, &RandomDraft::Decision,
                                         &RandomDraft::Property,  &RandomDraft::Waiver,   &RandomDraft::Transform};
  (this->*kMakers[static_cast<std::size_t>(Below(static_cast<int>(kMakers.size())))])();
}

void RandomDraft::Unit() {
  Put("unit");
  Put(OneOf({"flop", "usd", "exaflops"}));
  if (Percent(50)) Put({"=", OneOf({"1000", "10^15", "8.64e19", "1_000"}), "petaflops"});
  Supports();
}

void RandomDraft::Enum() {
  if (Percent(40)) Put("ordered");
  Put("enum");
  Name();
  Supports();
  Put("{");
  const bool supported = Percent(30);
  List(1, 6, true, [&] {
    Name();
    if (supported) Supports();
  });
  Put("}");
}

void RandomDraft::Entity() {
  Put("entity");
  Name();
  Supports();
  Put("{");
  for (int i = Below(7); i > 0; --i) Fact();
  Put("}");
}

void RandomDraft::Fact() {
  List(1, 2, false, [this] {
    Name();
    if (!Percent(20)) return;
    Put("(");
    Names();
    Put(")");
  });
  Put(":");
  Type();
  if (Percent(30)) Put({"assumed", OneOf({"no", "50%", "- 3 flop", "30 days", "EndUse.military", "{ }", "$1,000"})});
  if (Percent(30)) Put(OneOf({"controlled", "controlled cheap", "controlled costly"}));
  Supports();
}

void RandomDraft::Case() { Put("case Transaction"); }

void RandomDraft::Assume() {
  Put("assume");
  OfEntity();
  Name();
  Supports();
  Put(":");
  Expression();
}

void RandomDraft::Set() {
  Put("set");
  Name();
  Supports();
  Put("= {");
  List(0, 7, true, [this] { Member(); });
  Put("}");
}

void RandomDraft::Option() {
  Put(Percent(70) ? "option" : "reading");
  OfEntity();
  Name();
  Supports();
  Put("{");
  const bool supported = Percent(40);
  List(1, 4, true, [&] {
    Name();
    if (supported) Supports();
    Put("=");
    Percent(50) ? Literal() : Expression();
  });
  Put("}");
}

void RandomDraft::Constraint() {
  Put("constraint");
  if (Percent(70)) {
    Name();
    Put(":");
  }
  Expression();
  if (!Percent(50)) return;
  Put("because");
  String();
}

void RandomDraft::OptionSet() {
  Put("option_set");
  Name();
  Put("{");
  List(1, 4, true, [this] {
    Name();
    Put("=");
    Name();
  });
  Put("}");
}

void RandomDraft::Term() {
  Put("term");
  OfEntity();
  Name();
  if (Percent(20)) {
    Put("(");
    List(1, 2, false, [this] { Put("k : Share"); });
    Put(")");
  }
  if (Percent(30)) {
    Put(":");
    Type();
  }
  Supports();
  Put("=");
  Expression();
}

void RandomDraft::Decision() {
  Put("decision");
  OfEntity();
  Name();
  Put(":");
  Type();
  Supports();
  Put("{");
  for (int i = Below(5); i > 0; --i) DecisionItem();
  Put("}");
}

void RandomDraft::DecisionItem() {
  if (Percent(20)) {
    HitPolicy();
    return;
  }
  if (!Percent(20)) {
    Rule();
    return;
  }
  Put("otherwise");
  Expression();
}

void RandomDraft::HitPolicy() { Put(OneOf({"strictest wins", "first wins", "one applies"})); }

void RandomDraft::Rule() {
  const bool is_exception = Percent(30);
  Put(is_exception ? "exception" : "rule");
  Name();
  Supports();
  if (is_exception && Percent(50)) {
    Put("to excepted");
  } else {
    Put("->");
    Expression();
  }
  if (Percent(20)) Put("under ai_compute is alt_1 :");
  Put("when");
  Expression();
}

void RandomDraft::Waiver() {
  Put("waive");
  if (Percent(50)) {
    String();
    Put("in");
  }
  Member();
  Put("because");
  String();
}

void RandomDraft::Transform() {
  Put("transform");
  Name();
  if (Percent(50)) {
    Put("(");
    Name();
    Put(": 2 to 8 )");
  }
  Supports();
  Put(":");
  Path();
  Put("becomes");
  Expression();
}

void RandomDraft::Property() {
  Put("property");
  Name();
  Supports();
  Put(":");
  if (Percent(50)) {
    Put(Percent(50) ? "always" : "never");
    Expression();
    return;
  }
  Path();
  if (Percent(30)) {
    Put("at least as strict as nprm_2024");
    return;
  }
  Put("never falls as");
  Path();
  Put(Percent(50) ? "rises" : "falls");
}

}  // namespace proviso::tests
