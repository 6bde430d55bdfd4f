#include "objective/linear_network.hpp"

#include <doctest.h>

#include <cmath>

#include "eigen_oracles.hpp"
#include "objective/plane_critical_points.hpp"
#include "objective/plane_slice.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

Point pointOf(std::initializer_list<double> entries) {
  return Eigen::Map<const Point>(entries.begin(), static_cast<Eigen::Index>(entries.size()));
}

}  // namespace

TEST_CASE("linear networks: derivatives, batches, terms") {
  for (const double decay : {0.0, 0.3}) {
    for (const auto& f : {makeTwoLayerNetwork(1, decay), makeTwoLayerNetwork(3, decay),
                          makeThreeLayerNetwork(decay)}) {
      const Block points = 2 * seededBlock(5, 30, f->dim());
      checkDerivatives(*f, points);
      checkBatch(*f, points);
      checkTerms(*f, f->start());
    }
  }
}

TEST_CASE("linear networks: values written out") {
  CHECK(valueAt(*makeTwoLayerNetwork(1, 0), pointOf({0.5, 2})) == 0);
  CHECK(valueAt(*makeTwoLayerNetwork(2, 0.5), pointOf({1, 2, 3, 4})) == 100 + 15);
  CHECK(valueAt(*makeThreeLayerNetwork(0.25), pointOf({1, 2, 3})) == 25 + 3.5);
}

TEST_CASE("weight decay pulls the valley to two points, with the eigenvalues 4k and 4 - 4k") {
  for (const double decay : {0.01, 0.1, 0.5, 0.8}) {
    CAPTURE(decay);
    const auto f = makeTwoLayerNetwork(1, decay);
    REQUIRE(f->minimizers().size() == 2);
    for (const Point& x : f->minimizers()) {
      CHECK(std::fabs(x(0)) == doctest::Approx(std::sqrt(1 - decay)).epsilon(1e-14));
      CHECK(x(0) == x(1));
      CHECK(valueAt(*f, x) == doctest::Approx(2 * decay - decay * decay).epsilon(1e-13));
      CHECK(gradientAt(*f, x).cwiseAbs().maxCoeff() < 1e-14);
      const Point found = eigenvaluesOf(f->hessian(x));
      CHECK(found(0) == doctest::Approx(std::min(4 * decay, 4 - 4 * decay)).epsilon(1e-12));
      CHECK(found(1) == doctest::Approx(std::max(4 * decay, 4 - 4 * decay)).epsilon(1e-12));
    }
  }
  CHECK(makeTwoLayerNetwork(2, 1)->minimizers() == std::vector<Point>{Point::Zero(4)});
}

TEST_CASE("three layers: four minimisers of equal depth while they are below the origin") {
  for (const double decay : {0.0, 0.05, 0.15}) {
    const auto f = makeThreeLayerNetwork(decay);
    REQUIRE(f->minimizers().size() == 4);
    for (const Point& x : f->minimizers()) {
      CHECK(x.prod() > 0);
      CHECK(gradientAt(*f, x).cwiseAbs().maxCoeff() < 1e-11);
      CHECK(valueAt(*f, x) == doctest::Approx(valueAt(*f, f->minimizers().front())));
    }
  }
  CHECK(makeThreeLayerNetwork(1)->minimizers() == std::vector<Point>{Point::Zero(3)});
}

TEST_CASE("a plane through a space is the function on it, and its points go there and back") {
  const auto f = makeTwoLayerNetwork(2, 0.1);
  const Point origin = pointOf({0.3, 0, -0.2, 0});
  const PlaneSlice plane(*f, origin, pointOf({1, 0, 1, 0}), pointOf({0, 1, 0, 1}));
  checkDerivatives(plane, pointsInWindow(plane, 6, 30));
  checkBatch(plane, pointsInWindow(plane, 7, 20));
  const Point x = plane.embed(0.7, -1.1);
  CHECK((x - pointOf({1, -1.1, 0.5, -1.1})).cwiseAbs().maxCoeff() < 1e-15);
  CHECK((plane.project(x) - pointOf({0.7, -1.1})).cwiseAbs().maxCoeff() < 1e-15);
  CHECK(valueAt(plane, pointOf({0.7, -1.1})) == valueAt(*f, x));
}

TEST_CASE("minimisers of a slice are those that lie in it") {
  const auto f = makeTwoLayerNetwork(2, 0.1);
  const PlaneSlice through(*f, Point::Zero(4), pointOf({1, 0, 0, 0}), pointOf({0, 0, 1, 0}));
  const PlaneSlice beside(*f, pointOf({0, 0.5, 0, 0}), pointOf({1, 0, 0, 0}),
                          pointOf({0, 0, 1, 0}));
  CHECK(through.minimizers().size() == 2);
  checkMinimizers(through);
  CHECK(beside.minimizers().empty());
}

TEST_CASE("critical points in the plane: three with decay, the saddle alone without") {
  const auto isolated = [](double decay) {
    const auto f = makeTwoLayerNetwork(1, decay);
    return planeCriticalPoints(*f);
  };
  const auto points = isolated(0.2);
  REQUIRE(points.size() == 3);
  for (int k : {0, 1}) {
    CHECK(points[static_cast<std::size_t>(k)].smaller == doctest::Approx(0.8).epsilon(1e-9));
    CHECK(points[static_cast<std::size_t>(k)].larger == doctest::Approx(3.2).epsilon(1e-9));
  }
  CHECK(points[2].x.cwiseAbs().maxCoeff() < 1e-9);
  CHECK(points[2].value == doctest::Approx(1));
  CHECK(points[2].smaller == doctest::Approx(-1.6));
  CHECK(points[2].larger == doctest::Approx(2.4));
  const auto valley = isolated(0);
  REQUIRE(valley.size() == 1);
  CHECK(valley[0].smaller == doctest::Approx(-2));
}
