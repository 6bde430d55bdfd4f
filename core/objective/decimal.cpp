#include "objective/decimal.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

namespace wv {
namespace {

bool isBlank(char c) { return c == ' ' || c == '\t'; }

std::size_t skipDigits(std::string_view text, std::size_t at) {
  while (at < text.size() && isDigit(text[at])) {
    ++at;
  }
  return at;
}

// Digits with at most one point, then perhaps an exponent. Keeps hexadecimal, inf and nan out.
bool isUnsignedDecimal(std::string_view text) {
  std::size_t at = skipDigits(text, 0);
  std::size_t digits = at;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skipDigits(text, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits > 0 && at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
      ++at;
    }
    const std::size_t end = skipDigits(text, at);
    return end > at && end == text.size();
  }
  return digits > 0 && at == text.size();
}

// Correctly rounded, by whichever of the two the standard library has. NaN or inf out of range; the
// former for numbers that round to 0, too, as std::from_chars does not tell which end they passed.
double nearestDouble(std::string_view text) {
#if defined(__cpp_lib_to_chars)
  double x = NAN;
  std::from_chars(text.data(), text.data() + text.size(), x);
  return x;
#else
  const double x = std::strtod(std::string(text).c_str(), nullptr);
  const std::string_view digits = text.substr(0, text.find_first_of("eE"));
  const bool underflows = x == 0 && digits.find_first_of("123456789") != std::string_view::npos;
  return underflows ? NAN : x;
#endif
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isBlank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && isBlank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::optional<double> parseDecimal(std::string_view text) {
  text = trimmed(text);
  const bool isNegative = !text.empty() && text.front() == '-';
  if (isNegative || (!text.empty() && text.front() == '+')) {
    text.remove_prefix(1);
  }
  if (!isUnsignedDecimal(text)) {
    return {};
  }
  const double x = nearestDouble(text);
  return std::isfinite(x) ? std::optional(isNegative ? -x : x) : std::nullopt;
}

}  // namespace wv
