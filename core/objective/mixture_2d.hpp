// The negative logarithm of a mixture of round Gaussians in the plane.
#pragma once

#include <memory>

#include "objective/mixture_1d.hpp"

namespace wv {

// f(x, y) = -log sum_i w_i N(x; m_i, s_i^2) N(y; 0, s_i^2): the centres lie on the axis of x. Of a
// mixture that mixtureRefusal accepts. Tails are exact (log-sum-exp).
std::unique_ptr<Objective> makeMixture2d(const Mixture& mixture);

}  // namespace wv
