#include "objective/random_landscape.hpp"

#include <array>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "objective/landscape.hpp"
#include "objective/plane_critical_points.hpp"
#include "random/fill.hpp"

namespace wv {
namespace {

constexpr int waveCount = 48;
using numeric::twoPi;

struct Wave {
  double x, y, phase;
};

struct RandomWaves {
  std::array<Wave, waveCount> waves;
  double height;

  double value(double x, double y) const {
    double sum = 0;
    for (const Wave& wave : waves) {
      sum += numeric::sincos(wave.x * x + wave.y * y + wave.phase).cos;
    }
    return height * sum;
  }
  Vector2 gradient(double x, double y) const {
    Vector2 sum{0, 0};
    for (const Wave& wave : waves) {
      const double slope = numeric::sincos(wave.x * x + wave.y * y + wave.phase).sin;
      sum.x -= wave.x * slope;
      sum.y -= wave.y * slope;
    }
    return {height * sum.x, height * sum.y};
  }
  Symmetric2 hessian(double x, double y) const {
    Symmetric2 sum{0, 0, 0};
    for (const Wave& wave : waves) {
      const double bend = numeric::sincos(wave.x * x + wave.y * y + wave.phase).cos;
      sum.xx -= wave.x * wave.x * bend;
      sum.xy -= wave.x * wave.y * bend;
      sum.yy -= wave.y * wave.y * bend;
    }
    return {height * sum.xx, height * sum.xy, height * sum.yy};
  }

  // Those in the window.
  std::vector<Point> minimizers() const {
    std::vector<Point> points;
    for (const auto& critical : planeCriticalPoints(Landscape2d<RandomWaves>(*this))) {
      if (critical.smaller > 0) {
        points.push_back(critical.x);
      }
    }
    return points;
  }
  std::optional<Curvature> globalCurvature() const { return {}; }
  Window window() const { return {-5, 5, -3.75, 3.75}; }
  Point start() const { return point2(0, 0); }
};

}  // namespace

std::unique_ptr<Objective> makeRandomLandscape(std::uint32_t seed, double frequency) {
  Block q(waveCount, 2), phase(waveCount, 1);
  fillNormal({.seed = seed, .stream = Stream::instance, .step = 0}, q);
  fillUniform({.seed = seed, .stream = Stream::instance, .step = 1}, phase);
  RandomWaves field{{}, std::sqrt(2.0 / waveCount)};
  for (std::size_t k = 0; k < waveCount; ++k) {
    const auto row = static_cast<Eigen::Index>(k);
    field.waves[k] = {frequency * q(row, 0), frequency * q(row, 1), twoPi * phase(row, 0)};
  }
  return std::make_unique<Landscape2d<RandomWaves>>(field);
}

}  // namespace wv
