// Newton's method as a direct solver: the minimiser of f near a point, to the last digits.
#pragma once

#include "objective/objective.hpp"

namespace wv {

struct NewtonResult {
  Point x;
  // The gradient is at rounding (below 1e-12, or that times |H| for a large Hessian) and the last
  // step was short. False when f goes on falling towards infinity, as on separable data.
  bool converged = false;
};

// Damped Newton (backtracking on f and on |grad f|) with H + 1e-10 |H| I in place of the Hessian H,
// so that a flat direction is left alone. Meant for a convex f, or a start near a minimiser.
NewtonResult minimizeByNewton(const Objective& objective, const PointIn& start);

}  // namespace wv
