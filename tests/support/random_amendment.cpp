// What amending drafts say, at random.
#include "tests/support/random_draft.h"

namespace proviso::tests {

void RandomDraft::Amendment() {
  switch (Below(6)) {
    case 0:
      Settle();
      break;
    case 1:
      SetChange();
      break;
    case 2:
      Repeal();
      break;
    case 3:
      Amend();
      break;
    default:
      Put(Percent(50) ? "add" : "replace");
      Declaration();
  }
}

void RandomDraft::Settle() {
  Put("settle");
  Name();
  if (Percent(50)) {
    Put("= alt_2");
    return;
  }
  Put("otherwise =");
  Expression();
}

void RandomDraft::SetChange() {
  const bool adds = Percent(50);
  Put(adds ? "add" : "remove");
  List(1, 5, false, [this] { Member(); });
  Put(adds ? "to" : "from");
  Name();
}

void RandomDraft::Repeal() {
  Put("repeal");
  Put(OneOf({"", "option", "constraint", "option_set", "term", "decision", "property", "rule", "term of Person"}));
  Name();
}

void RandomDraft::Amend() {
  Put("amend");
  Put(OneOf({"", "term", "decision", "term of Person", "decision of Person"}));
  Name();
  Put("{");
  for (int i = Below(5); i > 0; --i) Change();
  Put("}");
}

void RandomDraft::Change() {
  switch (Below(6)) {
    case 0:
      Put(Percent(50) ? "add" : "replace");
      HitPolicy();
      break;
    case 1:
      Put(Percent(50) ? "add otherwise" : "replace otherwise");
      Expression();
      break;
    case 2:
    case 3:
      RuleChange();
      break;
    default:
      ParagraphChange();
  }
}

void RandomDraft::ParagraphChange() {
  const std::string_view word = OneOf({"repeal", "replace", "add"});
  Put(word);
  Citation();
  if (word == "repeal") return;
  if (Percent(20)) String();
  Expression();
  if (word == "replace" || !Percent(50)) return;
  Put(Percent(50) ? "before" : "after");
  Citation();
}

void RandomDraft::RuleChange() {
  const std::string_view word = OneOf({"repeal", "replace", "add"});
  Put(word);
  if (word == "repeal") {
    Put(Percent(50) ? "rule old" : "exception old");
    return;
  }
  Rule();
  if (word == "replace" || !Percent(50)) return;
  Put(Percent(50) ? "before" : "after");
  Name();
}

}  // namespace proviso::tests
