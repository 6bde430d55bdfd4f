#include "theory/step_stability.hpp"

#include <doctest.h>

#include <cmath>

#include "objective/expression.hpp"

namespace {

using wv::largestReturningStep;

std::unique_ptr<wv::Expression> function(const char* text) {
  wv::ExpressionResult result = wv::makeExpression(text, 1);
  REQUIRE(result.expression);
  return std::move(result.expression);
}

}  // namespace

TEST_CASE("the largest step that returns: 2/f'' for a parabola, however far a walker comes") {
  const auto parabola = function("2.5(x - 1)^2");
  for (const double reach : {0.1, 1.0, 1e3}) {
    CHECK(largestReturningStep(*parabola, 1, reach, 10) == doctest::Approx(0.4).epsilon(0.02));
  }
  CHECK(largestReturningStep(*parabola, 1, 5, 0.3) == 0.3);
}

TEST_CASE("the largest step that returns: a quartic throws out who comes far enough") {
  // A step of x^4 ends higher where 4 alpha x^2 > 2: within reach * alpha once
  // alpha^3 > 1/(2 reach^2).
  const auto quartic = function("x^4");
  for (const double reach : {1.0, 30.0, 1e3}) {
    CAPTURE(reach);
    CHECK(largestReturningStep(*quartic, 0, reach, 10) ==
          doctest::Approx(std::cbrt(1 / (2 * reach * reach))).epsilon(0.03));
  }
}

TEST_CASE(
    "the largest step that returns: a sharp valley throws no farther than the wide one lets") {
  // Steps above 2/400 do not settle in the sharp valley at -1, but the parabola brings them back.
  const auto twoValleys = function("x^2/20 - exp(-200(x + 1)^2)");
  CHECK(largestReturningStep(*twoValleys, -1, 1, 1) == 1);
}
