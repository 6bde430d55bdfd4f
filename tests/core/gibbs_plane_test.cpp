#include "theory/gibbs_plane.hpp"
#include "eigen_oracles.hpp"

#include <doctest.h>

#include <cmath>

#include "numeric/statistics.hpp"
#include "objective/landscape_1d.hpp"
#include "objective/landscape_2d.hpp"
#include "theory/gibbs.hpp"

namespace {

using namespace wv;

constexpr double kPi = 3.14159265358979324;

TEST_CASE("the plane law of a bowl: closed form, at all temperatures") {
  for (const double condition : {1.0, 1000.0}) {
    const auto f = makeQuadratic2d(condition);
    for (const double beta : {0.01, 1.0, 1000.0}) {
      CAPTURE(condition);
      CAPTURE(beta);
      const auto law = PlaneGibbsLaw::onPlane(*f, beta);
      REQUIRE(law);
      CHECK(std::fabs(law->logZ() - std::log(2 * kPi / (beta * std::sqrt(condition)))) < 1e-8);
      CHECK(std::fabs(law->meanValue() * beta - 1) < 1e-7);
    }
  }
}

TEST_CASE("Rosenbrock's valley: Z = pi/(10 beta) exactly") {
  // y - x^2 and 1 - x are independent normals.
  const auto f = makeRosenbrock();
  for (const double beta : {0.1, 1.0, 10.0, 100.0}) {
    CAPTURE(beta);
    const auto law = PlaneGibbsLaw::onPlane(*f, beta);
    REQUIRE(law);
    CHECK(std::fabs(law->logZ() - std::log(kPi / (10 * beta))) < 1e-8);
    CHECK(std::fabs(law->meanValue() * beta - 1) < 1e-7);
  }
}

TEST_CASE("cells of a product law are products of bins") {
  const auto plane = makeDoubleWell2d(0.3);
  const auto along = makeDoubleWell1d(0.3), across = makeQuadratic1d(1);
  const double beta = 5;
  const auto law = PlaneGibbsLaw::onPlane(*plane, beta);
  REQUIRE(law);
  const Window window{-1.7, 1.5, -0.8, 1.4};
  const int columns = 16, rows = 11;
  const Column masses = law->cellMasses(window, columns, rows);
  REQUIRE(masses.size() == columns * rows + 1);
  CHECK(std::fabs(numeric::sum(masses) - 1) < 1e-12);
  const GibbsLaw x = *GibbsLaw::onLine(*along, beta), y = *GibbsLaw::onLine(*across, beta);
  for (int row = 0; row < rows; ++row) {
    const double bottom = -0.8 + 0.2 * row;
    for (int column = 0; column < columns; ++column) {
      const double left = -1.7 + 0.2 * column;
      const double expected = x.massBetween(left, left + 0.2) * y.massBetween(bottom, bottom + 0.2);
      CHECK(std::fabs(masses(row * columns + column) - expected) < 1e-8);
    }
  }
  CHECK(std::fabs(law->density(0.5, 0.25) - x.density(Column::Constant(1, 0.5))(0) *
                                                y.density(Column::Constant(1, 0.25))(0)) < 1e-8);
}

TEST_CASE("Himmelblau's four minima share the mass by their curvatures when it is cold") {
  const auto f = makeHimmelblau();
  const double beta = 40;
  const auto law = PlaneGibbsLaw::onPlane(*f, beta);
  REQUIRE(law);
  double laplace = 0;
  for (const Point& x : f->minimizers()) {
    laplace += 2 * kPi / (beta * std::sqrt(wv::test::eigenvaluesOf(f->hessian(x)).prod()));
  }
  // The correction to Laplace's method is O(1/beta).
  CHECK(std::fabs(std::exp(law->logZ()) / laplace - 1) < 0.002);
}

TEST_CASE("hot, Beale's plateau holds no law") {
  const auto f = makeBeale();
  CHECK_FALSE(PlaneGibbsLaw::onPlane(*f, 0.5));
}

}  // namespace
