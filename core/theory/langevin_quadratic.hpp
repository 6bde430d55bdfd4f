// Langevin chains on f(x) = k x^2/2, in closed form: what the sampled chains of any objective are
// held against. Everything depends on q = alpha k, the share of the way that one step goes down.
#pragma once

#include <optional>

#include "method/langevin.hpp"

namespace wv {

// alpha, beta, k > 0.
struct LangevinQuadratic {
  double alpha = 0, beta = 1, k = 1;

  double q() const { return alpha * k; }
  double gibbsVariance() const { return 1 / (beta * k); }
};

struct GaussianLaw {
  double mean = 0, variance = 1;
};

// Of the limit law: 1/(beta k (1 - alpha k/2)) unadjusted, 1/(beta k) with either corrector.
// Nothing where there is none: unadjusted and Leimkuhler-Matthews need alpha k < 2.
std::optional<double> stationaryVariance(Corrector corrector, const LangevinQuadratic& chain);

// rho_h for h >= 0, in the limit law: (1 - alpha k)^h unadjusted; with Leimkuhler-Matthews
// (1 - alpha k/2) (1 - alpha k)^(h - 1) for h >= 1. Nothing for MALA, which is not linear.
std::optional<double> lagCorrelation(Corrector corrector, const LangevinQuadratic& chain, int lag);

// 1 + 2 sum rho_h, in steps: (2 - alpha k)/(alpha k) unadjusted, 2/(alpha k) with
// Leimkuhler-Matthews. Nothing for MALA.
std::optional<double> autocorrelationTime(Corrector corrector, const LangevinQuadratic& chain);

// The law after `steps` updates from a Gaussian (variance 0: a point). Nothing for MALA.
std::optional<GaussianLaw> lawAfter(Corrector corrector, const LangevinQuadratic& chain,
                                    const GaussianLaw& start, int steps);

// The share of MALA's proposals that are accepted in the limit law: E min(1, e^(-beta alpha k^2
// (y^2 - x^2)/4)) = (2/pi) arccos(q^2 / sqrt((q^2 + 2q)(q^2 - 2q + 4))), which is
// 1 - (2/pi) arctan(q sqrt(q/8)).
double malaAcceptance(const LangevinQuadratic& chain);

// KL(law | reference) = (R - 1 - log R)/2 + (m - m')^2/(2 v'), R the ratio of the variances.
double klDivergence(const GaussianLaw& law, const GaussianLaw& reference);
// W2: the root of (m - m')^2 + (sqrt v - sqrt v')^2.
double wasserstein2(const GaussianLaw& law, const GaussianLaw& reference);

}  // namespace wv
