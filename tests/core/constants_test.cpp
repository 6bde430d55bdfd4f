#include "theory/constants.hpp"

#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "data_sets.hpp"
#include "method/gd.hpp"
#include "method/gradient_source.hpp"
#include "method/momentum.hpp"
#include "method/nesterov.hpp"
#include "objective/catalogue.hpp"
#include "objective/logistic.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv::test;
using wv::constantsOf;
using wv::makeLandscape;
using wv::Point;

Point at(double x, double y) {
  Point point(2);
  point << x, y;
  return point;
}

// m = 0 and m = L are among them.
const wv::Curvature curvatures[] = {{10, 1}, {1, 1}, {3, 0}, {50, 0.2}, {1.5, 1.4}};

}  // namespace

TEST_CASE("constants of the quadratic hold everywhere") {
  const auto constants = constantsOf(*makeLandscape("quadratic", {.condition = 10}), at(3, 4));
  CHECK(constants.smoothness == 10);
  CHECK(constants.strongConvexity == 1);
  CHECK(constants.minimum == 0);
  CHECK(constants.minimizer == at(0, 0));
  CHECK(constants.global);
}

TEST_CASE("constants elsewhere are those of the nearest minimum; f* is the global one") {
  const auto well = makeLandscape("double-well", {.tilt = 0.3});
  const auto shallow = constantsOf(*well, at(2, 1));
  CHECK(!shallow.global);
  CHECK(std::abs(shallow.minimizer(0) - 0.960150) < 5e-7);
  // 24 x times the last digit of x.
  CHECK(std::abs(shallow.smoothness - (12 * 0.960150 * 0.960150 - 4)) < 1.2e-5);
  CHECK(shallow.strongConvexity == 1);
  const auto deep = constantsOf(*well, at(-0.1, 1));
  CHECK(std::abs(deep.minimizer(0) + 1.035579) < 5e-7);
  CHECK(deep.minimum == shallow.minimum);
  CHECK(deep.minimum == valueAt(*well, deep.minimizer));
  CHECK(deep.minimum < valueAt(*well, shallow.minimizer) - 0.5);

  // Rosenbrock's Hessian at (1, 1) is [802, -400; -400, 200]: trace 1002, determinant 400.
  const auto rosenbrock = constantsOf(*makeLandscape("rosenbrock", {}), at(0, 0));
  const double root = std::sqrt(501.0 * 501 - 400);
  CHECK(rosenbrock.smoothness == doctest::Approx(501 + root).epsilon(1e-14));
  CHECK(rosenbrock.strongConvexity == doctest::Approx(400 / (501 + root)).epsilon(1e-11));
  CHECK(rosenbrock.minimum == 0);

  CHECK(constantsOf(*makeLandscape("saddle", {}), at(0, -0.2)).minimizer == at(0, -1));
  CHECK(constantsOf(*makeLandscape("saddle", {}), at(0, -0.2)).minimum == -0.25);
  const auto cosine = makeLandscape("cosine-1d", {.amplitude = 2, .omega = 3});
  CHECK(constantsOf(*cosine, Point::Constant(1, 3)).smoothness == doctest::Approx(18));
}

TEST_CASE("without a minimiser f* is the infimum") {
  wv::DesignMatrix design;
  design.X = Point(4);
  design.X << -2, 0, 1, 3;
  design.y = Point(4);
  design.y << -1, 1, 1, 1;
  const auto constants = constantsOf(wv::Logistic(design, 0), Point::Zero(1));
  CHECK(constants.minimizer.size() == 0);
  // Only the sample at 0 keeps its loss, log 2.
  CHECK(constants.minimum == doctest::Approx(std::log(2.0) / 4).epsilon(1e-9));
  CHECK(constants.strongConvexity == 0);
  CHECK(constants.global);
}

TEST_CASE("the rate is exact on a quadratic: the worse of its two axes") {
  for (const wv::Curvature& curvature : curvatures) {
    const double smoothness = curvature.smoothness, m = curvature.strongConvexity;
    for (int k = 0; k < 29; ++k) {
      const double alpha = (0.02 + 0.07 * k) / smoothness;
      const double flat = (1 - alpha * m) * (1 - alpha * m);
      const double steep = (1 - alpha * smoothness) * (1 - alpha * smoothness);
      CHECK(wv::gradientDescentRate(alpha, smoothness, m) == std::max(flat, steep));
    }
  }
}

TEST_CASE("the linear bound stays above the rate up to 2/L, and is 1 - alpha m up to 2/L - m/L^2") {
  for (const wv::Curvature& curvature : curvatures) {
    const double smoothness = curvature.smoothness, m = curvature.strongConvexity;
    CAPTURE(smoothness);
    CAPTURE(m);
    const double lectureLimit = 2 / smoothness - m / (smoothness * smoothness);
    CHECK(lectureLimit >= wv::stepSizeMarks(smoothness, m).fastest * (1 - 1e-15));
    for (int k = 1; k < 2000; ++k) {
      const double alpha = 0.001 * k / smoothness;
      const double bound = wv::linearRateBound(alpha, smoothness, m);
      CHECK(bound >= wv::gradientDescentRate(alpha, smoothness, m) - 1e-15);
      CHECK((bound < 1 || m == 0));
      if (alpha < lectureLimit * (1 - 1e-12)) {
        CHECK(bound == 1 - alpha * m);
      } else if (alpha > lectureLimit * (1 + 1e-12)) {
        CHECK(bound > 1 - alpha * m);
      }
    }
  }
}

TEST_CASE("marks: 1/L, 2/(m+L), 2/L, and the middle one has the least rate") {
  const wv::StepSizeMarks marks = wv::stepSizeMarks(10, 1);
  CHECK(marks.monotone == 0.1);
  CHECK(marks.fastest == 2.0 / 11);
  CHECK(marks.limit == 0.2);
  const double best = wv::gradientDescentRate(marks.fastest, 10, 1);
  CHECK(best == doctest::Approx(81.0 / 121).epsilon(1e-14));
  for (int k = 1; k < 200; ++k) {
    CHECK(wv::gradientDescentRate(0.001 * k, 10, 1) >= best - 1e-15);
  }
}

TEST_CASE(
    "each method converges below the limit of its range alone, and swings only beyond its calm "
    "end") {
  const double L = 10;
  const auto parabola = makeLandscape("quadratic-1d", {.curvature = L});
  const auto gapsOf = [&](const wv::Method& method, double alpha) {
    const wv::FullGradient source(*parabola);
    wv::State state;
    state.x = wv::Block::Constant(1, 1, 1.0);
    method.init(state);
    std::vector<double> path;
    for (int t = 0; t < 4000 && std::fabs(state.x(0, 0)) < 1e100; ++t) {
      method.step({source, alpha}, state);
      path.push_back(state.x(0, 0));
    }
    return path;
  };
  const auto check = [&](const wv::Method& method, const wv::StepSizeRange& range) {
    CHECK(std::fabs(gapsOf(method, 0.99 * range.limit).back()) < 1e-3);
    CHECK(std::fabs(gapsOf(method, 1.01 * range.limit).back()) > 1e3);
    const auto swings = [](const std::vector<double>& path) {
      return std::any_of(path.begin(), path.end(), [](double x) { return x < -1e-12; });
    };
    CHECK(!swings(gapsOf(method, 0.99 * range.monotone)));
    CHECK(swings(gapsOf(method, 1.05 * range.monotone)));
  };
  check(wv::GradientDescent(), wv::gradientDescentRange(L));
  for (const double momentum : {0.0, 0.3, 0.5, 0.8}) {
    CAPTURE(momentum);
    check(wv::HeavyBall(momentum), wv::heavyBallRange(L, momentum));
    check(wv::Nesterov(momentum), wv::nesterovRange(L, momentum));
  }
}

TEST_CASE("no step of gradient descent on real data beats the rate") {
  for (const wv::DatasetInfo& info : wv::datasets()) {
    CAPTURE(info.id);
    const wv::Logistic objective(classificationOf(info.id), 0.1);
    Point w = Point::Zero(objective.dim());
    const auto constants = constantsOf(objective, w);
    for (double share : {0.5, 1.0, 1.8}) {
      const double alpha = share / constants.smoothness;
      const double rate =
          wv::gradientDescentRate(alpha, constants.smoothness, constants.strongConvexity);
      w.setConstant(0.5);
      for (int t = 0; t < 20; ++t) {
        const double before = valueAt(objective, w) - constants.minimum;
        w -= alpha * gradientAt(objective, w);
        const double after = valueAt(objective, w) - constants.minimum;
        CHECK(after <= rate * before + 1e-14);
      }
    }
  }
}
