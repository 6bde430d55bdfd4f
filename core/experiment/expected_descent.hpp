// The left side of the lecture's Lemmas 5 and 6: what one step of SGD does to f on average.
#pragma once

#include "experiment/sampled_problem.hpp"

namespace wv {

// E f(x+) - f(x) over the next batch; the standard error is 0 where it is exact.
struct ExpectedDescent {
  double mean = 0, standardError = 0;
};

// Exact for a quadratic, whose change is -alpha |g|^2 + alpha^2/2 E g_B^T H g_B; exact, as the mean
// over all terms, for single terms of other objectives with at most mostExactTerms of them, and for
// a batch of all terms. Otherwise estimated from descentSamples batches, drawn at `step` as
// replicates that no ensemble has.
inline constexpr int mostExactTerms = 700;
inline constexpr int descentSamples = 512;
ExpectedDescent expectedDescent(const SampledProblem& problem, const Point& x, double alpha,
                                std::uint32_t seed, std::uint32_t step);

}  // namespace wv
