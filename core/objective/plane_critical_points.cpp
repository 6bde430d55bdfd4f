#include "objective/plane_critical_points.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/short_sort.hpp"
#include "objective/at_point.hpp"

namespace wv {
namespace {

constexpr int columns = 28, rows = 20;
constexpr int mostSteps = 60;
constexpr double roundingShare = 1e-10;
// Of the larger eigenvalue, and of the window: below, points are one and the same.
constexpr double flatShare = 1e-6, sameShare = 1e-5;
// Of the window: from so far along a flat direction Newton's method comes back to a point that is
// isolated, and goes to another point of a floor.
constexpr double asideShare = 1e-3;

struct Eigenvalues {
  double smaller, larger;

  bool isFlat() const {
    const double most = std::max(std::fabs(smaller), std::fabs(larger));
    return !(std::min(std::fabs(smaller), std::fabs(larger)) > flatShare * most);
  }
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

bool isSame(const Point& a, const Point& b, double size) {
  return (a - b).cwiseAbs().maxCoeff() < sameShare * size;
}

// The direction in which f bends least: across the rows of H - lambda.
Point flatDirection(const Matrix& hessian) {
  const Eigenvalues bends = eigenvaluesOf(hessian);
  const bool isSmaller = std::fabs(bends.smaller) < std::fabs(bends.larger);
  const Matrix rest = hessian - (isSmaller ? bends.smaller : bends.larger) * Matrix::Identity(2, 2);
  const int row = std::fabs(rest(0, 0)) > std::fabs(rest(1, 1)) ? 0 : 1;
  const double length = std::sqrt(rest(row, 0) * rest(row, 0) + rest(row, 1) * rest(row, 1));
  Point direction(2);
  direction << (length > 0 ? -rest(row, 1) / length : 1), (length > 0 ? rest(row, 0) / length : 0);
  return direction;
}

// Whether Newton's method comes back to x from both sides of it.
bool attracts(const Objective& f, const Window& window, double size, const Point& x) {
  const Point aside = asideShare * size * flatDirection(f.hessian(x));
  for (const double side : {-1.0, 1.0}) {
    Point other = x + side * aside;
    if (!arrives(f, window, size, other) || !isSame(other, x, size)) {
      return false;
    }
  }
  return true;
}

// The known points come after the lattice's.
std::vector<Point> startsIn(const Window& window, const std::vector<Point>& known) {
  const double width = window.xMax - window.xMin, height = window.yMax - window.yMin;
  std::vector<Point> starts;
  for (int k = 0; k < columns * rows; ++k) {
    const int column = k % columns, row = k / columns;
    Point x(2);
    x << window.xMin + (column + 0.5) * width / columns, window.yMin + (row + 0.5) * height / rows;
    starts.push_back(x);
  }
  starts.insert(starts.end(), known.begin(), known.end());
  return starts;
}

}  // namespace

std::vector<PlaneCriticalPoint> planeCriticalPoints(const Objective& f,
                                                    const std::vector<Point>& known) {
  const Window window = f.window();
  const double size = std::max(window.xMax - window.xMin, window.yMax - window.yMin);
  std::vector<PlaneCriticalPoint> found;
  const std::vector<Point> starts = startsIn(window, known);
  for (std::size_t k = 0; k < starts.size(); ++k) {
    Point x = starts[k];
    if (!arrives(f, window, size, x)) {
      continue;
    }
    const double value = valueAt(f, x);
    const bool isNew = std::isfinite(value) &&
                       std::none_of(found.begin(), found.end(),
                                    [&](const auto& other) { return isSame(other.x, x, size); });
    const Eigenvalues bends = eigenvaluesOf(f.hessian(x));
    const bool isKnown = k >= starts.size() - known.size();
    if (isNew && (!bends.isFlat() || (isKnown && attracts(f, window, size, x)))) {
      found.push_back({x, value, bends.smaller, bends.larger});
    }
  }
  numeric::sortShort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.value < b.value; });
  return found;
}

}  // namespace wv
