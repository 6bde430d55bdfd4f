#include "theory/langevin_quadratic.hpp"

#include <cmath>

#include "numeric/elementary.hpp"

namespace wv {
namespace {

constexpr double twoOverPi = 0x1.45f306dc9c883p-1;

// base^exponent by squaring.
double power(double base, int exponent) {
  double result = 1;
  for (; exponent > 0; exponent /= 2, base *= base) {
    if (exponent % 2 == 1) {
      result *= base;
    }
  }
  return result;
}

bool isStable(Corrector corrector, const LangevinQuadratic& chain) {
  return corrector == Corrector::mala || chain.q() < 2;
}

}  // namespace

std::optional<double> stationaryVariance(Corrector corrector, const LangevinQuadratic& chain) {
  if (!isStable(corrector, chain)) {
    return {};
  }
  return corrector == Corrector::none ? chain.gibbsVariance() / (1 - 0.5 * chain.q())
                                      : chain.gibbsVariance();
}

std::optional<double> lagCorrelation(Corrector corrector, const LangevinQuadratic& chain, int lag) {
  const double factor = 1 - chain.q();
  if (corrector == Corrector::mala || !isStable(corrector, chain)) {
    return {};
  }
  if (corrector == Corrector::none || lag == 0) {
    return power(factor, lag);
  }
  return (1 - 0.5 * chain.q()) * power(factor, lag - 1);
}

std::optional<double> autocorrelationTime(Corrector corrector, const LangevinQuadratic& chain) {
  if (corrector == Corrector::mala || !isStable(corrector, chain)) {
    return {};
  }
  return (corrector == Corrector::none ? 2 - chain.q() : 2) / chain.q();
}

// With lambda = 1 - q and s^2 = 2 alpha/beta the variance of one noise: V+ = lambda^2 V + s^2
// unadjusted. The averaged noises have variance s^2/2, and share the half xi_t with x_t, but not at
// the start: V+ = lambda^2 V + s^2/2, and from the second step on + lambda s^2/2.
std::optional<GaussianLaw> lawAfter(Corrector corrector, const LangevinQuadratic& chain,
                                    const GaussianLaw& start, int steps) {
  if (corrector == Corrector::mala) {
    return {};
  }
  const double lambda = 1 - chain.q();
  const double noise = 2 * chain.alpha / chain.beta;
  const bool averaged = corrector == Corrector::leimkuhlerMatthews;
  GaussianLaw law = start;
  for (int t = 0; t < steps; ++t) {
    const double added = averaged ? 0.5 * noise * (t > 0 ? 1 + lambda : 1) : noise;
    law = {lambda * law.mean, lambda * lambda * law.variance + added};
  }
  return law;
}

double malaAcceptance(const LangevinQuadratic& chain) {
  const double q = chain.q();
  return 1 - twoOverPi * numeric::atan(q * std::sqrt(0.125 * q));
}

double klDivergence(const GaussianLaw& law, const GaussianLaw& reference) {
  const double ratio = law.variance / reference.variance;
  const double shift = law.mean - reference.mean;
  return 0.5 * (ratio - 1 - numeric::log(ratio)) + 0.5 * shift * shift / reference.variance;
}

double wasserstein2(const GaussianLaw& law, const GaussianLaw& reference) {
  const double shift = law.mean - reference.mean;
  const double spread = std::sqrt(law.variance) - std::sqrt(reference.variance);
  return std::sqrt(shift * shift + spread * spread);
}

}  // namespace wv
