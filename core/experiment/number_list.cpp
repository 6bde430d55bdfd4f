#include "experiment/number_list.hpp"

#include <optional>

#include "objective/decimal.hpp"

namespace wv {

std::vector<double> parseNumbers(std::string_view parameter, const std::string& text,
                                 std::size_t most, std::vector<Issue>& issues) {
  std::vector<double> numbers;
  for (const std::string& word : splitNames(text)) {
    const std::optional<double> number = parseDecimal(word);
    if (!number) {
      issues.push_back({std::string(parameter), std::string(parameter) +
                                                    " must be numbers separated by commas; “" +
                                                    word.substr(0, 40) + "” is none."});
      return {};
    }
    numbers.push_back(*number);
  }
  if (numbers.empty() || numbers.size() > most) {
    issues.push_back(
        {std::string(parameter), std::string(parameter) + " must be 1 to " +
                                     formatNumber(static_cast<double>(most)) + " numbers, not " +
                                     formatNumber(static_cast<double>(numbers.size())) + "."});
    return {};
  }
  return numbers;
}

std::vector<std::string> splitNames(const std::string& text) {
  std::vector<std::string> names;
  std::string name;
  const auto finish = [&] {
    const std::size_t first = name.find_first_not_of(" \t");
    if (first != std::string::npos) {
      names.push_back(name.substr(first, name.find_last_not_of(" \t") - first + 1));
    }
    name.clear();
  };
  for (const char c : text) {
    if (c == ',' || c == ';') {
      finish();
    } else {
      name += c;
    }
  }
  finish();
  return names;
}

}  // namespace wv
