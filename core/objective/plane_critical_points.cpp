#include "objective/plane_critical_points.hpp"

#include <algorithm>
#include <cmath>

#include "objective/at_point.hpp"

namespace wv {
namespace {

constexpr int columns = 28, rows = 20;
constexpr int mostSteps = 60;
constexpr double roundingShare = 1e-10;
// Of the larger eigenvalue, and of the window: below, points are one and the same.
constexpr double flatShare = 1e-6, sameShare = 1e-5;

struct Eigenvalues {
  double smaller, larger;
};

Eigenvalues eigenvaluesOf(const Matrix& hessian) {
  const double middle = 0.5 * (hessian(0, 0) + hessian(1, 1));
  const double half = 0.5 * (hessian(0, 0) - hessian(1, 1));
  const double radius = std::sqrt(half * half + hessian(0, 1) * hessian(0, 1));
  return {middle - radius, middle + radius};
}

// Newton's step towards a zero of the gradient, at most `reach` long; 0 where there is none.
Point stepAt(const Matrix& hessian, const Point& gradient, double reach) {
  const double determinant = hessian(0, 0) * hessian(1, 1) - hessian(0, 1) * hessian(0, 1);
  Point step = Point::Zero(2);
  if (determinant != 0) {
    step(0) = (hessian(0, 1) * gradient(1) - hessian(1, 1) * gradient(0)) / determinant;
    step(1) = (hessian(0, 1) * gradient(0) - hessian(0, 0) * gradient(1)) / determinant;
  }
  const double length = std::sqrt(step(0) * step(0) + step(1) * step(1));
  return length > reach ? Point(step * (reach / length)) : step;
}

bool isInside(const Window& window, const Point& x, double margin) {
  return x(0) >= window.xMin - margin && x(0) <= window.xMax + margin &&
         x(1) >= window.yMin - margin && x(1) <= window.yMax + margin;
}

// Whether Newton's method arrives from x, which it moves there.
bool arrives(const Objective& f, const Window& window, double size, Point& x) {
  for (int k = 0; k < mostSteps && isInside(window, x, 0.1 * size); ++k) {
    const Point gradient = gradientAt(f, x);
    const Matrix hessian = f.hessian(x);
    const double scale = hessian.cwiseAbs().maxCoeff();
    const Point step = stepAt(hessian, gradient, 0.05 * size);
    if (step.cwiseAbs().maxCoeff() <= roundingShare * size &&
        gradient.cwiseAbs().maxCoeff() <= roundingShare * size * scale) {
      x += step;
      return isInside(window, x, 0);
    }
    x += step;
  }
  return false;
}

}  // namespace

std::vector<PlaneCriticalPoint> planeCriticalPoints(const Objective& f) {
  const Window window = f.window();
  const double width = window.xMax - window.xMin, height = window.yMax - window.yMin;
  const double size = std::max(width, height);
  std::vector<PlaneCriticalPoint> found;
  for (int k = 0; k < columns * rows; ++k) {
    Point x(2);
    x << window.xMin + (k % columns + 0.5) * width / columns,
        window.yMin + (k / columns + 0.5) * height / rows;
    if (!arrives(f, window, size, x)) {
      continue;
    }
    const auto [smaller, larger] = eigenvaluesOf(f.hessian(x));
    const double steepest = std::max(std::fabs(smaller), std::fabs(larger));
    const bool isIsolated = std::min(std::fabs(smaller), std::fabs(larger)) > flatShare * steepest;
    const bool isNew = std::none_of(found.begin(), found.end(), [&](const auto& known) {
      return (known.x - x).cwiseAbs().maxCoeff() < sameShare * size;
    });
    if (isIsolated && isNew) {
      found.push_back({x, valueAt(f, x), smaller, larger});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.value < b.value; });
  return found;
}

}  // namespace wv
