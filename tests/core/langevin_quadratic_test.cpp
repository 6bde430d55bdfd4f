#include "theory/langevin_quadratic.hpp"

#include <doctest.h>

#include <cmath>

namespace {

using namespace wv;
using doctest::Approx;

TEST_CASE("k = 2, beta = 3, alpha = 1/4") {
  const LangevinQuadratic chain{0.25, 3, 2};
  CHECK(*stationaryVariance(Corrector::none, chain) == Approx(2.0 / 9).epsilon(1e-14));
  CHECK(chain.gibbsVariance() == Approx(1.0 / 6).epsilon(1e-14));
  const GaussianLaw law{0, 2.0 / 9}, gibbs{0, 1.0 / 6};
  CHECK(std::fabs(klDivergence(law, gibbs) - 0.022825630441) < 1e-12);
  CHECK(std::fabs(wasserstein2(law, gibbs) - 0.063156230327) < 1e-12);
  CHECK(*autocorrelationTime(Corrector::none, chain) == Approx(3).epsilon(1e-14));
}

TEST_CASE("the law of a chain settles on the stationary one") {
  for (const double q : {0.1, 0.5, 1.0, 1.5}) {
    for (const Corrector corrector : {Corrector::none, Corrector::leimkuhlerMatthews}) {
      const LangevinQuadratic chain{q / 4, 0.7, 4};
      const GaussianLaw start{3, 0.2};
      const GaussianLaw late = *lawAfter(corrector, chain, start, 400);
      CHECK(std::fabs(late.mean) < 1e-15);
      CHECK(late.variance == Approx(*stationaryVariance(corrector, chain)).epsilon(1e-12));
      const GaussianLaw same = *lawAfter(corrector, chain, start, 0);
      CHECK(same.mean == 3);
      CHECK(same.variance == 0.2);
    }
  }
}

TEST_CASE("two Leimkuhler-Matthews steps by hand") {
  // x1 = x0/2 + (a + b)/2, x2 = x1/2 + (b + c)/2 = x0/4 + a/4 + 3b/4 + c/2 with noises of
  // variance 2 alpha/beta = 1.
  const LangevinQuadratic chain{0.5, 1, 1};
  const GaussianLaw law = *lawAfter(Corrector::leimkuhlerMatthews, chain, {8, 0}, 2);
  CHECK(law.mean == 2);
  CHECK(law.variance == Approx(1.0 / 16 + 9.0 / 16 + 1.0 / 4));
}

TEST_CASE("integrated times are the sums of the correlations") {
  for (const Corrector corrector : {Corrector::none, Corrector::leimkuhlerMatthews}) {
    const LangevinQuadratic chain{0.3, 2, 1};
    double sum = *lagCorrelation(corrector, chain, 0);
    CHECK(sum == 1);
    for (int lag = 1; lag < 200; ++lag) {
      sum += 2 * *lagCorrelation(corrector, chain, lag);
    }
    CHECK(*autocorrelationTime(corrector, chain) == Approx(sum).epsilon(1e-12));
  }
}

TEST_CASE("MALA's acceptance is the arccosine formula") {
  for (const double q : {1e-3, 0.1, 0.5, 1.0, 1.5, 2.0, 7.0}) {
    const double formula =
        2 / std::acos(-1.0) * std::acos(q * q / std::sqrt((q * q + 2 * q) * (q * q - 2 * q + 4)));
    CHECK(malaAcceptance({q / 3, 2, 3}) == Approx(formula).epsilon(1e-12));
  }
}

TEST_CASE("no stationary law beyond alpha k = 2, but with MALA") {
  const LangevinQuadratic chain{2, 1, 1};
  for (const Corrector corrector : {Corrector::none, Corrector::leimkuhlerMatthews}) {
    CHECK_FALSE(stationaryVariance(corrector, chain));
    CHECK_FALSE(lagCorrelation(corrector, chain, 1));
    CHECK_FALSE(autocorrelationTime(corrector, chain));
  }
  CHECK(*stationaryVariance(Corrector::mala, chain) == 1);
  CHECK_FALSE(lawAfter(Corrector::mala, chain, {}, 1));
}

}  // namespace
