#include "numeric/sample_distance.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "numeric/elementary.hpp"
#include "numeric/histogram.hpp"
#include "numeric/statistics.hpp"

namespace wv::numeric {
namespace {

using Eigen::Index;

constexpr double least = 1e-300;
constexpr double fewPoints = 30;
constexpr int mostPoints = 90;  // P(N > 90) < 1e-17 for a mean of 30
constexpr double pi = 0x1.921fb54442d18p1;

std::array<double, mostPoints + 1> logsOfIntegers() {
  std::array<double, mostPoints + 1> logs{};
  for (int n = 1; n <= mostPoints; ++n) {
    logs[static_cast<std::size_t>(n)] = log(static_cast<double>(n));
  }
  return logs;
}

// E g(N), N of Poisson's law with this mean, below fewPoints.
template <class Function>
double poissonMean(double mean, const Function& g) {
  double probability = exp(-mean);
  double sum = probability * g(0);
  for (int n = 1; n <= mostPoints; ++n) {
    probability *= mean / n;
    sum += probability * g(n);
  }
  return sum;
}

// E[N log(N/mean)].
double meanSurprise(double mean) {
  static const std::array<double, mostPoints + 1> logs = logsOfIntegers();
  if (mean >= fewPoints) {
    return 0.5 + 1 / (12 * mean);
  }
  if (!(mean > 0)) {
    return 0;
  }
  const double logMean = log(mean);
  return poissonMean(
      mean, [&](int n) { return n == 0 ? 0 : n * (logs[static_cast<std::size_t>(n)] - logMean); });
}

// E|N - expected|, N with this mean and variance.
double meanModulus(double mean, double variance, double expected) {
  if (mean < fewPoints) {
    return poissonMean(mean, [&](int n) { return std::fabs(n - expected); });
  }
  const double deviation = std::sqrt(variance), shift = mean - expected;
  if (!(deviation > 0)) {
    return std::fabs(shift);
  }
  const double z = shift / deviation;
  return deviation * std::sqrt(2 / pi) * exp(-0.5 * z * z) + shift * (1 - 2 * normalCdf(-z));
}

}  // namespace

double expectedSampleKl(const ColumnIn& p, const ColumnIn& q, double count) {
  Column added(p.size());
  for (Index i = 0; i < p.size(); ++i) {
    // The number in a cell is binomial: narrower than Poisson's by a share p.
    added(i) = (1 - p(i)) * meanSurprise(count * p(i));
  }
  return klDivergence(p, q.max(least)) + sum(added) / count;
}

double expectedSampleTotalVariation(const ColumnIn& p, const ColumnIn& q, double count) {
  Column moduli(p.size());
  for (Index i = 0; i < p.size(); ++i) {
    const double mean = count * p(i);
    moduli(i) = meanModulus(mean, mean * (1 - p(i)), count * q(i));
  }
  return 0.5 * sum(moduli) / count;
}

SampleDistance sampleKl(const ColumnIn& s, const ColumnIn& q, double count) {
  const Column law = q.max(least);
  Column first = Column::Zero(s.size()), second = Column::Zero(s.size());
  double occupied = 0;
  for (Index i = 0; i < s.size(); ++i) {
    if (s(i) > 0) {
      const double logRatio = log(s(i) / law(i));
      first(i) = s(i) * logRatio;
      second(i) = first(i) * logRatio;
      occupied += 1;
    }
  }
  const double mean = sum(first);
  const double variance = std::fmax(0, sum(second) - mean * mean);
  const double chance = (occupied - 1) / count;
  const double squared = std::fmax(0, variance - chance) / count + 0.5 * chance / count;
  return {klDivergence(s, law), std::sqrt(squared)};
}

SampleDistance sampleTotalVariation(const ColumnIn& s, const ColumnIn& q, double count) {
  const double inside = sum((s > q).select(s, 0.0));
  return {totalVariation(s, q), std::sqrt(std::fmax(0, inside * (1 - inside)) / count)};
}

}  // namespace wv::numeric
