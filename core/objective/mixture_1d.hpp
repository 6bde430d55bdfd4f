// The negative logarithm of a mixture of Gaussians on the line.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "objective/objective.hpp"

namespace wv {

// f(x) = -log sum_i w_i N(x; m_i, s_i^2), so that e^-f is the mixture. Weights are taken as given:
// they need not add up to 1.
struct Mixture {
  std::vector<double> weights, means, deviations;
};

// "" or a sentence that says why there is no such mixture: the lists must have one length, at least
// 1, and hold finite numbers, weights and deviations above 0.
std::string mixtureRefusal(const Mixture& mixture);

// Of a mixture that mixtureRefusal accepts. Tails are exact (log-sum-exp): nothing underflows.
std::unique_ptr<Objective> makeMixture1d(const Mixture& mixture);

}  // namespace wv
