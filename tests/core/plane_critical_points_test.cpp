#include "objective/plane_critical_points.hpp"

#include <doctest.h>

#include <algorithm>

#include "objective/catalogue.hpp"
#include "objective/random_landscape.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

int minimaAmong(const std::vector<PlaneCriticalPoint>& points) {
  return static_cast<int>(
      std::count_if(points.begin(), points.end(), [](const auto& p) { return p.smaller > 0; }));
}

int saddlesAmong(const std::vector<PlaneCriticalPoint>& points) {
  return static_cast<int>(std::count_if(
      points.begin(), points.end(), [](const auto& p) { return p.smaller < 0 && p.larger > 0; }));
}

}  // namespace

TEST_CASE("critical points: Himmelblau has four minima, four saddles and a summit") {
  const auto points = planeCriticalPoints(*makeLandscape("himmelblau", {}));
  CHECK(points.size() == 9);
  CHECK(minimaAmong(points) == 4);
  CHECK(saddlesAmong(points) == 4);
}

TEST_CASE("critical points: every known minimiser is found, at zero gradient, sorted by f") {
  for (const LandscapeInfo& info : landscapes()) {
    if (info.dimension != 2) {
      continue;
    }
    CAPTURE(info.id);
    const auto f = makeLandscape(info.id, {});
    const auto points = planeCriticalPoints(*f);
    CHECK(std::is_sorted(points.begin(), points.end(),
                         [](const auto& a, const auto& b) { return a.value < b.value; }));
    for (const Point& minimizer : f->minimizers()) {
      CHECK(std::any_of(points.begin(), points.end(), [&](const auto& p) {
        return (p.x - minimizer).cwiseAbs().maxCoeff() < 1e-7 && p.smaller > 0;
      }));
    }
    for (const auto& point : points) {
      const double scale = f->hessian(point.x).cwiseAbs().maxCoeff();
      CHECK(gradientAt(*f, point.x).cwiseAbs().maxCoeff() < 1e-9 * std::max(1.0, scale));
    }
  }
}

TEST_CASE("random landscape: derivatives, minimisers, the variance and the law of the seed") {
  const auto f = makeRandomLandscape(7, 1.5);
  checkDerivatives(*f, pointsInWindow(*f, 8, 40));
  checkBatch(*f, pointsInWindow(*f, 9, 20));
  REQUIRE(f->minimizers().size() > 5);
  checkMinimizers(*f);
  CHECK(hashOfObjective(*f, pointsInWindow(*f, 10, 20)) !=
        hashOfObjective(*makeRandomLandscape(8, 1.5), pointsInWindow(*f, 10, 20)));
  // Over 400 seeds, f at one point has mean 0 and variance 1: within 4 standard errors, 1/20 and
  // sqrt(2/400) for a nearly Gaussian f.
  double sum = 0, squares = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    const double value = valueAt(*makeRandomLandscape(seed, 1), Point::Constant(2, 0.3));
    sum += value;
    squares += value * value;
  }
  CHECK(std::fabs(sum / 400) < 4.0 / 20);
  CHECK(std::fabs(squares / 400 - 1) < 4 * std::sqrt(2.0 / 400));
}

TEST_CASE("a rougher random landscape has more minima") {
  CHECK(makeRandomLandscape(1, 3)->minimizers().size() >
        2 * makeRandomLandscape(1, 1.5)->minimizers().size());
}
