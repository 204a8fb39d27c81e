#include "runtime/base/citation.h"

namespace proviso {
namespace {

constexpr std::string_view kSectionSign = "§";

}  // namespace

bool Citation::Encloses(const Citation& inner) const {
  if (text == inner.text) return true;
  if (text.empty() || !inner.text.starts_with(text) || !text.starts_with(kSectionSign)) return false;
  const char next = inner.text[text.size()];
  return next == '(' || next == '.';
}

bool IsRelativeCitation(std::string_view text) {
  return text.starts_with(kSectionSign) && text.substr(kSectionSign.size()).starts_with('(');
}

Citation ResolveCitation(const Citation& enclosing, std::string_view text) {
  if (!IsRelativeCitation(text) || enclosing.text.empty()) return {std::string(text)};
  return {enclosing.text + std::string(text.substr(kSectionSign.size()))};
}

}  // namespace proviso
