// How the estimates do on chains whose correlations are known is in langevin_test.cpp.
#include "numeric/autocorrelation.hpp"

#include <doctest.h>

#include <cmath>

namespace {

using namespace wv;

TEST_CASE("autocorrelation of two short chains by hand, about the mean of both") {
  Block chains(4, 2);
  chains.col(0) << 1, -1, 1, -1;
  chains.col(1) << 3, 1, -1, -3;
  const Column rho = numeric::autocorrelation(chains, 3);
  // Sums of products: 4 + 20 over 8; -3 + 5 over 6; 2 - 6 over 4; -1 - 9 over 2.
  CHECK(rho(0) == 1);
  CHECK(rho(1) == doctest::Approx((2.0 / 6) / 3));
  CHECK(rho(2) == doctest::Approx(-1.0 / 3));
  CHECK(rho(3) == doctest::Approx(-5.0 / 3));
}

TEST_CASE("an autocorrelation time whose window does not close says so") {
  Block trend(100, 1);
  trend.col(0).setLinSpaced(0, 1);
  const numeric::AutocorrelationTime time = numeric::autocorrelationTime(trend, 10);
  CHECK_FALSE(time.closed);
  CHECK(time.window == 10);
  CHECK(time.steps > 15);
  CHECK(std::isnan(numeric::autocorrelation(Block::Constant(5, 1, 2), 1)(0)));
}

}  // namespace
