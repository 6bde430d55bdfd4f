#include "theory/constants.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "objective/at_point.hpp"
#include "objective/newton.hpp"
#include "objective/spectrum.hpp"

namespace wv {
namespace {

// Of the values on a grid that are numbers.
double leastInWindow(const Objective& objective) {
  constexpr int cells = 64;
  const Window window = objective.window();
  double least = numeric::infinity;
  for (int row = 0; row <= (objective.dim() == 1 ? 0 : cells); ++row) {
    for (int column = 0; column <= cells; ++column) {
      Point x(objective.dim());
      x(0) = window.xMin + (window.xMax - window.xMin) * column / cells;
      if (objective.dim() == 2) {
        x(1) = window.yMin + (window.yMax - window.yMin) * row / cells;
      }
      const double value = valueAt(objective, x);
      least = std::isfinite(value) ? std::fmin(least, value) : least;
    }
  }
  return least;
}

Point nearest(const std::vector<Point>& points, const PointIn& to) {
  return *std::min_element(points.begin(), points.end(), [&](const Point& a, const Point& b) {
    return (a - to).squaredNorm() < (b - to).squaredNorm();
  });
}

// At a kink the slope does not vanish on the way to the minimiser, so that no L bounds the
// curvature. Compared are two distances, one a thousand times the other.
bool isKink(const Objective& objective, const Point& minimizer) {
  constexpr double far = 0x1p-13, near = 0x1p-23;
  const auto steepest = [&](Eigen::Index j, double share) {
    double most = 0;
    for (const double sign : {-1.0, 1.0}) {
      Point beside = minimizer;
      beside(j) += sign * share * (1 + std::fabs(minimizer(j)));
      most = std::fmax(most, std::sqrt(gradientAt(objective, beside).squaredNorm()));
    }
    return most;
  };
  for (Eigen::Index j = 0; j < minimizer.size(); ++j) {
    const double slope = steepest(j, near);
    if (slope > 0 && !(slope < 0.5 * steepest(j, far))) {
      return true;
    }
  }
  return false;
}

}  // namespace

Constants constantsOf(const Objective& objective, const PointIn& near) {
  Constants constants;
  const std::vector<Point> minimizers = objective.minimizers();
  if (minimizers.empty() && !objective.curvature()) {
    constants.minimum = leastInWindow(objective);
  } else if (minimizers.empty()) {
    // Newton's method has run out to where f is its infimum to the last digit.
    constants.minimum = valueAt(objective, minimizeByNewton(objective, near).x);
  } else {
    constants.minimum = valueAt(objective, minimizers.front());
    constants.minimizer = nearest(minimizers, near);
  }
  if (const std::optional<Curvature> curvature = objective.curvature()) {
    constants.smoothness = curvature->smoothness;
    constants.strongConvexity = curvature->strongConvexity;
    constants.global = true;
  } else if (!minimizers.empty() && isKink(objective, constants.minimizer)) {
    constants.smoothness = numeric::infinity;
  } else {
    const Extremes ends = extremeEigenvalues(
        objective.hessian(minimizers.empty() ? Point(near) : constants.minimizer));
    constants.smoothness = std::max(std::fabs(ends.smallest), std::fabs(ends.largest));
    constants.strongConvexity = ends.smallest;
  }
  return constants;
}

double gradientDescentRate(double alpha, double smoothness, double strongConvexity) {
  const double rho =
      std::max(std::fabs(1 - alpha * strongConvexity), std::fabs(1 - alpha * smoothness));
  return rho * rho;
}

double linearRateBound(double alpha, double smoothness, double strongConvexity) {
  const double overshoot = alpha * smoothness - 1;
  return std::max(1 - alpha * strongConvexity, overshoot * overshoot);
}

StepSizeMarks stepSizeMarks(double smoothness, double strongConvexity) {
  return {1 / smoothness, 2 / (strongConvexity + smoothness), 2 / smoothness};
}

StepSizeRange gradientDescentRange(double smoothness) { return {1 / smoothness, 2 / smoothness}; }

StepSizeRange heavyBallRange(double smoothness, double momentum) {
  const double calm = 1 - std::sqrt(momentum);
  return {calm * calm / smoothness, 2 * (1 + momentum) / smoothness};
}

StepSizeRange nesterovRange(double smoothness, double momentum) {
  const double calm = (1 - momentum) / (1 + momentum);
  return {calm * calm / smoothness, 2 * (1 + momentum) / ((1 + 2 * momentum) * smoothness)};
}

}  // namespace wv
