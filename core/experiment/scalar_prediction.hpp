// The exact mean gap of SGD on the parabolas of one weight, for step sizes that change.
#pragma once

#include <algorithm>

#include "objective/scalar_quadratic.hpp"
#include "theory/random_order.hpp"

namespace wv {

// What one update of the parabolas of one weight does to the mean and the second moment of x - x*,
// for a batch drawn anew at each step: x - x* -> (1 - alpha h)(x - x*) + alpha r, h and r the means
// of a_i^2 and of r_i = a_i (b_i - a_i x*) over the batch, with variances of varianceFactor times
// those of one term.
class ScalarPrediction {
 public:
  ScalarPrediction(const ScalarQuadratic& f, double varianceFactor, double start)
      : meanSquare_(f.meanSquare()),
        error_{start - f.minimizer(), (start - f.minimizer()) * (start - f.minimizer())} {
    const Column square = f.a().square();
    const Column residual = f.a() * (f.b() - f.a() * f.minimizer());
    curvatureVariance_ = (square - meanSquare_).square().mean() * varianceFactor;
    covariance_ = (square * residual).mean() * varianceFactor;
    noise_ = residual.square().mean() * varianceFactor;
  }

  // Kept finite: the mean may grow without end while every replicate at hand converges.
  double gap() const { return std::min(0.5 * meanSquare_ * error_.second, 1e300); }
  void advance(double alpha) {
    const double factor = 1 - alpha * meanSquare_;
    const AffineMoments update{.factor = factor,
                               .offset = 0,
                               .squareFactor = factor * factor + alpha * alpha * curvatureVariance_,
                               .product = -alpha * alpha * covariance_,
                               .squareOffset = alpha * alpha * noise_};
    error_ = update(error_);
  }

 private:
  double meanSquare_, curvatureVariance_ = 0, covariance_ = 0, noise_ = 0;
  Moments error_;
};

}  // namespace wv
