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

// Of an objective with dim() == 2: the isolated ones in its window, by value, to the last digits of
// Newton's method on the gradient from a lattice of starts; a point none of whose starts leads to
// it is missed. A valley floor along which f is constant is none: its points have an eigenvalue of
// 0, and are left out.
std::vector<PlaneCriticalPoint> planeCriticalPoints(const Objective& f);

}  // namespace wv
