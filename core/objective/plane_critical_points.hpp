// Where the gradient of a function of two variables vanishes.
#pragma once

#include <vector>

#include "objective/objective.hpp"

namespace wv {

struct PlaneCriticalPoint {
  Point x;                         // 2
  double value = 0;                // f
  double smaller = 0, larger = 0;  // eigenvalues of the Hessian
};

// Of an objective with dim() == 2: the isolated ones in its window where it is a number, by value,
// to the last digits of Newton's method on the gradient from a lattice of starts, and from `known`
// points; one that none of these starts leads to is missed. A valley floor along which f is
// constant is none: its points have an eigenvalue of 0, and are left out, as is every point with
// one; but for a known one to which Newton's method comes back from both sides.
std::vector<PlaneCriticalPoint> planeCriticalPoints(const Objective& f,
                                                    const std::vector<Point>& known = {});

}  // namespace wv
