// Two numbers in one register of any machine of today, added and multiplied at once and each
// rounded as if alone. Where compilers do not vectorise by themselves: loops of so few turns that
// they are unrolled first, sums that must keep their order.
#pragma once

#include <cstring>

namespace wv {

using Pair [[gnu::vector_size(16)]] = double;

[[gnu::always_inline]] inline Pair loadPair(const double* from) {
  Pair pair;
  std::memcpy(&pair, from, sizeof pair);
  return pair;
}

[[gnu::always_inline]] inline void storePair(Pair pair, double* to) {
  std::memcpy(to, &pair, sizeof pair);
}

}  // namespace wv
