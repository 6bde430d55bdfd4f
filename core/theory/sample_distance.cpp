#include "theory/sample_distance.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "numeric/histogram.hpp"

namespace wv {
namespace {

using Eigen::Index;
using numeric::exp;
using numeric::log;

constexpr double least = 1e-300;
constexpr double fewPoints = 30;
constexpr int mostPoints = 90;  // P(N > 90) < 1e-17 for a mean of 30
using numeric::pi;

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
  return deviation * std::sqrt(2 / pi) * exp(-0.5 * z * z) +
         shift * (1 - 2 * numeric::normalCdf(-z));
}

Column atLeastTiny(const ColumnIn& q) {
  Column law = q;
  for (double& mass : law) {
    mass = std::fmax(mass, least);
  }
  return law;
}

}  // namespace

double expectedSampleKl(const ColumnIn& p, const ColumnIn& q, double count) {
  double added = 0;
  for (Index i = 0; i < p.size(); ++i) {
    // The number in a cell is binomial: narrower than Poisson's by a share p.
    added += (1 - p(i)) * meanSurprise(count * p(i));
  }
  return numeric::klDivergence(p, atLeastTiny(q)) + added / count;
}

double expectedSampleTotalVariation(const ColumnIn& p, const ColumnIn& q, double count) {
  double moduli = 0;
  for (Index i = 0; i < p.size(); ++i) {
    const double mean = count * p(i);
    moduli += meanModulus(mean, mean * (1 - p(i)), count * q(i));
  }
  return 0.5 * moduli / count;
}

SampleDistance sampleKl(const ColumnIn& s, const ColumnIn& q, double count) {
  double mean = 0, second = 0, occupied = 0;
  for (Index i = 0; i < s.size(); ++i) {
    if (s(i) > 0) {
      const double logRatio = log(s(i) / std::fmax(q(i), least));
      mean += s(i) * logRatio;
      second += s(i) * logRatio * logRatio;
      occupied += 1;
    }
  }
  const double variance = std::fmax(0, second - mean * mean);
  const double chance = (occupied - 1) / count;
  const double squared = std::fmax(0, variance - chance) / count + 0.5 * chance / count;
  return {numeric::klDivergence(s, atLeastTiny(q)), std::sqrt(squared)};
}

SampleDistance sampleTotalVariation(const ColumnIn& s, const ColumnIn& q, double count) {
  double inside = 0;
  for (Index i = 0; i < s.size(); ++i) {
    inside += s(i) > q(i) ? s(i) : 0;
  }
  return {numeric::totalVariation(s, q), std::sqrt(std::fmax(0, inside * (1 - inside)) / count)};
}

}  // namespace wv
