#pragma once

#include <cstdint>

namespace wv::numeric {

// base^exponent by squaring: std::pow may differ in the last bit between platforms.
inline double integerPower(double base, std::uint64_t exponent) {
  double result = 1;
  for (; exponent != 0; exponent >>= 1) {
    if (exponent & 1U) {
      result *= base;
    }
    base *= base;
  }
  return result;
}

}  // namespace wv::numeric
