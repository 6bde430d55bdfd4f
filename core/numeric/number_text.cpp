#include "numeric/number_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace wv::numeric {
namespace {

// Exact up to 10^22; by halves beyond, so that 10^-308 does not divide by infinity.
double scaledByPowerOfTen(double x, int exponent) {
  constexpr int most = 22;
  double power = 1;
  const int part = std::min(std::abs(exponent), most);
  for (int i = 0; i < part; ++i) {
    power *= 10;
  }
  const double scaled = exponent < 0 ? x / power : x * power;
  const int rest = std::abs(exponent) - part;
  return rest == 0 ? scaled : scaledByPowerOfTen(scaled, exponent < 0 ? -rest : rest);
}

struct Decimal {
  std::string digits;  // the first is not 0
  int exponent;        // of the first digit
};

Decimal decimalOf(double size, int digits) {
  int exponent = static_cast<int>(std::floor(std::log10(size)));
  double scaled = std::nearbyint(scaledByPowerOfTen(size, digits - 1 - exponent));
  const double limit = scaledByPowerOfTen(1, digits);
  if (scaled >= limit) {
    ++exponent;
    scaled = std::nearbyint(scaledByPowerOfTen(size, digits - 1 - exponent));
  } else if (scaled < limit / 10) {
    --exponent;
    scaled = std::nearbyint(scaledByPowerOfTen(size, digits - 1 - exponent));
  }
  std::string text = std::to_string(static_cast<std::uint64_t>(scaled));
  text.erase(text.find_last_not_of('0') + 1);
  return {std::move(text), exponent};
}

std::string zeros(int count) { return std::string(static_cast<std::size_t>(count), '0'); }

std::string plain(const Decimal& decimal) {
  const int count = static_cast<int>(decimal.digits.size());
  const int beforePoint = decimal.exponent + 1;
  if (beforePoint <= 0) {
    return "0." + zeros(-beforePoint) + decimal.digits;
  }
  if (count <= beforePoint) {
    return decimal.digits + zeros(beforePoint - count);
  }
  std::string text = decimal.digits;
  text.insert(static_cast<std::size_t>(beforePoint), 1, '.');
  return text;
}

std::string scientific(const Decimal& decimal) {
  std::string text = decimal.digits;
  if (text.size() > 1) {
    text.insert(1, 1, '.');
  }
  const int size = std::abs(decimal.exponent);
  return text + (decimal.exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") +
         std::to_string(size);
}

}  // namespace

std::string numberText(double x, int digits) {
  if (std::isnan(x)) {
    return "nan";
  }
  if (x == 0) {
    return "0";
  }
  const std::string sign = x < 0 ? "-" : "";
  if (std::isinf(x)) {
    return sign + "inf";
  }
  constexpr int leastExponent = -4;
  constexpr int longestWhole = 10;
  // A whole number that a person would write out keeps all its digits.
  const bool isShortWhole = x == std::floor(x) && std::fabs(x) < 1e10;
  const Decimal decimal = decimalOf(std::fabs(x), isShortWhole ? longestWhole : digits);
  const bool isPlain = decimal.exponent >= leastExponent &&
                       decimal.exponent < std::max(isShortWhole ? longestWhole : 0, digits);
  return sign + (isPlain ? plain(decimal) : scientific(decimal));
}

}  // namespace wv::numeric
