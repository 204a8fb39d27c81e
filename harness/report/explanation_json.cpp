#include "harness/report/explanation_json.h"

namespace proviso::report {

using llvm::json::OStream;
using reference::Explanation;

namespace {

const char* KindText(Explanation::Kind kind) {
  switch (kind) {
    case Explanation::Kind::kDecision:
      return "decision";
    case Explanation::Kind::kRule:
      return "rule";
    case Explanation::Kind::kException:
      return "exception";
    case Explanation::Kind::kTerm:
      return "term";
    case Explanation::Kind::kCondition:
      return "condition";
    case Explanation::Kind::kFact:
      return "fact";
    case Explanation::Kind::kOption:
      return "option";
  }
  return "";
}

}  // namespace

void WriteExplanation(OStream& json, const Explanation& explanation, const source::SourceFiles& files) {
  json.object([&] {
    WriteText(json, "kind", KindText(explanation.kind));
    WriteText(json, "text", explanation.text);
    WriteText(json, "answer", explanation.answer);
    if (!explanation.remark.empty()) WriteText(json, "remark", explanation.remark);
    WriteCites(json, explanation.cites);
    WritePlace(json, files, explanation.span);
    json.attributeArray("parts", [&] {
      for (const Explanation& part : explanation.parts) WriteExplanation(json, part, files);
    });
  });
}

}  // namespace proviso::report
