// Many batches for one and the same step.
#pragma once

#include <vector>

#include "method/sampler.hpp"
#include "numeric/block.hpp"

namespace wv {

// What the next batch is drawn from: which terms of the finite sum, and how.
struct BatchDraws {
  IndexColumn terms;
  Sampling sampling = Sampling::replacement;  // or distinct
  int batch = 1;
};

// R x d: the mean gradient of R batches. `gradients` (m x d) has a row for each of the terms.
// The batch of row r is the one that a Sampler of these m terms draws at this step for replicate
// firstReplicate + r.
Block meanGradients(const Block& gradients, const BatchDraws& draws, Eigen::Index replicates,
                    std::uint32_t seed, std::uint32_t step, std::uint32_t firstReplicate);

// One row for each of several step sizes and batch sizes about those in use: the abscissa, the
// measured variance of the next point (its mean squared distance from the mean), the standard error
// of that, and the predicted variance alpha^2 c tr Cov.
struct VarianceLaws {
  std::vector<double> byStepSize, byBatch;  // [k, 4] each
};
VarianceLaws varianceLaws(const Block& gradients, const BatchDraws& draws, double alpha,
                          std::uint32_t seed, std::uint32_t step);

}  // namespace wv
