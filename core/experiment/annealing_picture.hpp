// The landscape of an annealing run as it is drawn.
#pragma once

#include <vector>

#include "experiment/annealing_settings.hpp"

namespace wv {

struct AnnealingPicture {
  explicit AnnealingPicture(const AnnealingProblem& problem);

  std::vector<double> window;          // xMin, xMax, yMin, yMax
  std::vector<double> grid, gridY;     // of the columns and rows of the field; one row on a line
  std::vector<double> field;           // f, row-major
  std::vector<double> criticalPoints;  // [k, 3]: x, f, and 1 for a minimum
  // The first step size whose temperature is the barrier, 0 without one; 2/f'' at the global
  // minimum; the largest whose noise throws no walker out.
  std::vector<double> marks;
};

}  // namespace wv
