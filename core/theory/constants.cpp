#include "theory/constants.hpp"

#include <algorithm>
#include <cmath>

#include "objective/newton.hpp"
#include "objective/spectrum.hpp"

namespace wv {
namespace {

double valueAt(const Objective& objective, const Point& x) {
  Column f(1);
  objective.value(x.transpose().array(), f);
  return f(0);
}

Point nearest(const std::vector<Point>& points, const PointIn& to) {
  return *std::min_element(points.begin(), points.end(), [&](const Point& a, const Point& b) {
    return (a - to).squaredNorm() < (b - to).squaredNorm();
  });
}

}  // namespace

Constants constantsOf(const Objective& objective, const PointIn& near) {
  Constants constants;
  const std::vector<Point> minimizers = objective.minimizers();
  if (minimizers.empty()) {
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

}  // namespace wv
