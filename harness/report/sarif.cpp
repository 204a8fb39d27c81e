#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "harness/report/finding.h"
#include "harness/report/json.h"
#include "llvm/ADT/StringExtras.h"

namespace proviso::report {
namespace {

using llvm::json::OStream;

/// A path as SARIF has places: relative to the working folder, or a `file:` address; what is no letter, as its bytes.
std::string UriOf(const std::string& path) {
  std::string uri = std::filesystem::path(path).is_absolute() ? "file://" : "";
  for (const char c : path) {
    const bool is_plain = llvm::isAlnum(c) || llvm::StringRef("-._~/").contains(c);
    uri += is_plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

void WriteMessage(OStream& json, llvm::StringRef key, std::string_view text) {
  json.attributeObject(key, [&] { WriteText(json, "text", text); });
}

void WriteRegion(OStream& json, const Span& span, const source::SourceFiles& files) {
  const source::LineColumn begin = files.Locate(span.file, span.begin);
  const source::LineColumn end = files.Locate(span.file, span.end);
  json.attributeObject("region", [&] {
    json.attribute("startLine", static_cast<std::int64_t>(begin.line));
    json.attribute("startColumn", static_cast<std::int64_t>(begin.column));
    json.attribute("endLine", static_cast<std::int64_t>(end.line));
    json.attribute("endColumn", static_cast<std::int64_t>(end.column));
  });
}

/// A location with its own message where `message` is not empty.
void WriteLocation(OStream& json, const Span& span, const source::SourceFiles& files, std::string_view message) {
  json.object([&] {
    if (!message.empty()) WriteMessage(json, "message", message);
    if (!span.file.IsValid()) return;
    json.attributeObject("physicalLocation", [&] {
      json.attributeObject("artifactLocation", [&] { WriteText(json, "uri", UriOf(files[span.file].path)); });
      WriteRegion(json, span, files);
    });
  });
}

using Rules = std::map<std::string, const Finding*>;

void WriteDriver(OStream& json, const Rules& rules, std::string_view version) {
  json.attributeObject("driver", [&] {
    WriteText(json, "name", "Proviso");
    WriteText(json, "version", version);
    json.attributeArray("rules", [&] {
      for (const auto& [id, finding] : rules) {
        json.object([&, id = &id, finding = finding] {
          WriteText(json, "id", *id);
          WriteText(json, "name", finding->rule_name);
          WriteMessage(json, "shortDescription", finding->rule_text);
          json.attributeObject("defaultConfiguration",
                               [&] { WriteText(json, "level", finding->is_error ? "error" : "warning"); });
        });
      }
    });
  });
}

void WriteResult(OStream& json, const Finding& finding, const Rules& rules, const source::SourceFiles& files) {
  const auto index = std::distance(rules.begin(), rules.find(finding.rule));
  json.object([&] {
    WriteText(json, "ruleId", finding.rule);
    json.attribute("ruleIndex", static_cast<std::int64_t>(index));
    WriteText(json, "level", finding.is_error ? "error" : "warning");
    WriteMessage(json, "message", finding.message);
    json.attributeArray("locations", [&] {
      if (finding.span.file.IsValid()) WriteLocation(json, finding.span, files, {});
    });
    if (finding.related.empty()) return;
    json.attributeArray("relatedLocations", [&] {
      for (const diagnostics::Note& note : finding.related) WriteLocation(json, note.span, files, note.message);
    });
  });
}

}  // namespace

std::string SarifText(const std::vector<Finding>& findings, const source::SourceFiles& files,
                      std::string_view version) {
  Rules rules;
  for (const Finding& finding : findings) rules.try_emplace(finding.rule, &finding);
  return JsonText([&](OStream& json) {
    json.object([&] {
      json.attribute("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
      json.attribute("version", "2.1.0");
      json.attributeArray("runs", [&] {
        json.object([&] {
          json.attributeObject("tool", [&] { WriteDriver(json, rules, version); });
          json.attribute("columnKind", "unicodeCodePoints");
          json.attributeArray("results", [&] {
            for (const Finding& finding : findings) WriteResult(json, finding, rules, files);
          });
        });
      });
    });
  });
}

}  // namespace proviso::report
