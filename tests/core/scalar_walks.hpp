// SGD on the parabolas of one weight, written out term by term.
#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "objective/scalar_quadratic.hpp"
#include "objective_checks.hpp"

namespace wv::test {

using Numbers = std::vector<double>;
using Order = std::vector<int>;

// Of n seeded terms, a in [0.5, 2), b in [-3, 3).
inline ScalarQuadratic seededTerms(std::uint32_t seed, int n) {
  const wv::Block numbers = seededBlock(seed, n, 2);
  Numbers a, b;
  for (int i = 0; i < n; ++i) {
    a.push_back(1.25 + 0.75 * numbers(i, 0));
    b.push_back(3 * numbers(i, 1));
  }
  return ScalarQuadratic(a, b);
}

// One update of SGD, straight from the definition: x - alpha times the mean of a (a x - b).
inline double updated(const ScalarQuadratic& f, double x, double alpha, const int* terms,
                      int count) {
  double sum = 0;
  for (int k = 0; k < count; ++k) {
    const double a = f.a()(terms[k]);
    sum += a * (a * x - f.b()(terms[k]));
  }
  return x - alpha * sum / count;
}

// Walks through an order in batches, the last one maybe short; entry k is x after k updates.
inline Numbers walked(const ScalarQuadratic& f, double x, double alpha, const Order& order,
                      int batch) {
  Numbers path{x};
  const int n = f.terms();
  for (int begin = 0; begin < n; begin += batch) {
    x = updated(f, x, alpha, order.data() + begin, std::min(batch, n - begin));
    path.push_back(x);
  }
  return path;
}

inline Order identity(int n) {
  Order order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

inline int stepsPerEpoch(int n, int batch) { return (n + batch - 1) / batch; }

}  // namespace wv::test
