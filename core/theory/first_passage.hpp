// How long the diffusion dX = -grad f dt + sqrt(2/beta) dW takes to cross a barrier. Times are in
// the diffusion's units: a chain of step size alpha makes t/alpha steps, as alpha -> 0.
#pragma once

#include "theory/gibbs.hpp"

namespace wv {

// The exact mean time from `start` until the diffusion first reaches `target`, in one dimension
// (C. W. Gardiner, Handbook of Stochastic Methods, 5.2.7): going right,
// beta int_start^target e^(beta f(y)) int_-inf^y e^(-beta f(z)) dz dy; going left its mirror image.
// Relative error about 1e-9. Infinite beyond e^700. Both points lie in [law.low(), law.high()].
double meanFirstPassageTime(const GibbsLaw& law, double start, double target);

// Kramers' estimate of the rate at which a well is left over one saddle, as beta barrier -> inf:
// |lambda| / (2 pi) sqrt(det H_min / |det H_saddle|) e^(-beta barrier), lambda the negative
// eigenvalue of H_saddle (Eyring-Kramers); in one dimension
// sqrt(f''(min) |f''(saddle)|)/(2 pi) e^(-beta barrier). Its inverse is the mean time until the
// other well is reached; until the saddle is, half of that. Hessians are d x d.
double kramersRate(const Matrix& minimumHessian, const Matrix& saddleHessian, double barrier,
                   double beta);
double kramersRate(const CriticalPoint& minimum, const CriticalPoint& saddle, double beta);

// The least non-zero eigenvalue of -L, L = beta^-1 d^2/dx^2 - f' d/dx, reflected at the ends of
// [law.low(), law.high()]: the slowest relaxation rate of the diffusion. Two wells: about the sum
// of the rates of leaving them. Relative error about 1e-6, for gaps however small.
double spectralGap(const GibbsLaw& law);

}  // namespace wv
