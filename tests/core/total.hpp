#pragma once

#include <numeric>
#include <vector>

namespace wv::test {

// In the order of the values: exact for counts.
inline double total(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

}  // namespace wv::test
