// One step of SGD from a point: mean and covariance of where it leads (the lecture's section 3.2).
#pragma once

#include "method/sampler.hpp"
#include "objective/objective.hpp"

namespace wv {

// m x d: the gradients of these m terms at x.
Block gradientsOf(const Objective& objective, const PointIn& x, const IndexIn& terms);
// All n of them.
IndexColumn allTerms(const Objective& objective);

// 1/b for Sampling::replacement, (m - b)/((m - 1) b) for Sampling::distinct: what is left of the
// variance of one of m terms in the mean of b.
double varianceFactor(Sampling sampling, int terms, int batch);

struct StepLaw {
  Point mean;         // d
  Matrix covariance;  // d x d
};

// Of x - alpha g_B, g_B the mean of `batch` rows of `gradients` (m x d): mean x - alpha g and
// covariance alpha^2 c Cov g_i, c the variance factor. Drawn with replacement or distinct.
StepLaw stepLaw(const PointIn& x, const Block& gradients, double alpha, Sampling sampling,
                int batch);

}  // namespace wv
