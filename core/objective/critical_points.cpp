#include "objective/critical_points.hpp"

#include <cmath>

#include "objective/landscape.hpp"

namespace wv {
namespace {

double slopeAt(const Objective& f, double x) {
  Block g(1, 1);
  f.gradient(Block::Constant(1, 1, x), g);
  return g(0, 0);
}

// Where f' changes from the sign `rising` says to the other, to neighbouring doubles.
double signChange(const Objective& f, double low, double high, bool rising) {
  for (;;) {
    const double middle = low + 0.5 * (high - low);
    if (!(low < middle && middle < high)) {
      return std::fabs(slopeAt(f, low)) < std::fabs(slopeAt(f, high)) ? low : high;
    }
    const double slope = slopeAt(f, middle);
    if (slope == 0) {
      return middle;
    }
    ((slope > 0) == rising ? low : high) = middle;
  }
}

CriticalPoint pointAt(const Objective& f, double x, bool isMinimum) {
  Column value(1);
  f.value(Block::Constant(1, 1, x), value);
  return {x, value(0), f.hessian(point1(x))(0, 0), isMinimum};
}

}  // namespace

std::vector<CriticalPoint> criticalPoints(const Objective& f, const Column& grid) {
  Block slope(grid.size(), 1);
  f.gradient(grid, slope);
  std::vector<CriticalPoint> points;
  // The last neighbour where f' is not 0: a root may lie on the grid.
  Eigen::Index before = -1;
  for (Eigen::Index i = 0; i < grid.size(); ++i) {
    if (slope(i, 0) > 0 || slope(i, 0) < 0) {
      if (before >= 0 && (slope(before, 0) > 0) != (slope(i, 0) > 0)) {
        const bool rising = slope(before, 0) > 0;
        points.push_back(pointAt(f, signChange(f, grid(before), grid(i), rising), !rising));
      }
      before = i;
    }
  }
  return points;
}

}  // namespace wv
