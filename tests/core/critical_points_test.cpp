#include "objective/critical_points.hpp"

#include <doctest.h>

#include <cmath>

#include "objective/landscape_1d.hpp"

namespace {

using namespace wv;

TEST_CASE("critical points of the double well, on the grid and off it") {
  const auto f = makeDoubleWell1d(0);
  // -1 and 0 are points of the first grid.
  for (const Column& grid :
       {Column(Column::LinSpaced(401, -2, 2)), Column(Column::LinSpaced(38, -2, 3))}) {
    const auto points = criticalPoints(*f, grid);
    REQUIRE(points.size() == 3);
    for (int i = 0; i < 3; ++i) {
      CHECK(std::fabs(points[i].x - (i - 1)) < 1e-15);
      CHECK(points[i].isMinimum == (i != 1));
      CHECK(points[i].value == doctest::Approx(i == 1 ? 1 : 0));
      CHECK(points[i].curvature == doctest::Approx(i == 1 ? -4 : 8));
    }
  }
  CHECK(criticalPoints(*f, Column::LinSpaced(20, 1.5, 4)).empty());
}

TEST_CASE("critical points of a cosine alternate at the multiples of its half period") {
  const auto f = makeCosine1d(1, 5);
  const auto points = criticalPoints(*f, Column::LinSpaced(1000, -0.1, 6.2));
  REQUIRE(points.size() == 10);
  for (std::size_t i = 0; i < points.size(); ++i) {
    CHECK(points[i].x == doctest::Approx(static_cast<double>(i) * std::acos(-1.0) / 5));
    CHECK(points[i].isMinimum == (i % 2 == 1));
  }
}

}  // namespace
