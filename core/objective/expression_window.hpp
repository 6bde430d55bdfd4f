// Where a function that nobody has seen before is worth looking at.
#pragma once

#include <string>
#include <vector>

#include "objective/objective.hpp"

namespace wv {

// The valleys of a function are looked for at |x|, |y| up to this.
inline constexpr double searchReach = 100;

struct Survey {
  // The local minima in reach, isolated or the one nearest to the origin of a flat floor, the
  // deepest first and of equal ones the nearest to the origin.
  std::vector<Point> minimizers;
  Window window;
  Point start;
  // Somewhere f is a number.
  bool isDefined = false;
  // Nowhere in reach, as far as can be seen, f is below its lowest minimum.
  bool isBounded = false;
};

// Of a function of one or two variables of which value, gradient and hessian are asked, nothing
// else. Grids over growing boxes find the valleys; a Newton or a compass search finds their
// bottoms. Window and start are round numbers. In two dimensions the window is 0.7 times as high as
// wide. Deterministic.
Survey survey(const Objective& f);

}  // namespace wv
