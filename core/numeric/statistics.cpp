#include "numeric/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace wv::numeric {
namespace {

using Eigen::Index;

constexpr Index kLanes = 8;
constexpr Index kLeaf = 128;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Eight interleaved partial sums: vectorisable without reordering any addition.
template <class Term>
double leafSum(Index first, Index n, const Term& term) {
  std::array<double, kLanes> lane{};
  const Index whole = n - n % kLanes;
  for (Index i = 0; i < whole; i += kLanes) {
    for (Index j = 0; j < kLanes; ++j) lane[j] += term(first + i + j);
  }
  for (Index i = whole; i < n; ++i) lane[i - whole] += term(first + i);
  return ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

template <class Term>
double pairwiseSum(Index first, Index n, const Term& term) {
  if (n <= kLeaf) return leafSum(first, n, term);
  const Index left = n / 2;
  return pairwiseSum(first, left, term) + pairwiseSum(first + left, n - left, term);
}

double squaredDeviations(const ColumnIn& x) {
  const double centre = mean(x);
  return pairwiseSum(0, x.size(), [&](Index i) {
    const double deviation = x[i] - centre;
    return deviation * deviation;
  });
}

}  // namespace

double sum(const double* x, Index n) {
  return pairwiseSum(0, n, [x](Index i) { return x[i]; });
}

double sum(const ColumnIn& x) { return sum(x.data(), x.size()); }

double mean(const ColumnIn& x) { return sum(x) / static_cast<double>(x.size()); }

double populationVariance(const ColumnIn& x) {
  return squaredDeviations(x) / static_cast<double>(x.size());
}

double sampleVariance(const ColumnIn& x) {
  return x.size() < 2 ? kNaN : squaredDeviations(x) / static_cast<double>(x.size() - 1);
}

double standardError(const ColumnIn& x) {
  return std::sqrt(sampleVariance(x) / static_cast<double>(x.size()));
}

double quantile(const ColumnIn& x, double p) {
  if (x.size() == 0 || !(p >= 0 && p <= 1) || x.isNaN().any()) return kNaN;
  Column sorted = x;
  const double position = static_cast<double>(x.size() - 1) * p;
  const Index below = static_cast<Index>(position);
  double* const end = sorted.data() + sorted.size();
  double* const lower = sorted.data() + below;
  std::nth_element(sorted.data(), lower, end);
  const double fraction = position - static_cast<double>(below);
  if (fraction == 0) return *lower;
  const double upper = *std::min_element(lower + 1, end);
  // Not lower + fraction * (upper - lower), which is NaN if lower is -inf.
  return upper == *lower ? upper : (1 - fraction) * *lower + fraction * upper;
}

}  // namespace wv::numeric
