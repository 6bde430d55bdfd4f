#include "theory/first_passage.hpp"

#include <doctest.h>

#include <cmath>

#include "method/langevin.hpp"
#include "numeric/statistics.hpp"
#include "objective/landscape_1d.hpp"
#include "objective/landscape_2d.hpp"

namespace {

using namespace wv;

GibbsLaw lawOf(const Objective& f, double beta) { return *GibbsLaw::onLine(f, beta); }

TEST_CASE("first passages of the double well at beta = 4") {
  const auto f = makeDoubleWell1d(0);
  const GibbsLaw law = lawOf(*f, 4);
  CHECK(std::fabs(meanFirstPassageTime(law, -1, 1) - 69.2636) < 5e-5);
  CHECK(std::fabs(meanFirstPassageTime(law, -1, 0) - 33.9457) < 5e-5);
  CHECK(std::fabs(meanFirstPassageTime(law, 1, 0) - 33.9457) < 5e-5);
  CHECK(meanFirstPassageTime(law, 0.5, 0.5) == 0);
  // u'' / beta - f' u' = -gap u with u(0) = 0, u'(2) = 0, by shooting (Runge-Kutta, 4000 steps).
  CHECK(std::fabs(spectralGap(law) - 0.02977959330944) < 1e-9);
}

TEST_CASE("the spectral gap of a parabola is its curvature, at any temperature") {
  for (const double k : {0.3, 7.0}) {
    const auto f = makeQuadratic1d(k);
    for (const double beta : {0.1, 20.0}) {
      CHECK(std::fabs(spectralGap(lawOf(*f, beta)) - k) < 1e-6 * k);
    }
  }
}

TEST_CASE(
    "far below the barrier, Kramers' rate is the inverse of the exact time, the gap twice it") {
  const auto f = makeDoubleWell1d(0);
  double last = 1;
  for (const double beta : {10.0, 20.0, 40.0, 80.0}) {
    const GibbsLaw law = lawOf(*f, beta);
    const auto& points = law.criticalPoints();
    REQUIRE(points.size() == 3);
    const double rate = kramersRate(points[0], points[1], beta);
    const double error = std::fabs(rate * meanFirstPassageTime(law, -1, 1) - 1);
    // O(1/beta): about halved each time.
    CHECK(error < 0.6 * last);
    CHECK(std::fabs(spectralGap(law) * meanFirstPassageTime(law, -1, 1) / 2 - 1) < 1 / beta);
    last = error;
  }
  CHECK(last < 0.02);
}

TEST_CASE("Kramers in the plane: a direction that does not take part changes nothing") {
  const auto line = makeDoubleWell1d(0);
  const auto plane = makeDoubleWell2d(0);
  const Point minimum = plane->minimizers().front(), saddle = Point::Zero(2);
  const double inPlane = kramersRate(plane->hessian(minimum), plane->hessian(saddle), 1, 5);
  const auto points = lawOf(*line, 5).criticalPoints();
  CHECK(inPlane == doctest::Approx(kramersRate(points[0], points[1], 5)).epsilon(1e-13));
  CHECK(inPlane == doctest::Approx(std::sqrt(32.0) / 6.283185307179586 * std::exp(-5.0)));
}

}  // namespace
