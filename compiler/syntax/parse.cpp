#include "compiler/syntax/parse.h"

#include <llvm/ADT/StringRef.h>

#include "compiler/syntax/build_tree.h"
#include "compiler/syntax/error_strategy.h"
#include "compiler/syntax/guarded_parser.h"
#include "compiler/syntax/mistaken_tokens.h"
#include "compiler/syntax/source_tokens.h"

namespace proviso::syntax {

using diagnostics::DiagnosticSink;
using diagnostics::Kind;

namespace {

/// Whether the parser sees anything but the end of the file.
bool HasText(SourceTokens& tokens) { return tokens.Stream().LA(1) != antlr4::Token::EOF; }

SyntaxTree ParseTokens(SourceTokens& tokens, const std::vector<bool>& doubtful, FileId file, DiagnosticSink& sink) {
  GuardedParser parser(&tokens.Stream());
  parser.removeErrorListeners();
  parser.setErrorHandler(std::make_shared<ErrorStrategy>(tokens, doubtful, sink));
  try {
    return TreeBuilder(tokens, file, sink).Build(parser.file());
  } catch (const NestingTooDeep& error) {
    sink.Report<Kind::kNestingTooDeep>(tokens.SpanOf(error.token), "conditions", kMaxConditionDepth)
        .Help("define the inner conditions as terms of their own");
    return {};
  }
}

}  // namespace

std::optional<SyntaxTree> Parse(const source::SourceFiles& files, FileId file, DiagnosticSink& sink) {
  const std::string& text = files[file].text;
  if (const std::optional<std::uint32_t> offset = source::FindInvalidUtf8(text)) {
    sink.Report<Kind::kNotUtf8>(Span{file, *offset, *offset + 1});
    return std::nullopt;
  }
  if (!CheckWordCount(text, file, sink)) return std::nullopt;
  const std::size_t errors_before = sink.ErrorCount();
  SourceTokens tokens(text, file);
  const std::vector<bool> doubtful = ReportMistakenTokens(tokens, sink);
  if (!CheckBracketDepth(tokens, sink)) return std::nullopt;
  if (!HasText(tokens) && sink.ErrorCount() == errors_before) sink.Report<Kind::kEmptyFile>(Span{file, 0, 0});
  if (!HasText(tokens)) return std::nullopt;
  SyntaxTree tree = ParseTokens(tokens, doubtful, file, sink);
  if (sink.ErrorCount() != errors_before) return std::nullopt;
  return tree;
}

std::vector<std::string> GlanceAtUses(std::string_view text) {
  std::vector<std::string> paths;
  llvm::StringRef rest(text.data(), text.size());
  for (;;) {
    rest = rest.ltrim();
    if (rest.starts_with("#")) {
      rest = rest.drop_until([](char sign) { return sign == '\n' || sign == '\r'; });
      continue;
    }
    if (!rest.consume_front("use")) return paths;
    rest = rest.ltrim();
    if (!rest.consume_front("\"")) return paths;
    const llvm::StringRef path = rest.take_until([](char sign) { return sign == '"'; });
    if (path.size() == rest.size() || path.find_first_of("\\\n") != llvm::StringRef::npos) return paths;
    paths.push_back(path.str());
    rest = rest.drop_front(path.size() + 1);
  }
}

}  // namespace proviso::syntax
