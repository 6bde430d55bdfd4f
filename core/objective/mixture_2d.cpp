#include "objective/mixture_2d.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "objective/landscape.hpp"

namespace wv {
namespace {

using numeric::twoPi;
// Of the window's width.
constexpr double windowHeight = 0.7;

struct Component {
  double logHeight;  // log(w / (2 pi s^2))
  double mean, precision;

  double logDensity(double x, double y) const {
    return logHeight - 0.5 * precision * ((x - mean) * (x - mean) + y * y);
  }
};

// On the axis f is that of a mixture on the line with the weights w_i / s_i, whose minimisers are
// those of the plane: f_yy = sum r_i / s_i^2 > 0 there.
Mixture onAxis(Mixture mixture) {
  for (std::size_t i = 0; i < mixture.weights.size(); ++i) {
    mixture.weights[i] /= mixture.deviations[i];
  }
  return mixture;
}

struct Mixture2d {
  explicit Mixture2d(const Mixture& mixture) : axis(onAxis(mixture)) {
    for (std::size_t i = 0; i < mixture.weights.size(); ++i) {
      const double precision = 1 / (mixture.deviations[i] * mixture.deviations[i]);
      components.push_back(
          {numeric::log(mixture.weights[i] * precision / twoPi), mixture.means[i], precision});
    }
  }

  double value(double x, double y) const {
    const double top = highest(x, y);
    double sum = 0;
    for (const Component& component : components) {
      sum += numeric::exp(component.logDensity(x, y) - top);
    }
    return -(top + numeric::log(sum));
  }

  Vector2 gradient(double x, double y) const {
    const double top = highest(x, y);
    double sum = 0, pullX = 0, pullY = 0;
    for (const Component& component : components) {
      const double share = numeric::exp(component.logDensity(x, y) - top);
      sum += share;
      pullX += share * component.precision * (x - component.mean);
      pullY += share * component.precision * y;
    }
    return {pullX / sum, pullY / sum};
  }

  // With shares r_i and pulls u_i: sum r_i / s_i^2 I - covariance of the u_i.
  Symmetric2 hessian(double x, double y) const {
    const double top = highest(x, y);
    double sum = 0, stiffness = 0, xx = 0, xy = 0, yy = 0;
    for (const Component& component : components) {
      const double share = numeric::exp(component.logDensity(x, y) - top);
      const double pullX = component.precision * (x - component.mean);
      const double pullY = component.precision * y;
      sum += share;
      stiffness += share * component.precision;
      xx += share * pullX * pullX;
      xy += share * pullX * pullY;
      yy += share * pullY * pullY;
    }
    const Vector2 mean = gradient(x, y);
    return {(stiffness - xx) / sum + mean.x * mean.x, -xy / sum + mean.x * mean.y,
            (stiffness - yy) / sum + mean.y * mean.y};
  }

  std::vector<Point> minimizers() const {
    std::vector<Point> points;
    for (const Point& x : makeMixture1d(axis)->minimizers()) {
      points.push_back(point2(x(0), 0));
    }
    return points;
  }

  std::optional<Curvature> globalCurvature() const { return {}; }

  Window window() const {
    const Window line = makeMixture1d(axis)->window();
    const double half = 0.5 * windowHeight * (line.xMax - line.xMin);
    return {line.xMin, line.xMax, -half, half};
  }

  Point start() const {
    const Window box = window();
    return point2(makeMixture1d(axis)->start()(0), 0.4 * box.yMax);
  }

  double highest(double x, double y) const {
    double top = -HUGE_VAL;
    for (const Component& component : components) {
      top = std::max(top, component.logDensity(x, y));
    }
    return top;
  }

  Mixture axis;
  std::vector<Component> components;
};

}  // namespace

std::unique_ptr<Objective> makeMixture2d(const Mixture& mixture) {
  return std::make_unique<Landscape2d<Mixture2d>>(Mixture2d(mixture));
}

}  // namespace wv
