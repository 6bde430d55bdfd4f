// Numbers that many formulas name.
#pragma once

#include <limits>

namespace wv::numeric {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double pi = 0x1.921fb54442d18p1;
inline constexpr double twoPi = 0x1.921fb54442d18p2;

}  // namespace wv::numeric
