#include "cli/parser.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "harness/report/style.h"

namespace proviso::cli {
namespace {

template <typename Value>
CLI::Option* Add(CLI::App* app, const char* name, const char* kind, Value& value, std::string_view text) {
  return app->add_option(name, value, std::string(text))->type_name(kind);
}

CLI::Option* Among(CLI::Option* option, const std::vector<std::string>& words) {
  return option->required()->check(CLI::IsMember(words).description(""));
}

}  // namespace

Word Word::Needs(Word other) const {
  option_->needs(other.option_);
  return *this;
}

Word Word::Excludes(std::initializer_list<Word> others) const {
  for (const Word& other : others) option_->excludes(other.option_);
  return *this;
}

Word Parser::Place(const char* name, std::string& value, std::string_view text) const {
  return Word(Add(app_, name, "", value, text)->required());
}

Word Parser::Places(const char* name, std::vector<std::string>& values, std::string_view text) const {
  return Word(Add(app_, name, "", values, text)->required());
}

Word Parser::OptionalPlace(const char* name, std::string& value, std::string_view text) const {
  return Word(Add(app_, name, "", value, text));
}

Word Parser::OptionalPlaces(const char* name, std::vector<std::string>& values, std::string_view text) const {
  return Word(Add(app_, name, "", values, text)->expected(0, -1));
}

Word Parser::Text(const char* name, const char* kind, std::string& value, std::string_view text) const {
  return Word(Add(app_, name, kind, value, text));
}

Word Parser::RequiredText(const char* name, const char* kind, std::string& value, std::string_view text) const {
  return Word(Add(app_, name, kind, value, text)->required());
}

namespace {

CLI::Validator NotNegative() {
  return CLI::Validator(
      [](const std::string& text) {
        return text.starts_with('-') ? fmt::format("`{}` is less than none", text) : std::string();
      },
      "", "");
}

}  // namespace

Word Parser::Number(const char* name, std::size_t& value, std::string_view text) const {
  return Word(Add(app_, name, "N", value, text)->capture_default_str()->check(NotNegative()));
}

Word Parser::Percent(const char* name, std::optional<double>& value, std::string_view text) const {
  return Word(Add(app_, name, "PERCENT", value, text)->check(CLI::Range(0.0, 100.0).description("")));
}

Word Parser::Texts(const char* name, const char* kind, std::vector<std::string>& values, std::string_view text) const {
  return Word(Add(app_, name, kind, values, text)->allow_extra_args(false));
}

Word Parser::Flag(const char* name, bool& value, std::string_view text) const {
  return Word(app_->add_flag(name, value, std::string(text)));
}

Word Parser::FlagOrText(const char* name, std::string& value, std::string_view text) const {
  return Word(app_->add_flag(name, value, std::string(text)));
}

Word Parser::PlaceAmong(const char* name, std::string& value, const std::vector<std::string>& words,
                        std::string_view text) const {
  return Word(Among(Add(app_, name, "", value, text), words));
}

Word Parser::TextAmong(const char* name, std::string& value, const std::vector<std::string>& words,
                       std::string_view text) const {
  return Word(Among(Add(app_, name, "", value, text)->type_name(report::Joined(words, "or")), words));
}

Word Parser::Draft(std::string& path) const { return Place("DRAFT", path, "The draft (*.pvo)"); }

Word Parser::Decision(std::string& name) const { return Text("--decision", "NAME", name, "Only this decision"); }

Word Parser::Choices(std::vector<std::string>& choices) const {
  return Texts("--set", "OPTION=ALT", choices, "Only option sets with this alternative; may be repeated");
}

Word Parser::OptionSet(std::string& name) const {
  return Text("--option-set", "NAME", name, "Only a named option set of the draft");
}

Word Parser::MaxNodes(std::size_t& count) const {
  return Number("--max-nodes", count, "Give up where the graph would be larger");
}

void Parser::Footer(const char* text) const { app_->footer(text); }

}  // namespace proviso::cli
