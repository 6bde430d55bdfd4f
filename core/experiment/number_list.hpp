// Lists that are given as text: "1, 2.5; 3".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiment/parameter.hpp"

namespace wv {

// In characters, of a parameter that is such a list.
inline constexpr double longestText = 2000;

// "1, 2.5; 3" -> {1, 2.5, 3}; an issue under `parameter` when an entry is no number or there are
// more than `most`.
std::vector<double> parseNumbers(std::string_view parameter, const std::string& text,
                                 std::size_t most, std::vector<Issue>& issues);

// What stands between commas or semicolons, without the blanks around it; nothing where nothing is.
std::vector<std::string> splitNames(const std::string& text);

}  // namespace wv
