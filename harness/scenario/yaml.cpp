#include "harness/scenario/yaml.h"

#include <libfyaml.h>

#include <algorithm>
#include <memory>

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "runtime/base/nearest.h"

namespace proviso::scenario {
namespace {

using diagnostics::Kind;

struct ParserDeleter {
  void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};
struct DiagDeleter {
  void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};

/// libfyaml's own messages: collected, never printed.
std::unique_ptr<fy_diag, DiagDeleter> SilentDiag() {
  fy_diag_cfg config;
  fy_diag_cfg_default(&config);
  config.fp = nullptr;
  config.output_fn = [](fy_diag*, void*, const char*, size_t) {};
  config.level = FYET_ERROR;
  std::unique_ptr<fy_diag, DiagDeleter> diag(fy_diag_create(&config));
  fy_diag_set_collect_errors(diag.get(), true);
  return diag;
}

std::string TokenText(fy_token* token) {
  size_t length = 0;
  const char* text = token == nullptr ? nullptr : fy_token_get_text(token, &length);
  return text == nullptr ? std::string() : std::string(text, length);
}

/// A sequence or mapping whose end has not come yet.
struct Open {
  YamlId node;
  std::string anchor;
  std::string key;  // of the value that comes next
  Span key_span;
  bool has_key = false;
  llvm::StringMap<Span> keys;  // all so far
  Span previous;               // the plain value before, for amounts that YAML splits
};

/// A finished value, or an alias to one.
struct Placed {
  YamlId node;
  Span span;
  bool is_plain = false;   // a scalar without quotes
  bool is_absent = false;  // nothing is written
};

class YamlReader {
 public:
  YamlReader(const source::SourceFiles& files, FileId file, diagnostics::DiagnosticSink& sink, std::uint32_t from)
      : files_(files), text_(files[file].text), file_(file), sink_(sink), from_(from) {}

  std::optional<YamlDocument> Read();

 private:
  bool Handle(fy_event* event);
  bool HandleScalar(fy_event* event);
  bool HandleAlias(fy_event* event);
  bool HandleStart(fy_event* event, YamlKind kind);
  bool HandleEnd(fy_event* event);

  bool TakeKey(std::string key, Span span, bool is_plain);
  void Place(const Placed& value, const std::string& anchor);
  void PlaceInMapping(Open& open, const Placed& value);
  void PlaceInSequence(Open& open, const Placed& value);
  bool ReportSplitAmount(const Open& open, const Span& stray, bool in_mapping);
  bool Unsupported(const Span& span, std::string_view what, std::string help);
  void ReportSyntax(fy_diag* diag);

  [[nodiscard]] bool AwaitsKey() const {
    return !open_.empty() && document_[open_.back().node].IsMapping() && !open_.back().has_key;
  }
  [[nodiscard]] Span TokenSpan(fy_token* token) const;
  [[nodiscard]] Span EventSpan(fy_event* event) const;
  [[nodiscard]] Span At(std::size_t offset) const {
    const auto begin = static_cast<std::uint32_t>(std::min(offset, text_.size()));
    return {file_, begin, begin};
  }
  [[nodiscard]] std::size_t OffsetOf(int line, int column) const;

  const source::SourceFiles& files_;
  const std::string& text_;
  FileId file_;
  diagnostics::DiagnosticSink& sink_;
  std::uint32_t from_;
  YamlDocument document_;
  std::vector<Open> open_;
  llvm::StringMap<Placed> anchors_;
  std::vector<std::size_t> sizes_;    // by node: how many values it stands for, aliases followed
  std::vector<std::size_t> heights_;  // by node
  std::size_t aliased_ = 0;
  std::uint32_t last_end_ = 0;
  std::size_t documents_ = 0;
};

std::optional<YamlDocument> YamlReader::Read() {
  const std::size_t errors_before = sink_.ErrorCount();
  const auto diag = SilentDiag();
  fy_parse_cfg config{};
  config.flags = static_cast<fy_parse_cfg_flags>(FYPCF_COLLECT_DIAG | FYPCF_DISABLE_DEPTH_LIMIT);
  config.diag = diag.get();
  const std::unique_ptr<fy_parser, ParserDeleter> parser(fy_parser_create(&config));
  fy_parser_set_string(parser.get(), text_.data() + from_, text_.size() - from_);
  bool goes_on = true;
  while (goes_on) {
    fy_event* event = fy_parser_parse(parser.get());
    if (event == nullptr) break;
    goes_on = Handle(event);
    fy_parser_event_free(parser.get(), event);
  }
  if (goes_on && fy_parser_get_stream_error(parser.get())) ReportSyntax(diag.get());
  if (sink_.ErrorCount() != errors_before) return std::nullopt;
  if (!document_.root.IsValid()) {
    sink_.Report<Kind::kEmptyFile>(At(0));
    return std::nullopt;
  }
  return std::move(document_);
}

bool YamlReader::Handle(fy_event* event) {
  switch (event->type) {
    case FYET_DOCUMENT_START:
      return ++documents_ == 1 || Unsupported(EventSpan(event), "a second document", "a file holds one document");
    case FYET_SCALAR:
      return HandleScalar(event);
    case FYET_ALIAS:
      return HandleAlias(event);
    case FYET_SEQUENCE_START:
      return HandleStart(event, YamlKind::kSequence);
    case FYET_MAPPING_START:
      return HandleStart(event, YamlKind::kMapping);
    case FYET_SEQUENCE_END:
    case FYET_MAPPING_END:
      return HandleEnd(event);
    default:
      return true;
  }
}

bool YamlReader::HandleScalar(fy_event* event) {
  fy_token* token = fy_event_get_token(event);
  const fy_mark* mark = token == nullptr ? nullptr : fy_token_start_mark(token);
  const bool is_plain = mark != nullptr && fy_token_scalar_style(token) == FYSS_PLAIN;
  const Span span = mark == nullptr ? At(last_end_) : TokenSpan(token);
  last_end_ = span.end;
  if (fy_token* tag = fy_event_get_tag_token(event)) {
    return Unsupported(TokenSpan(tag), "a tag", "the vocabulary says what a text means; leave the tag out");
  }
  std::string text = TokenText(token);
  if (AwaitsKey()) return TakeKey(std::move(text), span, is_plain);
  YamlNode node;
  node.text = std::move(text);
  node.span = span;
  const YamlId id = document_.nodes.Add(std::move(node));
  sizes_.push_back(1);
  heights_.push_back(0);
  Place({id, span, is_plain, mark == nullptr}, TokenText(fy_event_get_anchor_token(event)));
  return true;
}

bool YamlReader::HandleAlias(fy_event* event) {
  Span span = EventSpan(event);
  if (span.begin > 0) --span.begin;  // libfyaml leaves out the star
  const std::string name = TokenText(fy_event_get_token(event));
  if (AwaitsKey()) return Unsupported(span, "an alias as a key", "write the key out");
  const auto found = anchors_.find(name);
  if (found == anchors_.end()) {
    sink_.Report<Kind::kYamlSyntax>(span, fmt::format("no anchor `&{}` stands above this alias", name));
    return false;
  }
  Placed value = found->second;
  aliased_ += sizes_[value.node.Index()];
  if (aliased_ > kMaxAliasedValues) {
    sink_.Report<Kind::kYamlAliasLimit>(span, kMaxAliasedValues);
    return false;
  }
  if (open_.size() + heights_[value.node.Index()] > kMaxYamlDepth) {
    sink_.Report<Kind::kYamlTooDeep>(span, kMaxYamlDepth);
    return false;
  }
  value.is_plain = false;
  last_end_ = span.end;
  Place(value, {});
  return true;
}

bool YamlReader::HandleStart(fy_event* event, YamlKind kind) {
  const Span span = EventSpan(event);
  if (fy_token* tag = fy_event_get_tag_token(event)) {
    return Unsupported(TokenSpan(tag), "a tag", "the vocabulary says what a text means; leave the tag out");
  }
  if (AwaitsKey()) return Unsupported(span, "a list or mapping as a key", "a key is plain text");
  if (open_.size() >= kMaxYamlDepth) {
    sink_.Report<Kind::kYamlTooDeep>(span, kMaxYamlDepth);
    return false;
  }
  YamlNode node;
  node.kind = kind;
  node.span = span;
  Open open;
  open.node = document_.nodes.Add(std::move(node));
  open.anchor = TokenText(fy_event_get_anchor_token(event));
  sizes_.push_back(1);
  heights_.push_back(1);
  open_.push_back(std::move(open));
  return true;
}

bool YamlReader::HandleEnd(fy_event* event) {
  Open open = std::move(open_.back());
  open_.pop_back();
  YamlNode& node = document_.nodes[open.node];
  const Span end = EventSpan(event);
  last_end_ = std::max(last_end_, end.end);
  if (end.end > end.begin) {  // a bracket: what stands between blocks ends nowhere in particular
    node.span.end = end.end;
  } else {
    node.span =
        node.entries.empty() ? Span{file_, node.span.begin, node.span.begin + 1} : node.entries.front().key_span;
  }
  Place({open.node, node.span}, open.anchor);
  return true;
}

bool YamlReader::TakeKey(std::string key, Span span, bool is_plain) {
  if (is_plain && key == "<<") return Unsupported(span, "a merge key", "write the facts out, or name a background");
  Open& open = open_.back();
  open.key = std::move(key);
  open.key_span = span;
  open.has_key = true;
  return true;
}

void YamlReader::Place(const Placed& value, const std::string& anchor) {
  if (!anchor.empty()) anchors_[anchor] = value;
  if (open_.empty()) {
    document_.root = value.node;
    return;
  }
  Open& open = open_.back();
  const std::size_t parent = open.node.Index();
  sizes_[parent] += sizes_[value.node.Index()];
  heights_[parent] = std::max(heights_[parent], heights_[value.node.Index()] + 1);
  if (document_[open.node].IsMapping()) {
    PlaceInMapping(open, value);
  } else {
    PlaceInSequence(open, value);
  }
}

void YamlReader::PlaceInMapping(Open& open, const Placed& value) {
  open.has_key = false;
  if (value.is_absent && ReportSplitAmount(open, open.key_span, true)) {
    open.previous = open.key_span;
    return;
  }
  open.previous = value.is_plain ? value.span : Span();
  const auto [first, is_new] = open.keys.try_emplace(open.key, open.key_span);
  if (!is_new) {
    sink_.Report<Kind::kRepeatedKey>(open.key_span, Quoted(open.key)).AddNote("it stands here first", first->second);
    return;
  }
  document_.nodes[open.node].entries.push_back({std::move(open.key), open.key_span, value.node});
}

void YamlReader::PlaceInSequence(Open& open, const Placed& value) {
  const bool is_split = value.is_plain && ReportSplitAmount(open, value.span, false);
  open.previous = value.is_plain ? value.span : Span();
  if (!is_split) document_.nodes[open.node].items.push_back(value.node);
}

/// `{ x: $2,000,000 }` is `$2` and a key `000` to YAML. Whether `stray` is the rest of such an amount; reported once.
bool YamlReader::ReportSplitAmount(const Open& open, const Span& stray, bool in_mapping) {
  const Span& before = open.previous;
  const llvm::StringRef text(text_);
  if (!before.file.IsValid() || before.end + 1 != stray.begin || text[before.end] != ',') return false;
  if (!llvm::isDigit(text[before.end - 1]) || !llvm::isDigit(text[stray.begin])) return false;
  const bool continues =
      text.slice(before.begin, before.end).size() == 3 && before.begin > 0 && text[before.begin - 1] == ',';
  if (continues) return true;
  if (!in_mapping && !text.slice(before.begin, before.end).ltrim('-').starts_with("$")) return false;
  const std::size_t end = text.find_first_not_of("0123456789,.", before.begin + 1);
  const Span whole{file_, before.begin, static_cast<std::uint32_t>(std::min(end, text.size()))};
  const std::string amount = text.slice(whole.begin, whole.end).rtrim(",").str();
  sink_.Report<Kind::kSplitAmount>(whole, Quoted(amount)).Help(fmt::format("quote it: `\"{}\"`", amount));
  return true;
}

bool YamlReader::Unsupported(const Span& span, std::string_view what, std::string help) {
  sink_.Report<Kind::kYamlUnsupported>(span, what).Help(std::move(help));
  return false;
}

/// The first message only: those after it follow from it.
void YamlReader::ReportSyntax(fy_diag* diag) {
  void* iterator = nullptr;
  const fy_diag_error* error = fy_diag_errors_iterate(diag, &iterator);
  if (error == nullptr) {
    sink_.Report<Kind::kYamlSyntax>(At(last_end_), "the text ends too early");
    return;
  }
  const Span span = At(OffsetOf(error->line, error->column));
  const llvm::StringRef line(files_.Line(file_, files_.Locate(file_, span.begin).line));
  diagnostics::Diagnostic& report = sink_.Report<Kind::kYamlSyntax>(span, llvm::StringRef(error->msg).rtrim().str());
  const llvm::StringRef indentation = line.take_while([](char c) { return c == ' ' || c == '\t'; });
  if (indentation.contains('\t')) {
    report.Help("indent with blanks, not tabs");
  } else if (llvm::StringRef(error->msg).contains("nested block mapping")) {
    report.Help("quote a text that contains a colon and a blank");
  }
}

Span YamlReader::TokenSpan(fy_token* token) const {
  const fy_mark* begin = fy_token_start_mark(token);
  const fy_mark* end = fy_token_end_mark(token);
  if (begin == nullptr || end == nullptr) return At(last_end_);
  Span span{file_, At(from_ + begin->input_pos).begin, At(from_ + end->input_pos).begin};
  const fy_scalar_style style = fy_token_scalar_style(token);
  if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED) {
    if (span.begin > 0) --span.begin;
    span.end = At(span.end + 1).begin;
  }
  if (style == FYSS_LITERAL || style == FYSS_FOLDED) {
    span.end = static_cast<std::uint32_t>(std::min(text_.find('\n', span.begin), text_.size()));
  }
  return span;
}

Span YamlReader::EventSpan(fy_event* event) const {
  fy_token* token = fy_event_get_token(event);
  return token == nullptr ? At(last_end_) : TokenSpan(token);
}

std::size_t YamlReader::OffsetOf(int line, int column) const {
  const std::vector<std::uint32_t>& starts = files_[file_].line_starts;
  const std::size_t index = files_.Locate(file_, from_).line - 1 + static_cast<std::size_t>(std::max(line, 1)) - 1;
  if (index >= starts.size()) return text_.size();
  std::size_t offset = std::max(starts[index], from_);
  for (int i = 1; i < column && offset < text_.size() && text_[offset] != '\n'; ++i) {
    ++offset;
    while (offset < text_.size() && (static_cast<unsigned char>(text_[offset]) & 0xC0) == 0x80) ++offset;
  }
  return offset;
}

}  // namespace

const YamlEntry* YamlDocument::Find(const YamlNode& mapping, std::string_view key) const {
  const auto found = std::find_if(mapping.entries.begin(), mapping.entries.end(),
                                  [&](const YamlEntry& entry) { return entry.key == key; });
  return found == mapping.entries.end() ? nullptr : &*found;
}

std::optional<YamlDocument> ReadYaml(const source::SourceFiles& files, FileId file, diagnostics::DiagnosticSink& sink,
                                     std::uint32_t from) {
  return YamlReader(files, file, sink, from).Read();
}

}  // namespace proviso::scenario
