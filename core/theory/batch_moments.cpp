#include "theory/batch_moments.hpp"

#include <cmath>

#include "numeric/statistics.hpp"
#include "theory/gradient_noise.hpp"

namespace wv {
namespace {

// A variance below this share of the mean square is rounding.
constexpr double rounding = 1e-24;

// Sums over the batch of the deviations, to the third and fourth power, in expectation.
struct SumMoments {
  double third = 0, fourth = 0;
};

SumMoments withReplacement(double b, double m2, double m3, double m4) {
  return {b * m3, b * m4 + 3 * b * (b - 1) * m2 * m2};
}

SumMoments distinct(double m, double b, double m2, double m3, double m4) {
  double p[4];
  double all = 1;
  for (int k = 0; k < 4; ++k) {
    all *= m > k ? (b - k) / (m - k) : 0;
    p[k] = all;
  }
  // p_1 - 3 p_2 + 2 p_3 without cancellation: exactly 0 for half of all. Two deviations have no m3.
  const double odd = m > 2 ? b * (m - b) * (m - 2 * b) / (m * (m - 1) * (m - 2)) : 0;
  return {m * m3 * odd, m * m4 * (p[0] - 7 * p[1] + 12 * p[2] - 6 * p[3]) +
                            m * m * m2 * m2 * (3 * p[1] - 6 * p[2] + 3 * p[3])};
}

}  // namespace

BatchMoments batchMoments(const ColumnIn& population, Sampling sampling, int batch) {
  const double mean = numeric::mean(population);
  const Column z = population - mean;
  const Column square = z.square();
  const double m2 = numeric::mean(square);
  const double m3 = numeric::mean(square * z);
  const double m4 = numeric::mean(square.square());
  const bool isDistinct = sampling == Sampling::distinct;
  const auto size = static_cast<int>(population.size());
  const double factor =
      isDistinct ? distinctVarianceFactor(size, batch) : replacementVarianceFactor(batch);
  BatchMoments moments{mean, factor * m2, 0, 0};
  if (moments.variance <= rounding * mean * mean) {
    moments.variance = 0;
    return moments;
  }
  const double b = batch;
  const SumMoments sum =
      isDistinct ? distinct(size, b, m2, m3, m4) : withReplacement(b, m2, m3, m4);
  const double variance = b * b * moments.variance;  // of the sum
  moments.skewness = sum.third / (variance * std::sqrt(variance));
  moments.excessKurtosis = sum.fourth / (variance * variance) - 3;
  return moments;
}

}  // namespace wv
