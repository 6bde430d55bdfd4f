#include <doctest.h>

#include <cmath>

#include "objective/landscape_1d.hpp"
#include "objective/scalar_quadratic.hpp"
#include "theory/chain_law.hpp"

namespace {

using wv::Bins;
using wv::Column;
using wv::Corrector;
using wv::LangevinChainLaw;
using wv::MatrixChainLaw;
using wv::PointMasses;
using wv::QuadraticChainLaw;

PointMasses at(double x) { return {Column::Constant(1, x), Column::Ones(1), 0}; }

double largestDifference(const Column& a, const Column& b) { return (a - b).abs().maxCoeff(); }

}  // namespace

TEST_CASE("chain law: the walk on nodes is the closed form of the parabola, step by step") {
  const auto f = wv::makeQuadratic1d(2);
  const Bins bins{-1.9, 2.1, 40};
  for (const double alpha : {0.02, 0.25, 0.8}) {
    CAPTURE(alpha);
    const auto walk = LangevinChainLaw::create(*f, alpha, 3, bins, 6, at(-1.45));
    REQUIRE(walk != nullptr);
    QuadraticChainLaw closed(Corrector::none, alpha, 3, {{2, 0, {-1.45, 0}, bins}});
    CHECK(largestDifference(walk->shares(), closed.shares()) == 0);
    for (int step = 1; step <= 60; ++step) {
      walk->step();
      closed.step();
      // The nodes of a bin are a midpoint rule of the smooth density: h^2/24 of its curvature.
      CHECK(largestDifference(walk->shares(), closed.shares()) < 1e-3);
      CHECK(walk->shares().sum() == doctest::Approx(1).epsilon(1e-12));
    }
    REQUIRE(walk->limit());
    REQUIRE(closed.limit());
    CHECK(walk->limit()->variance[0] == doctest::Approx(closed.limit()->variance[0]).epsilon(1e-7));
    CHECK(closed.limit()->variance[0] == doctest::Approx(1 / (6 * (1 - alpha))).epsilon(1e-14));
    CHECK(largestDifference(walk->limit()->shares, closed.limit()->shares) < 1e-4);
    CHECK(walk->lost() < 1e-9);
  }
}

TEST_CASE("chain law: a walk is carried on by another chain from its nodes") {
  const auto f = wv::makeQuadratic1d(2);
  const Bins bins{-2, 2, 40};
  const auto first = LangevinChainLaw::create(*f, 0.1, 3, bins, 3, at(1));
  QuadraticChainLaw before(Corrector::none, 0.1, 3, {{2, 0, {1, 0}, bins}});
  for (int i = 0; i < 5; ++i) {
    first->step();
    before.step();
  }
  const auto second = LangevinChainLaw::create(*f, 0.05, 9, bins, 3, first->masses());
  REQUIRE(second != nullptr);
  QuadraticChainLaw after(Corrector::none, 0.05, 9, before.coordinates());
  for (int i = 0; i < 5; ++i) {
    second->step();
    after.step();
  }
  CHECK(largestDifference(second->shares(), after.shares()) < 1e-3);
  // Noise that is too narrow for the old nodes, or needs too many of its own, is not followed.
  CHECK(LangevinChainLaw::create(*f, 1e-5, 9, bins, 3, first->masses()) == nullptr);
  CHECK(LangevinChainLaw::create(*f, 1e-9, 9, bins, 3, at(1)) == nullptr);
}

TEST_CASE("chain law: averaged noise forgets nothing of its exact variance 1/(beta k)") {
  const Bins bins{-4, 4, 80};
  QuadraticChainLaw law(Corrector::leimkuhlerMatthews, 0.7, 4, {{1, 0.5, {2, 0}, bins}});
  for (int t = 1; t <= 60; ++t) {
    law.step();
    const auto exact =
        lawAfter(Corrector::leimkuhlerMatthews, {0.7, 4, 1}, {2, 0}, t).value_or(wv::GaussianLaw{});
    CHECK(law.coordinates()[0].law.mean == doctest::Approx(exact.mean).epsilon(1e-12));
    CHECK(law.coordinates()[0].law.variance == doctest::Approx(exact.variance).epsilon(1e-12));
  }
  CHECK(law.coordinates()[0].law.variance == doctest::Approx(0.25).epsilon(1e-12));
  CHECK(largestDifference(law.shares(), law.limit()->shares) < 1e-12);
}

TEST_CASE("chain law: the cells of the plane are products, and what is outside is one cell") {
  const Bins x{-1, 1, 4}, y{-2, 2, 3};
  const QuadraticChainLaw law(Corrector::none, 0.1, 1,
                              {{1, 0, {0.2, 0.3}, x}, {4, 1, {0, 0.5}, y}});
  const Column shares = law.shares();
  REQUIRE(shares.size() == 13);
  CHECK(shares.sum() == doctest::Approx(1).epsilon(1e-14));
  const auto mass = [](double a, double b, double mean, double variance) {
    return 0.5 * (std::erf((b - mean) / std::sqrt(2 * variance)) -
                  std::erf((a - mean) / std::sqrt(2 * variance)));
  };
  // Row 2, column 1.
  const double expected = mass(-0.5, 0, 0.2, 0.3) * mass(2.0 / 3, 2, 1, 0.5);
  CHECK(shares(2 * 4 + 1) == doctest::Approx(expected).epsilon(1e-12));
}

TEST_CASE("chain law: on a circle nothing is lost, and little drift leaves an even law") {
  const auto f = wv::makeCosine1d(1e-12, 1);
  const Bins circle{0, 2 * 3.14159265358979323846, 60, true};
  for (const double alpha : {0.01, 2.0, 40.0}) {
    CAPTURE(alpha);
    const auto walk = LangevinChainLaw::create(*f, alpha, 2, circle, 0, at(-100));
    REQUIRE(walk != nullptr);
    CHECK(walk->shares().sum() == 1);
    for (int step = 0; step < 20; ++step) {
      walk->step();
      CHECK(walk->lost() < 1e-8);
    }
    const Column limit = walk->limit()->shares;
    CHECK(limit(0) == 0);
    CHECK(limit(61) == 0);
    CHECK(largestDifference(limit.segment(1, 60), Column::Constant(60, 1.0 / 60)) < 1e-9);
  }
}

TEST_CASE(
    "chain law: the walk of Example 2 halves its way to -1 or 1 and is uniform on a dyadic grid") {
  const std::vector<double> a = {1, 1}, b = {1, -1};
  const wv::ScalarQuadratic f(a, b);
  const Bins bins{-2, 2, 64};
  MatrixChainLaw law(sgdTransitions(f, MatrixChainLaw::gridOf(bins, 2), 0.5), bins, 2, 1.7);
  for (int step = 0; step < 60; ++step) {
    law.step();
  }
  for (const Column& shares : {law.shares(), law.limit()->shares}) {
    CHECK(largestDifference(shares.segment(17, 32), Column::Constant(32, 1.0 / 32)) < 1e-12);
    CHECK(shares.head(17).sum() + shares.tail(17).sum() < 1e-12);
  }
  CHECK(law.limit()->variance[0] == doctest::Approx(1.0 / 3).epsilon(1e-12));
}
