// Networks without activations that learn y = x from one sample: products of weights.
#pragma once

#include <memory>

#include "objective/objective.hpp"

namespace wv {

// (1 - u.v)^2 + decay (|u|^2 + |v|^2), w = (u, v) with u, v of `width` entries, width >= 1,
// decay >= 0. Without decay the minimisers are {u.v = 1}, of which two stand for all; with
// decay < 1 they are u = v, |u|^2 = 1 - decay, where f = 2 decay - decay^2, and with more the
// origin. In width 1 the Hessian there has the eigenvalues 4 decay and 4 - 4 decay.
std::unique_ptr<Objective> makeTwoLayerNetwork(int width, double decay);

// (1 - w1 w2 w3)^2 + decay |w|^2, decay >= 0. Without decay the minimisers are {w1 w2 w3 = 1}: four
// sheets, one for each pattern of signs, each with one point that stands for all.
std::unique_ptr<Objective> makeThreeLayerNetwork(double decay);

}  // namespace wv
