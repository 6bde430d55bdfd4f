#include "objective/landscape_1d.hpp"

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "objective/landscape.hpp"

namespace wv {
namespace {

using numeric::pi;

struct Quadratic1d {
  double k;

  double value(double x) const { return 0.5 * k * x * x; }
  double slope(double x) const { return k * x; }
  double curvature(double) const { return k; }

  std::vector<Point> minimizers() const { return {point1(0)}; }
  std::optional<Curvature> globalCurvature() const { return Curvature{k, k}; }
  Window window() const { return {-3, 3, 0, 0}; }
  Point start() const { return point1(-2); }
};

struct DoubleWell1d {
  double tilt;

  double value(double x) const { return (x * x - 1) * (x * x - 1) + tilt * x; }
  double slope(double x) const { return 4 * x * (x * x - 1) + tilt; }
  double curvature(double x) const { return 12 * x * x - 4; }

  std::vector<Point> minimizers() const {
    std::vector<Point> points;
    for (const double x : doubleWellMinima(tilt)) {
      points.push_back(point1(x));
    }
    return points;
  }
  std::optional<Curvature> globalCurvature() const { return {}; }
  // A strong tilt moves the well out of the usual picture.
  Window window() const {
    const double half = std::max(2.0, 1.4 * std::fabs(doubleWellMinima(tilt).front()));
    return {-half, half, 0, 0};
  }
  Point start() const { return point1(tilt < 0 ? -1.7 : 1.7); }
};

struct Cosine1d {
  double amplitude, omega;

  double value(double x) const { return amplitude * numeric::sincos(omega * x).cos; }
  double slope(double x) const { return -amplitude * omega * numeric::sincos(omega * x).sin; }
  double curvature(double x) const {
    return -amplitude * omega * omega * numeric::sincos(omega * x).cos;
  }

  std::vector<Point> minimizers() const {
    const double halfPeriod = pi / std::fabs(omega);
    if (amplitude > 0) {
      return {point1(-halfPeriod), point1(halfPeriod), point1(-3 * halfPeriod),
              point1(3 * halfPeriod)};
    }
    return {point1(0), point1(-2 * halfPeriod), point1(2 * halfPeriod), point1(-4 * halfPeriod),
            point1(4 * halfPeriod)};
  }
  std::optional<Curvature> globalCurvature() const { return {}; }
  Window window() const {
    const double half = 4.5 * pi / std::fabs(omega);
    return {-half, half, 0, 0};
  }
  // A little off a maximum.
  Point start() const { return point1((amplitude > 0 ? 0.3 : pi - 0.3) / std::fabs(omega)); }
};

// The root of 4x(x^2 - 1) + tilt that Newton's method comes down (or up) to without passing it.
double monotoneRoot(double from, double tilt) {
  double x = from;
  while (true) {
    const double next = x - (4 * x * (x * x - 1) + tilt) / (12 * x * x - 4);
    if (!(std::fabs(next) < std::fabs(x))) {
      return x;
    }
    x = next;
  }
}

}  // namespace

std::vector<double> doubleWellMinima(double tilt) {
  const double lean = std::fabs(tilt);
  const double sign = tilt < 0 ? -1 : 1;
  // Left of the left root the slope is concave, right of the right one it is convex: Newton's
  // iterates are monotone from -(1 + lean) and from 1.
  std::vector<double> minima = {sign * monotoneRoot(-(1 + lean), lean)};
  if (27 * lean * lean < 64) {
    minima.push_back(sign * monotoneRoot(1, lean));
  }
  return minima;
}

std::unique_ptr<Objective> makeQuadratic1d(double k) {
  return std::make_unique<Landscape1d<Quadratic1d>>(Quadratic1d{k});
}

std::unique_ptr<Objective> makeDoubleWell1d(double tilt) {
  return std::make_unique<Landscape1d<DoubleWell1d>>(DoubleWell1d{tilt});
}

std::unique_ptr<Objective> makeCosine1d(double amplitude, double omega) {
  return std::make_unique<Landscape1d<Cosine1d>>(Cosine1d{amplitude, omega});
}

}  // namespace wv
