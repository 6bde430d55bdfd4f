#include "objective/scalar_quadratic.hpp"

#include <doctest.h>

#include <cmath>
#include <limits>

#include "objective/least_squares.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv::test;
using wv::Point;
using wv::ScalarQuadratic;
using Numbers = std::vector<double>;

ScalarQuadratic make(const Numbers& a, const Numbers& b) {
  REQUIRE(wv::scalarQuadraticRefusal(a, b) == "");
  return ScalarQuadratic(a, b);
}

const ScalarQuadratic& quadraticD() {
  static const ScalarQuadratic objective = make({1, 2, 3}, {1, 1, 4.5});
  return objective;
}

// (1/2n) sum (a_i x - b_i)^2, term by term.
double byDefinition(const ScalarQuadratic& objective, double x) {
  double sum = 0;
  for (int i = 0; i < objective.terms(); ++i) {
    const double residual = objective.a()(i) * x - objective.b()(i);
    sum += residual * residual;
  }
  return sum / (2 * objective.terms());
}

}  // namespace

TEST_CASE("scalar quadratic, oracle 1: minimiser, curvature and minimum") {
  const ScalarQuadratic& objective = quadraticD();
  CHECK(std::abs(objective.minimizer() - 1.178571428571) < 5e-13);
  CHECK(std::abs(objective.meanSquare() - 4.666666666667) < 5e-13);
  CHECK(std::abs(objective.minimum() - 0.467261904762) < 5e-13);
  CHECK(objective.curvature()->smoothness == objective.meanSquare());
  CHECK(objective.curvature()->strongConvexity == objective.meanSquare());
  REQUIRE(objective.minimizers().size() == 1);
  CHECK(objective.minimizers()[0](0) == objective.minimizer());
  CHECK(valueAt(objective, objective.minimizers()[0]) == objective.minimum());
}

TEST_CASE("scalar quadratic: values by the definition, derivatives, terms, batches of every size") {
  for (const ScalarQuadratic& objective :
       {make({1, 2, 3}, {1, 1, 4.5}), make({0, -2, 0.5, 7}, {3, 1, -4, 2}), make({-3}, {6})}) {
    const wv::Block points = pointsInWindow(objective, 5, 70);
    for (Eigen::Index r = 0; r < points.rows(); ++r) {
      const double expected = byDefinition(objective, points(r, 0));
      CHECK(valueAt(objective, row(points, r)) == doctest::Approx(expected).epsilon(1e-13));
      checkTerms(objective, row(points, r));
    }
    checkDerivatives(objective, points.topRows(5));
    checkBatch(objective, points);
    checkMinimizers(objective);
  }
}

TEST_CASE("scalar quadratic: with a ridge it is ridge regression on one feature") {
  const Numbers a = {0, -2, 0.5, 7}, b = {3, 1, -4, 2};
  wv::DesignMatrix design;
  design.X = Eigen::Map<const wv::Matrix>(a.data(), 4, 1);
  design.y = Eigen::Map<const Point>(b.data(), 4);
  const double ridge = 0.7;
  const wv::LeastSquares regression(design, ridge);
  const ScalarQuadratic objective(a, b, ridge);
  const wv::Block x = pointsInWindow(objective, 7, 60);
  const wv::IndexColumn term =
      wv::IndexColumn::LinSpaced(60, 0, 59).unaryExpr([](int i) { return i % 4; });
  wv::Column f(60), expectedF(60);
  objective.value(x, f);
  regression.value(x, expectedF);
  wv::Block g(60, 1), expectedG(60, 1);
  objective.termGradient(x, term, g);
  regression.termGradient(x, term, expectedG);
  for (Eigen::Index r = 0; r < 60; ++r) {
    CHECK(f(r) == doctest::Approx(expectedF(r)).epsilon(1e-13));
    CHECK(std::fabs(g(r, 0) - expectedG(r, 0)) < 1e-12 * (1 + std::fabs(expectedG(r, 0))));
    const int i = term(r);
    const double residual = a[i] * x(r, 0) - b[i];
    const double own = objective.a()(i) * x(r, 0) - objective.b()(i);
    CHECK(0.5 * own * own + objective.leastOfTerms()(i) ==
          doctest::Approx(0.5 * residual * residual + 0.5 * ridge * x(r, 0) * x(r, 0))
              .epsilon(1e-13));
  }
  checkMinimizers(objective);
  // The flat term pulls to the origin now; the minimisers of the others are a b / (a^2 + ridge).
  CHECK(objective.region().low == doctest::Approx(0.5 * -4 / (0.25 + ridge)).epsilon(1e-14));
  CHECK(objective.region().high == doctest::Approx(14 / (49 + ridge)).epsilon(1e-14));
  CHECK(objective.region().largestAbsorbingStep == doctest::Approx(1 / (49 + ridge)));
}

TEST_CASE("scalar quadratic: a term's gradient by hand, and overflow is infinite") {
  const ScalarQuadratic& objective = quadraticD();
  wv::Block g(3, 1);
  objective.termGradient(wv::Block::Constant(3, 1, 2), wv::IndexColumn::LinSpaced(3, 0, 2), g);
  CHECK(g(0, 0) == 1);    // 1 (2 - 1)
  CHECK(g(1, 0) == 6);    // 2 (4 - 1)
  CHECK(g(2, 0) == 4.5);  // 3 (6 - 4.5)
  CHECK(valueAt(objective, Point::Constant(1, 1e200)) == std::numeric_limits<double>::infinity());
}

TEST_CASE("region of confusion: the hull of b/a, without the flat terms") {
  const wv::Region& region = quadraticD().region();
  CHECK(region.low == 0.5);
  CHECK(region.high == 1.5);
  CHECK(region.largestAbsorbingStep == 1.0 / 9);
  const ScalarQuadratic withFlat = make({0, -2, 0.5}, {300, 1, -4});
  CHECK(withFlat.region().low == -8);
  CHECK(withFlat.region().high == -0.5);
  CHECK(withFlat.region().largestAbsorbingStep == 0.25);
}

TEST_CASE("region of confusion: outside all terms agree in sign, inside none of its points do") {
  const ScalarQuadratic objective = make({1, -2, 3, 0.5}, {1, 1, 4.5, 2});
  const wv::Block points = pointsInWindow(objective, 6, 400);
  int inside = 0;
  for (Eigen::Index r = 0; r < points.rows(); ++r) {
    wv::Block g(4, 1);
    objective.termGradient(points.row(r).replicate(4, 1), wv::IndexColumn::LinSpaced(4, 0, 3), g);
    const bool agree = (g > 0).all() || (g < 0).all();
    CHECK(agree != objective.region().contains(points(r, 0)));
    inside += objective.region().contains(points(r, 0)) ? 1 : 0;
  }
  CHECK(inside > 50);
  CHECK(inside < 350);
}

TEST_CASE("region of confusion: absorbing up to 1/max a^2, and left for any longer step") {
  const ScalarQuadratic& objective = quadraticD();
  const wv::Region& region = objective.region();
  CHECK(region.isAbsorbing(region.largestAbsorbingStep));
  CHECK(!region.isAbsorbing(region.largestAbsorbingStep * (1 + 1e-12)));
  const auto stays = [&](double alpha) {
    bool all = true;
    for (double x : {region.low, 0.5 * (region.low + region.high), region.high}) {
      wv::Block g(3, 1);
      objective.termGradient(wv::Block::Constant(3, 1, x), wv::IndexColumn::LinSpaced(3, 0, 2), g);
      for (int i = 0; i < 3; ++i) {
        const double next = x - alpha * g(i, 0);
        all = all && next >= region.low - 1e-15 && next <= region.high + 1e-15;
      }
    }
    return all;
  };
  CHECK(stays(1.0 / 9));
  CHECK(stays(0.01));
  CHECK(!stays(0.13));
}

TEST_CASE("scalar quadratic: the window holds region and start, the start is outside the region") {
  for (const ScalarQuadratic& objective :
       {make({1, 2, 3}, {1, 1, 4.5}), make({2}, {8}), make({1, 3}, {0.1, 0.3}), make({1}, {0}),
        make({1e-6, 1}, {1e6, 0})}) {
    const wv::Window box = objective.window();
    const double start = objective.start()(0);
    CHECK(!objective.region().contains(start));
    CHECK(box.xMin < objective.region().low);
    CHECK(start < box.xMax);
    CHECK(valueAt(objective, objective.start()) > objective.minimum() * 1.01);
  }
}

TEST_CASE("scalar quadratic: bad data are refused with a sentence that names the entry") {
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto refusal = [](const Numbers& a, const Numbers& b) {
    return wv::scalarQuadraticRefusal(a, b);
  };
  CHECK(refusal({1, 2}, {1}) ==
        "a and b must hold equally many numbers, one of each for every term; a holds 2 and b 1.");
  CHECK(refusal({}, {}) == "a and b must hold from 1 to 10000 numbers, not 0.");
  CHECK(refusal(Numbers(10'001, 1), Numbers(10'001, 1)) ==
        "a and b must hold from 1 to 10000 numbers, not 10001.");
  CHECK(refusal({1, nan}, {1, 1}) == "a_2 is not a finite number.");
  CHECK(refusal({1, 1}, {infinity, 1}) == "b_1 is not a finite number.");
  CHECK(refusal({1, 1}, {1, -2e6}) == "b_2 is -2000000, but must lie from -1000000 to 1000000.");
  CHECK(refusal({1e-9, 1}, {1, 1}) == "a_1 is 1e-09, but must be 0 or at least 1e-06 in modulus.");
  CHECK(refusal({0, 0}, {1, 1}).starts_with("Every a_i is 0"));
  CHECK(refusal({0, 1}, {1, 1}) == "");
  CHECK(refusal(Numbers(10'000, 1), Numbers(10'000, 1)) == "");
}
