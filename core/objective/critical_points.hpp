// Where the slope of a function of one variable changes sign.
#pragma once

#include <vector>

#include "objective/objective.hpp"

namespace wv {

struct CriticalPoint {
  double x = 0;
  double value = 0;      // f
  double curvature = 0;  // f''
  bool isMinimum = false;
};

// Of an objective with dim() == 1: every sign change of f' between neighbours of the grid
// (ascending), bisected to the last bit, from left to right. So minima and maxima alternate, kinks
// count, and points where f' only touches 0 do not. Two between neighbours are missed.
std::vector<CriticalPoint> criticalPoints(const Objective& f, const Column& grid);

}  // namespace wv
