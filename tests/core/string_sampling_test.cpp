// Paths below a level, where the height of the pass is known.
#include "landscape/string_sampling.hpp"

#include <doctest.h>

#include "objective/landscape_2d.hpp"
#include "objective_checks.hpp"

namespace {

using wv::Block;
using wv::Point;
using wv::StringSampling;
using wv::StringSettings;

Point point(double x, double y) { return (Point(2) << x, y).finished(); }

StringSettings settingsFor(double level) {
  return {.level = level,
          .beads = {.target = 0.9 * level, .stepSize = 0.02, .patience = 400},
          .mostBeads = 32};
}

// To its end.
void run(StringSampling& search) {
  while (!search.isOver()) {
    search.step();
  }
}

}  // namespace

TEST_CASE("string sampling: over a pass it goes, under it it does not") {
  // The lowest pass between Himmelblau's minima (3, 2) and (3.584428, -1.848127) is the critical
  // point (3.385154, 0.073852), of height 13.311929 (Newton's method, by hand).
  const auto himmelblau = wv::makeHimmelblau();
  const Point from = point(3, 2), to = point(3.584428, -1.848127);
  StringSampling over(*himmelblau, settingsFor(13.5), from, to);
  run(over);
  CHECK(over.holdsLevel());
  CHECK(wv::valuesOnPath(*himmelblau, over.beads(), 1000).maxCoeff() < 13.5);
  CHECK(over.beads().row(0).matrix().transpose() == from);
  CHECK(over.beads().row(over.beads().rows() - 1).matrix().transpose() == to);
  CHECK(over.lengthRatio() >= 1);

  StringSampling under(*himmelblau, settingsFor(13.2), from, to);
  run(under);
  CHECK_FALSE(under.holdsLevel());
  CHECK(under.highest() > 13.311);
  CHECK(under.beads().rows() == 32);
}

TEST_CASE("string sampling: around a hill that the straight line climbs") {
  // Rosenbrock's valley has no pass between points on its floor y = x^2, where f = (1 - x)^2.
  const auto rosenbrock = wv::makeRosenbrock();
  const Point from = point(-1, 1), to = point(1, 1);
  StringSampling search(*rosenbrock, settingsFor(5), from, to);
  CHECK(search.highest() == doctest::Approx(101).epsilon(0.01));  // at (0, 1)
  run(search);
  CHECK(search.holdsLevel());
  CHECK(wv::valuesOnPath(*rosenbrock, search.beads(), 500).maxCoeff() < 5.05);
  CHECK(search.lengthRatio() > 1.2);
}

TEST_CASE("string sampling: nothing to do where the straight line is low enough") {
  const auto bowl = wv::makeQuadratic2d(1);
  const StringSampling search(*bowl, settingsFor(1), point(-1, 0), point(1, 0));
  CHECK(search.isOver());
  CHECK(search.holdsLevel());
  CHECK(search.highest() == doctest::Approx(0.5));
  CHECK(search.updates() == 0);
  CHECK(search.lengthRatio() == 1);
}

TEST_CASE("downhill: a row leaves when it is low enough, and does not depend on the others") {
  const auto bowl = wv::makeQuadratic2d(1);
  Block starts(3, 2);
  starts << 2, 1, 0.001, 0, -1, 3;
  wv::Downhill all(*bowl, {.target = 0.1, .stepSize = 0.05, .patience = 500});
  wv::Downhill last(*bowl, {.target = 0.1, .stepSize = 0.05, .patience = 500});
  all.begin(starts);
  last.begin(starts.bottomRows(1));
  while (!all.isOver() || !last.isOver()) {
    all.step();
    last.step();
  }
  CHECK((all.value() <= 0.1).all());
  CHECK((all.x().row(1) == starts.row(1)).all());
  CHECK((all.x().row(2) == last.x().row(0)).all());
  CHECK(all.updates() > last.updates());

  wv::Downhill impatient(*bowl, {.target = 0.1, .stepSize = 0.05, .patience = 3});
  impatient.begin(starts.topRows(1));
  for (int i = 0; i < 3; ++i) {
    CHECK_FALSE(impatient.isOver());
    impatient.step();
  }
  CHECK(impatient.isOver());
}
