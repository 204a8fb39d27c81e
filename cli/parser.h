// parser.h: the words that a command takes. Of the command-line library (CLI11) only parser.cpp and main.cpp read the
// headers: that alone took four seconds of compiling each command.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): theirs
class App;
class Option;
}  // namespace CLI

namespace proviso::cli {

/// A word that a command takes, to say how it goes with others.
class Word {
 public:
  explicit Word(CLI::Option* option) : option_(option) {}

  Word Needs(Word other) const;
  Word Excludes(std::initializer_list<Word> others) const;

 private:
  CLI::Option* option_;
};

/// Declares what one command takes. What is read is put into the variables named, which must outlive the reading; where
/// a word is not there they stay as they are. `kind` is what a value is called in the help.
class Parser {
 public:
  explicit Parser(CLI::App* app) : app_(app) {}

  /// Values by their place: `FILE`.
  Word Place(const char* name, std::string& value, std::string_view text) const;
  Word Places(const char* name, std::vector<std::string>& values, std::string_view text) const;
  Word OptionalPlace(const char* name, std::string& value, std::string_view text) const;
  Word OptionalPlaces(const char* name, std::vector<std::string>& values, std::string_view text) const;

  /// `--name VALUE`.
  Word Text(const char* name, const char* kind, std::string& value, std::string_view text) const;
  Word RequiredText(const char* name, const char* kind, std::string& value, std::string_view text) const;
  Word Number(const char* name, std::size_t& value, std::string_view text) const;
  Word Percent(const char* name, std::optional<double>& value, std::string_view text) const;

  /// `--name VALUE`, again for each further value.
  Word Texts(const char* name, const char* kind, std::vector<std::string>& values, std::string_view text) const;

  /// `--name`; with a text as value, `true` or what `--name=WORD` says.
  Word Flag(const char* name, bool& value, std::string_view text) const;
  Word FlagOrText(const char* name, std::string& value, std::string_view text) const;

  /// One of `words` and nothing else; it has to be there.
  Word PlaceAmong(const char* name, std::string& value, const std::vector<std::string>& words,
                  std::string_view text) const;
  Word TextAmong(const char* name, std::string& value, const std::vector<std::string>& words,
                 std::string_view text) const;

  /// What many commands take, said alike.
  Word Draft(std::string& path) const;
  Word Decision(std::string& name) const;
  Word Choices(std::vector<std::string>& choices) const;
  Word OptionSet(std::string& name) const;
  Word MaxNodes(std::size_t& count) const;

  /// What stands below the words in the help.
  void Footer(const char* text) const;

 private:
  CLI::App* app_;
};

}  // namespace proviso::cli
