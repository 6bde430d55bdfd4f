#include "numeric/autocorrelation.hpp"

#include <cmath>

#include "numeric/statistics.hpp"

namespace wv::numeric {
namespace {

using Eigen::Index;

double meanOfAll(const BlockIn& chains) {
  Column sums(chains.cols());
  for (Index r = 0; r < chains.cols(); ++r) {
    sums(r) = sum(chains.col(r));
  }
  return sum(sums) / static_cast<double>(chains.size());
}

// The mean of the products at distance `lag`.
double covariance(const Block& centred, Index lag) {
  const Index pairs = centred.rows() - lag;
  Column sums(centred.cols());
  for (Index r = 0; r < centred.cols(); ++r) {
    sums(r) = sum(centred.col(r).head(pairs) * centred.col(r).tail(pairs));
  }
  return sum(sums) / static_cast<double>(pairs * centred.cols());
}

}  // namespace

Column autocorrelation(const BlockIn& chains, int lags) {
  const Block centred = chains - meanOfAll(chains);
  Column rho(lags + 1);
  for (int h = 0; h <= lags; ++h) {
    rho(h) = covariance(centred, h);
  }
  return rho / rho(0);
}

AutocorrelationTime autocorrelationTime(const BlockIn& chains, int lags) {
  constexpr double windowsPerTime = 5;
  const Block centred = chains - meanOfAll(chains);
  const double variance = covariance(centred, 0);
  AutocorrelationTime time;
  double toAndFro = 1, last = 0;
  bool isWide = false;
  while (!isWide && time.window < lags) {
    ++time.window;
    last = covariance(centred, time.window) / variance;
    time.steps += 2 * last;
    toAndFro += time.window % 2 == 0 ? 2 * last : -2 * last;
    isWide = time.window >= windowsPerTime * std::fmax(time.steps, toAndFro);
  }
  if (toAndFro > time.steps) {
    time.steps -= last;
  }
  time.closed = isWide && time.steps > 0;
  const auto points = static_cast<double>(chains.size());
  time.standardError = std::fabs(time.steps) * std::sqrt(2 * (2 * time.window + 1) / points);
  time.effectiveSampleSize = points / time.steps;
  return time;
}

}  // namespace wv::numeric
