#include "harness/ask/read_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "harness/scenario/read_value.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::ask {
namespace {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;

/// The words of a list, with or without its brackets.
std::vector<std::string> Words(llvm::StringRef line) {
  line = line.trim();
  if (line.starts_with("[") && line.ends_with("]")) line = line.drop_front().drop_back();
  llvm::SmallVector<llvm::StringRef> parts;
  if (!line.trim().empty()) line.split(parts, ',');
  std::vector<std::string> words;
  for (const llvm::StringRef part : parts) words.push_back(part.trim().str());
  return words;
}

/// `names[2]` for `3`; all else as it is.
std::string ByNumber(const std::string& word, const std::vector<std::string>& names) {
  std::size_t number = 0;
  const bool is_number = !word.empty() && llvm::all_of(word, llvm::isDigit) && word.size() < 6;
  if (!is_number || llvm::StringRef(word).getAsInteger(10, number)) return word;
  return number >= 1 && number <= names.size() ? names[number - 1] : word;
}

std::vector<std::string> MemberNames(const Vocabulary& vocabulary, const Type& type) {
  std::vector<std::string> names;
  if (type.kind != TypeKind::kEnum && type.kind != TypeKind::kSet) return names;
  for (const EnumMember& member : vocabulary.enums[type.enumeration].members) names.push_back(member.name);
  return names;
}

class AnswerReader {
 public:
  AnswerReader(const Vocabulary& vocabulary, const Case& facts, const Question& question, const Span& span,
               DiagnosticSink& sink)
      : vocabulary_(vocabulary),
        question_(question),
        fact_(vocabulary.facts[question.facts.front().fact]),
        path_(FactPath(facts, vocabulary, question.facts.front().instance, question.facts.front().fact)),
        span_(span),
        sink_(sink) {}

  std::optional<Given> Read(std::string_view line) {
    const bool is_none = line == "none" && fact_.type.or_none;
    if (question_.kind == Question::Kind::kWhich) return Which(line);
    if (is_none) return Value(NoValue{});
    if (question_.kind == Question::Kind::kCount) return Count(line);
    if (fact_.type.kind == TypeKind::kEntity) return IsThere(line);
    return FactValue(line);
  }

 private:
  std::optional<Given> FactValue(std::string_view line) {
    const std::vector<std::string> names = MemberNames(vocabulary_, fact_.type);
    std::string text(line);
    if (fact_.type.kind == TypeKind::kSet) {
      std::vector<std::string> words = line == "none" ? std::vector<std::string>() : Words(line);
      for (std::string& word : words) word = ByNumber(word, names);
      text = "[" + llvm::join(words, ", ") + "]";
    } else if (fact_.type.kind == TypeKind::kEnum) {
      text = ByNumber(text, names);
    } else if (fact_.type.kind == TypeKind::kBoolean && (line == "y" || line == "n")) {
      text = line == "y" ? "yes" : "no";
    }
    scenario::ValueReader reader(vocabulary_, sink_);
    std::optional<Value> value = reader.FromText(fact_.type, path_, text, span_, fact_.type.unit);
    return value ? std::optional<Given>(std::move(*value)) : std::nullopt;
  }

  std::optional<Given> Count(llvm::StringRef line) {
    std::size_t count = 0;
    if (line == "none" || line == "[]") return Elements{0};
    if (!line.getAsInteger(10, count) && count <= kMaxElements) return Elements{count};
    return Refuse(fmt::format("how many there are, from 0 to {}; longer lists are given by `--facts`", kMaxElements));
  }

  std::optional<Given> IsThere(std::string_view line) {
    if (line == "yes" || line == "y") return Value(true);
    return Refuse("`yes`, there is one, or `none`");
  }

  std::optional<Given> Which(std::string_view line) {
    if (line == "none") return ListsWithAny{};
    std::vector<std::string> names;
    for (const MissingFact& fact : question_.facts) names.push_back(vocabulary_.facts[fact.fact].ShownName());
    ListsWithAny chosen;
    for (const std::string& word : Words(line)) {
      const auto found = std::ranges::find(names, ByNumber(word, names));
      if (found == names.end()) {
        const Entity& owner = vocabulary_.entities[fact_.owner];
        Suggest(sink_.Report<Kind::kUnknownFact>(span_, Quoted(word), owner.name), word, names);
        return std::nullopt;
      }
      chosen.places.push_back(static_cast<std::size_t>(found - names.begin()));
    }
    return chosen;
  }

  std::optional<Given> Refuse(std::string_view wanted) {
    sink_.Report<Kind::kFactShape>(span_, path_, wanted).Help("`unknown` where it is not known, `?` says more");
    return std::nullopt;
  }

  const Vocabulary& vocabulary_;
  const Question& question_;
  const Fact& fact_;
  const std::string path_;
  const Span& span_;
  DiagnosticSink& sink_;
};

}  // namespace

std::optional<Given> ReadAnswer(const Vocabulary& vocabulary, const Case& facts, const Question& question,
                                std::string_view line, const Span& span, DiagnosticSink& sink) {
  return AnswerReader(vocabulary, facts, question, span, sink).Read(line);
}

bool IsMemberName(const Vocabulary& vocabulary, const Question& question, std::string_view line) {
  if (question.kind != Question::Kind::kFact) return false;
  const std::vector<std::string> names = MemberNames(vocabulary, vocabulary.facts[question.facts.front().fact].type);
  return std::ranges::find(names, line) != names.end();
}

}  // namespace proviso::ask
