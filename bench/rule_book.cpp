#include "bench/rule_book.h"

#include <fmt/format.h>

#include <algorithm>

namespace proviso::bench {
namespace {

constexpr std::size_t kRulesOfAChapter = 10;  // one of them in the decision that is drawn from all

std::string FactsOf(std::size_t n) {
  return fmt::format(R"(  amount_{0} : decimal(2) usd §{0}.1
  people_{0} : integer §{0}.1
  trade_{0} : Trade §{0}.1
  marks_{0} : set of Mark §{0}.1
  since_{0} : date §{0}.1
  licensed_{0} : boolean §{0}.1
)",
                     n);
}

std::string Chapter(std::size_t n) {
  const std::size_t scale = n % 7 + 1;
  return fmt::format(R"(
term in_scope_{0} §{0}.2 = resident and trade_{0} in {{ building, mining }}

decision chapter_{0} : Duty §{0}.3 {{
  strictest wins
  otherwise free
  rule large_{0} §{0}.3(a) -> forbidden when in_scope_{0} and amount_{0} more than {1} usd
  rule middling_{0} §{0}.3(b) -> needs_permit when in_scope_{0} and amount_{0} more than {2} usd
  rule small_{0} §{0}.3(c) -> to_be_notified when in_scope_{0} and amount_{0} more than {3} usd
  rule crowded_{0} §{0}.3(d) -> needs_permit when people_{0} at least {4} and trade_{0} is not office
  rule noisy_{0} §{0}.3(e) -> to_be_notified when marks_{0} includes any of {{ noise, dust }} and people_{0} at least {5}
  rule grave_{0} §{0}.3(f) -> forbidden when marks_{0} includes radiation and risk at least serious
  exception old_{0} §{0}.4 -> free when since_{0} < {6}-01-01
  exception renewed_{0} §{0}.4(a) to old_{0} when risk is grave
  exception licensed_already_{0} §{0}.5 to large_{0} when licensed_{0}
}}
)",
                     n, 1'000'000 * scale, 100'000 * scale, 10'000 * scale, 50 * scale, 5 * scale, 1990 + n % 20);
}

}  // namespace

RuleBook WriteRuleBook(std::size_t rules) {
  RuleBook book;
  book.vocabulary = R"(vocabulary book "Facts for generated rule books"

unit usd
enum Trade { office, building, mining, farming }
enum Mark { noise, dust, radiation }
ordered enum Risk { slight, serious, grave }
ordered enum Duty { free, to_be_notified, needs_permit, forbidden }

entity Works {
  resident : boolean
  risk : Risk
)";
  book.draft = "use \"vocabulary.pvo\"\n\ndraft rule_book over book\n";
  std::string drawn = "\ndecision duty : Duty {\n  strictest wins\n  otherwise free\n";
  const std::size_t chapters = std::max<std::size_t>(1, rules / kRulesOfAChapter);
  for (std::size_t n = 1; n <= chapters; ++n) {
    book.vocabulary += FactsOf(n);
    book.draft += Chapter(n);
    drawn += fmt::format("  rule by_chapter_{0} §{0} -> chapter_{0} when yes\n", n);
  }
  book.vocabulary += "}\n\ncase Works\n";
  book.draft += drawn + "}\n";
  return book;
}

}  // namespace proviso::bench
