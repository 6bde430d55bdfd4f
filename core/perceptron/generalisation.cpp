#include "perceptron/generalisation.hpp"

#include <cmath>
#include <cstdlib>

#include "perceptron/index.hpp"

namespace wv {
namespace {

// C(n, k) p^k (1 - p)^(n - k) for all k, by adding one trial after the other: no factorials.
std::vector<double> binomial(int n, double p) {
  std::vector<double> row = {1};
  for (int m = 0; m < n; ++m) {
    row.push_back(0);
    for (int k = m + 1; k > 0; --k) {
      row[at(k)] = (1 - p) * row[at(k)] + p * row[at(k - 1)];
    }
    row[0] *= 1 - p;
  }
  return row;
}

double powerOf(double base, int exponent) {
  double power = 1;
  for (int i = 0; i < exponent; ++i) {
    power *= base;
  }
  return power;
}

std::vector<double> vectorsByDistance(int d) {
  std::vector<double> counts = binomial(d, 0.5);
  for (double& count : counts) {
    count = std::ldexp(count, d);
  }
  return counts;
}

}  // namespace

std::vector<double> generalisationErrors(int d) {
  std::vector<double> errors;
  for (int k = 0; k <= d; ++k) {
    const std::vector<double> agreeing = binomial(d - k, 0.5), differing = binomial(k, 0.5);
    // P(|A| < b) grows with b: summed once.
    std::vector<double> below(at(d + 2), 0);
    for (int i = 0; i <= d - k; ++i) {
      below[at(std::abs(2 * i - (d - k)) + 1)] += agreeing[at(i)];
    }
    for (int b = 1; b <= d + 1; ++b) {
      below[at(b)] += below[at(b - 1)];
    }
    double error = 0;
    for (int i = 0; i <= k; ++i) {
      error += differing[at(i)] * below[at(std::abs(2 * i - k))];
    }
    errors.push_back(error);
  }
  return errors;
}

std::vector<double> expectedSolutions(int d, int n) {
  std::vector<double> expected = vectorsByDistance(d);
  const std::vector<double> errors = generalisationErrors(d);
  for (int k = 0; k <= d; ++k) {
    expected[at(k)] *= powerOf(1 - errors[at(k)], n);
  }
  return expected;
}

std::vector<double> expectedHistogramOfTeacher(int d, int n) {
  const std::vector<double> counts = vectorsByDistance(d), errors = generalisationErrors(d);
  std::vector<double> expected(at(n + 1), 0);
  for (int k = 0; k <= d; ++k) {
    const std::vector<double> law = binomial(n, errors[at(k)]);
    for (int e = 0; e <= n; ++e) {
      expected[at(e)] += counts[at(k)] * law[at(e)];
    }
  }
  return expected;
}

std::vector<double> expectedHistogramOfStorage(int d, int n) {
  std::vector<double> expected = binomial(n, 0.5);
  for (double& count : expected) {
    count = std::ldexp(count, d);
  }
  return expected;
}

}  // namespace wv
