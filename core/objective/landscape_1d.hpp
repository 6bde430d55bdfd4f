// Functions of one variable, after the definitions in the design notes.
#pragma once

#include <memory>

#include "objective/objective.hpp"

namespace wv {

// k x^2 / 2, k > 0.
std::unique_ptr<Objective> makeQuadratic1d(double k);

// (x^2 - 1)^2 + tilt x.
std::unique_ptr<Objective> makeDoubleWell1d(double tilt);

// A cos(omega x), A and omega not 0. All its minimisers are equally deep; those in the window are
// listed, the nearest to the origin first.
std::unique_ptr<Objective> makeCosine1d(double amplitude, double omega);

}  // namespace wv
