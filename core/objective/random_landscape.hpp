// A smooth random function of two variables.
#pragma once

#include <cstdint>
#include <memory>

#include "objective/objective.hpp"

namespace wv {

// sqrt(2/K) sum_k cos(q_k . x + phase_k), K = 48, every entry of q_k normal with deviation
// `frequency` > 0, phases uniform: to good approximation a Gaussian field of variance 1 with the
// covariance e^(-frequency^2 |x - y|^2 / 2). Numbers: Stream::instance at steps 0 and 1 of the
// seed.
std::unique_ptr<Objective> makeRandomLandscape(std::uint32_t seed, double frequency);

}  // namespace wv
