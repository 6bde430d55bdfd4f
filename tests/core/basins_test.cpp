// Basins on a grid against the known border of a double well and against descent itself.
#include "theory/basins.hpp"

#include <doctest.h>

#include <cmath>

#include "objective/catalogue.hpp"
#include "random/fill.hpp"

namespace {

using wv::Block;

std::unique_ptr<wv::Objective> landscape(std::string_view id, double tilt = 0) {
  wv::LandscapeParameters parameters;
  parameters.tilt = tilt;
  return wv::makeLandscape(id, parameters);
}

}  // namespace

TEST_CASE("a tilted double well is divided at its maximum") {
  const auto f = landscape("double-well-1d", 0.3);
  const wv::BasinMap map(*f, f->window(), 2001, 1);
  REQUIRE(map.minimizers().size() == 2);
  Block x(5, 1);
  x << -1.2, 0.0729, 0.0779, 0.9, 50;  // the maximum is at 0.075429
  const wv::IndexColumn basin = map.basinsOf(x);
  // The deeper well, on the left, comes first.
  CHECK(basin(0) == 0);
  CHECK(basin(1) == 0);
  CHECK(basin(2) == 1);
  CHECK(basin(3) == 1);
  CHECK(basin(4) == 1);
}

TEST_CASE("what is no number belongs nowhere") {
  const auto f = landscape("double-well-1d");
  const wv::BasinMap map(*f, f->window(), 201, 1);
  CHECK(map.basinsOf(Block::Constant(1, 1, std::nan("")))(0) == -1);
}

TEST_CASE("in the plane: where gradient descent with a small step ends, but for a seam") {
  for (const char* id : {"himmelblau", "mixture", "double-well"}) {
    CAPTURE(id);
    const auto f = landscape(id, 0.2);
    const wv::Window box = f->window();
    const wv::BasinMap map(*f, box, 241, 169);
    const int points = 400;
    Block x(points, 2);
    wv::fillUniform({5, wv::Stream::initial, 0, 0, 0}, x);
    x.col(0) = box.xMin + (box.xMax - box.xMin) * x.col(0);
    x.col(1) = box.yMin + (box.yMax - box.yMin) * x.col(1);
    const wv::IndexColumn basin = map.basinsOf(x);
    Block g(points, 2);
    for (int step = 0; step < 4000; ++step) {
      f->gradient(x, g);
      x -= 1e-3 * g;
    }
    int same = 0;
    for (int r = 0; r < points; ++r) {
      int nearest = 0;
      for (std::size_t k = 0; k < map.minimizers().size(); ++k) {
        const auto distance = [&](std::size_t at) {
          return (x.row(r).matrix().transpose() - map.minimizers()[at]).norm();
        };
        nearest = distance(k) < distance(static_cast<std::size_t>(nearest)) ? int(k) : nearest;
      }
      same += nearest == basin(r);
    }
    // Eight directions bend a border by less than a cell's angle: a few points in a hundred.
    CHECK(same >= 0.95 * points);
  }
}
