// Decimal numbers out of text, whatever the locale.
#pragma once

#include <optional>
#include <string_view>

namespace wv {

inline bool isDigit(char c) { return c >= '0' && c <= '9'; }

// The text without the blanks and tabs at its ends.
std::string_view trimmed(std::string_view text);

// The double nearest to an optional sign, digits with at most one point, and an optional exponent;
// blanks around it do not count. Nothing for any other text (empty, hexadecimal, inf, nan), nor for
// numbers that are too large for a double or so small that they round to 0.
std::optional<double> parseDecimal(std::string_view text);

}  // namespace wv
