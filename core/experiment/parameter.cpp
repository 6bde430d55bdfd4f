#include "experiment/parameter.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/number_text.hpp"
#include "numeric/utf8.hpp"

namespace wv {
namespace {

// Long enough for any sensible echo of what was typed.
constexpr std::size_t longestEcho = 60;
constexpr int mostDigits = 15;

std::string quoted(std::string_view text) {
  if (text.size() <= longestEcho) {
    return "“" + std::string(text) + "”";
  }
  // Never cut a UTF-8 character in two: one has at most three bytes after its first, but any bytes
  // may come here.
  std::size_t end = longestEcho;
  while (end > longestEcho - 3 && numeric::continuesCharacter(text[end])) {
    --end;
  }
  return "“" + std::string(text.substr(0, end)) + "…”";
}

std::string describe(double number, const Parameter& parameter) {
  if (std::isnan(number)) {
    return "NaN";
  }
  if (std::isinf(number)) {
    return number < 0 ? "-infinity" : "infinity";
  }
  const std::string text = formatNumber(number);
  // A sentence that refuses what it allows says nothing.
  const bool looksAllowed =
      text == formatNumber(parameter.min) || text == formatNumber(parameter.max);
  return looksAllowed ? numeric::numberText(number, mostDigits) : text;
}

std::string describe(const Value& value, const Parameter& parameter) {
  if (const double* number = std::get_if<double>(&value)) {
    return describe(*number, parameter);
  }
  if (const std::string* text = std::get_if<std::string>(&value)) {
    return "the text " + quoted(*text);
  }
  if (const bool* truth = std::get_if<bool>(&value)) {
    return *truth ? "true" : "false";
  }
  return std::get<Foreign>(value).typeName;
}

std::vector<std::string_view> choiceIds(const Parameter& parameter) {
  std::vector<std::string_view> ids;
  for (const Choice& choice : parameter.choices) {
    ids.push_back(choice.id);
  }
  return ids;
}

std::string expectation(const Parameter& parameter) {
  switch (parameter.kind) {
    case Kind::real:
      return "a number from " + formatNumber(parameter.min) + " to " + formatNumber(parameter.max);
    case Kind::integer:
      return "a whole number from " + formatNumber(parameter.min) + " to " +
             formatNumber(parameter.max) +
             (parameter.stride == 1 ? "" : " in steps of " + formatNumber(parameter.stride));
    case Kind::choice:
      return "one of " + joined(choiceIds(parameter));
    case Kind::text:
      return "a text of at most " + formatNumber(parameter.max) + " characters";
  }
  return {};
}

// Whole numbers are exact as doubles: so is this.
bool isStep(const Parameter& parameter, double number) {
  const double steps = (number - parameter.min) / parameter.stride;
  return number == std::floor(number) && steps == std::floor(steps);
}

bool isAllowedNumber(const Parameter& parameter, const Value& value) {
  const double* number = std::get_if<double>(&value);
  return number && *number >= parameter.min && *number <= parameter.max &&
         (parameter.kind == Kind::real || isStep(parameter, *number));
}

bool isAllowedText(const Parameter& parameter, const Value& value) {
  const std::string* text = std::get_if<std::string>(&value);
  if (!text) {
    return false;
  }
  if (parameter.kind == Kind::text) {
    return static_cast<double>(numeric::characterCount(*text)) <= parameter.max;
  }
  return std::any_of(parameter.choices.begin(), parameter.choices.end(),
                     [&](const Choice& choice) { return choice.id == *text; });
}

// As a reader sees it on the control, and as a link or a program calls it.
std::string nameOf(const Parameter& parameter) {
  std::string label(parameter.label);
  return parameter.label == parameter.id ? label : label + " (" + std::string(parameter.id) + ")";
}

}  // namespace

std::size_t Settings::indexOf(std::string_view id) const {
  std::size_t index = 0;
  while (table_[index].id != id) {
    ++index;
  }
  return index;
}

double Settings::number(std::string_view id) const {
  return std::get<double>(values_[indexOf(id)]);
}

const std::string& Settings::text(std::string_view id) const {
  return std::get<std::string>(values_[indexOf(id)]);
}

void Settings::replace(std::string_view id, Value value) {
  values_[indexOf(id)] = std::move(value);
}

const Parameter* findParameter(std::span<const Parameter> table, std::string_view id) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Parameter& parameter) { return parameter.id == id; });
  return found == table.end() ? nullptr : &*found;
}

std::string refusal(const Parameter& parameter, const Value& value) {
  const bool isText = parameter.kind == Kind::choice || parameter.kind == Kind::text;
  if (isText ? isAllowedText(parameter, value) : isAllowedNumber(parameter, value)) {
    return {};
  }
  return nameOf(parameter) + " must be " + expectation(parameter) + ", not " +
         describe(value, parameter) + ".";
}

bool isRelevant(const Parameter& parameter, const Settings& settings) {
  return std::all_of(parameter.relevant.begin(), parameter.relevant.end(),
                     [&](const Relevance& condition) {
                       const std::string& value = settings.text(condition.parameter);
                       return std::find(condition.values.begin(), condition.values.end(), value) !=
                              condition.values.end();
                     });
}

Settings validate(std::span<const Parameter> table, std::span<const Setting> given,
                  std::vector<Issue>& issues) {
  std::vector<Value> initial;
  std::vector<std::string_view> ids;
  for (const Parameter& parameter : table) {
    initial.push_back(parameter.initial);
    ids.push_back(parameter.id);
  }
  Settings settings(table, std::move(initial));
  for (const Setting& setting : given) {
    const Parameter* parameter = findParameter(table, setting.id);
    if (!parameter) {
      issues.push_back({setting.id, "There is no parameter " + quoted(setting.id) +
                                        " here; there are " + joined(ids) + "."});
      continue;
    }
    std::string message = refusal(*parameter, setting.value);
    if (message.empty()) {
      settings.replace(parameter->id, setting.value);
    } else {
      issues.push_back({setting.id, std::move(message)});
    }
  }
  return settings;
}

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (std::string_view word : words) {
    text += (text.empty() ? "" : ", ") + std::string(word);
  }
  return text;
}

std::string formatNumber(double x) { return numeric::numberText(x); }

}  // namespace wv
