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

// Passages from -1 to 0 of a walker that starts anew at each: the first walkers to stop are those
// that have just arrived once `horizon` is over, so that by Wald's identity their steps over their
// arrivals estimate the mean time without bias.
struct MeasuredTime {
  double mean = 0, standardError = 0;
};

MeasuredTime measuredTime(const Objective& f, double alpha, double beta, double horizon) {
  constexpr int count = 800;
  const FullGradient source(f);
  const auto method = makeLangevin(Corrector::none, {beta, 11, 0});
  State state;
  state.x = Block::Constant(count, 1, -1);
  method->init(state);
  Column arrivals = Column::Zero(count), stoppedAt = Column::Zero(count);
  const double last = horizon / alpha;
  while ((stoppedAt == 0).any()) {
    method->step({source, alpha}, state);
    for (int r = 0; r < count; ++r) {
      if (state.x(r, 0) >= 0 && stoppedAt(r) == 0) {
        state.x(r, 0) = -1;
        arrivals(r) += 1;
        stoppedAt(r) = state.step > last ? state.step : 0;
      }
    }
  }
  const double mean = numeric::sum(stoppedAt) / numeric::sum(arrivals);
  const Column residual = stoppedAt - mean * arrivals;
  const double error = std::sqrt(numeric::sum(residual.square())) / numeric::sum(arrivals);
  return {alpha * mean, alpha * error};
}

TEST_CASE("chains take as long to the barrier as the integral says, as alpha goes to 0") {
  const auto f = makeDoubleWell1d(0);
  const double beta = 2;
  const double exact = meanFirstPassageTime(lawOf(*f, beta), -1, 0);
  const MeasuredTime coarse = measuredTime(*f, 0.02, beta, 40);
  const MeasuredTime fine = measuredTime(*f, 0.005, beta, 40);
  // A chain looks only once a step whether it has arrived: late by c sqrt(alpha) to leading order,
  // which 2 fine - coarse is without.
  const double limit = 2 * fine.mean - coarse.mean;
  const double error = std::hypot(2 * fine.standardError, coarse.standardError);
  CAPTURE(exact);
  CAPTURE(limit);
  CAPTURE(error);
  CHECK(coarse.mean - exact > 2 * coarse.standardError);
  CHECK(coarse.mean - exact > 4 * coarse.standardError);
  CHECK(std::fabs(limit - exact) < 4 * error);
  CHECK(error < 0.05 * exact);
}

}  // namespace
