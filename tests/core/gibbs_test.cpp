#include "theory/gibbs.hpp"

#include <doctest.h>

#include <cmath>

#include "numeric/elementary.hpp"
#include "numeric/histogram.hpp"
#include "numeric/statistics.hpp"
#include "objective/catalogue.hpp"
#include "objective/expression.hpp"
#include "objective/landscape_1d.hpp"

namespace {

using namespace wv;
using doctest::Approx;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kTwoPi = 6.283185307179586477;

// Relative.
void checkClose(double measured, double expected, double tolerance) {
  CAPTURE(measured);
  CAPTURE(expected);
  CHECK(std::fabs(measured - expected) <= tolerance * std::fabs(expected));
}

// The oracle of everything below that has no closed form: the trapezoid rule, which for entire
// functions that fall off this fast is exact to rounding.
template <class F>
double onWholeLine(const F& f) {
  constexpr double step = 1.0 / 512;
  double sum = 0;
  for (int i = -8 * 512; i <= 8 * 512; ++i) {
    sum += f(i * step);
  }
  return sum * step;
}

TEST_CASE("Gibbs law of a parabola: the closed forms, from hot to cold") {
  for (const double k : {0.01, 1.0, 300.0}) {
    const auto f = makeQuadratic1d(k);
    for (const double beta : {1e-3, 1.0, 1e4}) {
      CAPTURE(k);
      CAPTURE(beta);
      const auto law = GibbsLaw::onLine(*f, beta);
      REQUIRE(law);
      CHECK(law->isAccurate());
      const double variance = 1 / (beta * k), deviation = std::sqrt(variance);
      CHECK(std::fabs(law->logZ() - 0.5 * std::log(kTwoPi * variance)) < 1e-12);
      checkClose(law->variance(), variance, 1e-12);
      checkClose(law->meanValue(), 0.5 / beta, 1e-12);
      CHECK(std::fabs(law->mean()) < 1e-12 * deviation);
      for (const double z : {-12.0, -6.0, -1.0, 0.3, 5.0}) {
        checkClose(law->massBelow(z * deviation), 0.5 * std::erfc(-z / std::sqrt(2.0)), 1e-10);
        checkClose(law->massAbove(-z * deviation), 0.5 * std::erfc(-z / std::sqrt(2.0)), 1e-10);
      }
      // 0.8413... and 2.326... of the normal tables.
      checkClose(law->quantile(0.841344746068542949), deviation, 1e-11);
      checkClose(law->quantile(0.01), -2.32634787404084110 * deviation, 1e-11);
    }
  }
}

TEST_CASE("Gibbs law of the double well: Z and E f to twelve digits") {
  const auto f = makeDoubleWell1d(0);
  const auto hot = GibbsLaw::onLine(*f, 1), cold = GibbsLaw::onLine(*f, 4);
  REQUIRE(hot);
  REQUIRE(cold);
  checkClose(std::exp(hot->logZ()), 1.973732150090, 1e-12);
  checkClose(std::exp(cold->logZ()), 0.947837832981, 1e-12);
  checkClose(cold->meanValue(), 0.144829139255, 1e-11);
  CHECK(std::fabs(cold->massBelow(0) - 0.5) < 1e-14);
}

TEST_CASE("Gibbs law of the tilted double well: critical points and well masses") {
  const auto f = makeDoubleWell1d(0.3);
  const double right[] = {0.378407, 0.261080, 0.055082};
  const double betas[] = {1, 2, 5};
  for (int i = 0; i < 3; ++i) {
    const auto law = GibbsLaw::onLine(*f, betas[i]);
    REQUIRE(law);
    CHECK(std::fabs(law->massAbove(0) - right[i]) < 1e-6);
    const auto& points = law->criticalPoints();
    REQUIRE(points.size() == 3);
    CHECK(std::fabs(points[0].x + 1.035579) < 1e-6);
    CHECK(std::fabs(points[1].x - 0.075429) < 1e-6);
    CHECK(std::fabs(points[2].x - 0.960150) < 1e-6);
    CHECK(std::fabs(points[1].value - points[2].value - 0.717136) < 1e-6);
    const auto wells = law->wells();
    REQUIRE(wells.size() == 2);
    CHECK(wells[0].left == -kInfinity);
    CHECK(wells[0].right == points[1].x);
    CHECK(wells[1].minimum.x == points[2].x);
    const auto weight = [&](double x) {
      return std::exp(-betas[i] * ((x * x - 1) * (x * x - 1) + 0.3 * x));
    };
    const double Z = onWholeLine(weight);
    checkClose(std::exp(law->logZ()), Z, 1e-12);
    checkClose(law->mean(), onWholeLine([&](double x) { return x * weight(x); }) / Z, 1e-11);
    checkClose(wells[0].mass + wells[1].mass, 1, 1e-13);
    CHECK(wells[1].mass < law->massAbove(0));
  }
}

TEST_CASE("Gibbs law at a low temperature: wells that hold almost nothing keep their digits") {
  // By Laplace's method the odds are e^{-beta (f1 - f0)} sqrt(f0''/f1'') (1 + O(1/beta)).
  const auto f = makeDoubleWell1d(0.3);
  const auto law = GibbsLaw::onLine(*f, 200);
  REQUIRE(law);
  const auto wells = law->wells();
  const CriticalPoint deep = wells[0].minimum, shallow = wells[1].minimum;
  const double odds =
      std::exp(-200 * (shallow.value - deep.value)) * std::sqrt(deep.curvature / shallow.curvature);
  CHECK(wells[1].mass > 0);
  checkClose(wells[1].mass, odds, 0.005);
}

TEST_CASE("Gibbs law of a mixture at beta = 1 is the mixture") {
  const auto f = makeLandscape("mixture-1d", {});
  const auto law = GibbsLaw::onLine(*f, 1);
  REQUIRE(law);
  CHECK(std::fabs(law->logZ()) < 1e-12);
  checkClose(law->mean(), 0.35 * -1 + 0.65 * 1, 1e-11);
  checkClose(law->variance(), 0.35 * (0.01 + 1) + 0.65 * (0.25 + 1) - 0.09, 1e-11);
}

TEST_CASE("there is no Gibbs law on the line of a function that does not climb") {
  const auto f = makeCosine1d(1, 1);
  CHECK_FALSE(GibbsLaw::onLine(*f, 1));
  CHECK_FALSE(GibbsLaw::onLine(*f, 100));
}

TEST_CASE("Gibbs law of a function on a half line: Gamma functions") {
  struct Case {
    const char* text;
    double beta, logZ, mean;
  };
  const double lnPi = std::log(kTwoPi / 2);
  // Z = Gamma(beta + 1)/beta^(beta + 1), mean (beta + 1)/beta; of x^2 - log x half of
  // Gamma(b)/beta^b at b = (beta + 1)/2, and Gamma(b + 1/2)/(sqrt(beta) Gamma(b)).
  const Case cases[] = {
      {"x - log(x)", 5, std::log(120 / 15625.0), 1.2},
      {"x - log(x)", 0.5, std::lgamma(1.5) - 1.5 * std::log(0.5), 3},
      {"3 - x - log(3 - x)", 5, std::log(120 / 15625.0), 1.8},
      {"x^2 - log(x)", 3, std::log(1.0 / 18), std::tgamma(2.5) / std::sqrt(3)},
      {"x^2 - log(x)", 1, std::log(0.5), 0.5 * std::exp(0.5 * lnPi)},
  };
  for (const Case& each : cases) {
    CAPTURE(each.text);
    CAPTURE(each.beta);
    const auto f = makeExpression(each.text).expression;
    REQUIRE(f);
    const auto law = GibbsLaw::onLine(*f, each.beta);
    REQUIRE(law);
    CHECK(law->isAccurate());
    CHECK(std::fabs(law->logZ() - each.logZ) < 1e-10);
    checkClose(law->mean(), each.mean, 1e-10);
    REQUIRE(law->wells().size() == 1);
    CHECK(std::fabs(law->wells()[0].mass - 1) < 1e-12);
    CHECK(law->massBelow(-1) + law->massAbove(4) < 1);
    CHECK(std::fabs(law->massBelow(0.7) + law->massAbove(0.7) - 1) < 1e-12);
  }
  // An end at which f is finite, and the law's density is not 0.
  const auto f = makeExpression("x log(x)").expression;
  const auto law = GibbsLaw::onLine(*f, 2);
  REQUIRE(law);
  CHECK(law->massBelow(0) == 0);
  CHECK(std::fabs(law->massAbove(0) - 1) < 1e-12);
  CHECK(law->mean() > 0);
  CHECK(law->wells().size() == 1);
}

TEST_CASE("Gibbs law of a cosine on a period: Bessel functions") {
  const double half = 0.5 * kTwoPi;
  const auto f = makeCosine1d(2, 1);
  const auto law = GibbsLaw::onInterval(*f, 1.5, -half, half);
  // Z = 2 pi I_0(3), E f = -2 I_1(3)/I_0(3).
  checkClose(std::exp(law.logZ()), kTwoPi * 4.8807925858650245, 1e-12);
  checkClose(law.meanValue(), -2 * 3.9533702174026094 / 4.8807925858650245, 1e-12);
  CHECK(law.massBelow(-half) == 0);
  CHECK(law.massAbove(-half - 1) == 1);
  const auto wells = law.wells();
  REQUIRE(wells.size() == 2);
  CHECK(wells[0].minimum.x == -half);
  CHECK(wells[1].minimum.x == half);
  checkClose(wells[0].mass, 0.5, 1e-12);
}

TEST_CASE("bin masses add up to one and hold the tails") {
  const auto f = makeDoubleWell1d(0.1);
  const auto law = GibbsLaw::onLine(*f, 3);
  REQUIRE(law);
  const numeric::Histogram bins(-3, 3.5, 40);
  const Column masses = law->binMasses(bins.edges());
  REQUIRE(masses.size() == 42);
  CHECK(std::fabs(numeric::sum(masses) - 1) < 1e-14);
  CHECK(masses.minCoeff() > 0);
  // Beyond 3.5, beta f is 380: e^{-beta f(b)}/(beta f'(b)) to leading order.
  const double tail = std::exp(-3 * (11.25 * 11.25 + 0.35)) / (3 * (14 * 11.25 + 0.1));
  checkClose(masses(41) * std::exp(law->logZ()), tail, 0.01);
}

TEST_CASE("quantiles undo massBelow, alone and in order") {
  const auto f = makeDoubleWell1d(0.3);
  const auto law = GibbsLaw::onLine(*f, 6);
  REQUIRE(law);
  const Column x = law->midpointQuantiles(1000);
  for (int i = 0; i < 1000; ++i) {
    const double p = (i + 0.5) / 1000;
    CHECK(std::fabs(law->massBelow(x(i)) - p) < 1e-12);
    CHECK(std::fabs(law->quantile(p) - x(i)) < 1e-9);
  }
}

}  // namespace
