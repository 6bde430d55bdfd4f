// The law of the mean of a batch, up to its fourth moment: how far from a Gaussian it is.
#pragma once

#include "method/sampler.hpp"
#include "numeric/block.hpp"

namespace wv {

struct BatchMoments {
  double mean = 0, variance = 0;
  // Of the mean, in units of its own deviation; 0 where the variance is.
  double skewness = 0, excessKurtosis = 0;
};

// Of the mean of `batch` entries of `population` (m >= 1 of them), drawn with replacement, or for
// Sampling::distinct all different, batch <= m. No other mode draws anew at each step.
//
// With replacement cumulants add up: variance/b, skewness/sqrt(b), excess kurtosis/b. Without it
// the moments of the sum are those of sampling from a finite population: with z the deviations,
// P_k = sum z^k and p_k the probability that k given entries are all drawn,
//   E S^2 = P_2 (p_1 - p_2),  E S^3 = P_3 (p_1 - 3 p_2 + 2 p_3),
//   E S^4 = P_4 (p_1 - 7 p_2 + 12 p_3 - 6 p_4) + P_2^2 (3 p_2 - 6 p_3 + 3 p_4),
// as sum z = 0 makes each sum over different indices one over equal ones.
BatchMoments batchMoments(const ColumnIn& population, Sampling sampling, int batch);

}  // namespace wv
