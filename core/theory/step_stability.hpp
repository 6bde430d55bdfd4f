// How long a step noisy gradient descent can take before a walker is thrown out of the valley.
#pragma once

#include "objective/objective.hpp"

namespace wv {

// The largest step size alpha up to `most`, to about 2 %, with which gradient descent comes back
// from where the noise of a step may throw a walker that rests at `centre`: from no x with |x -
// centre| <= reach * alpha do steps go uphill, one after the other. f on a line. The noise of a
// Langevin step at T = rate * alpha has the deviation sqrt(2 rate) alpha, and reach = k sqrt(2
// rate) takes k of them into account. For a parabola it is 2/f'' (or `most`), whatever the reach;
// where f grows faster, less.
double largestReturningStep(const Objective& f, double centre, double reach, double most);

}  // namespace wv
