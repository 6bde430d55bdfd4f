#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "experiment_run.hpp"

namespace {

using namespace wv;
using namespace wv::test;

std::unique_ptr<Experiment> create(std::vector<Setting> settings) {
  return runOf("landscape", settings);
}

Setting text(const char* id, const char* value) { return {id, std::string(value)}; }

int count(const Experiment& run, const char* channel) {
  return static_cast<int>(valuesOf(run, channel).at(0));
}

}  // namespace

TEST_CASE("landscape: the counts of the lecture's networks, in the plane and in the whole space") {
  const auto two = create({{"level", 0.5}});
  CHECK(count(*two, "lakeCount") == 2);
  CHECK(valuesOf(*two, "spaceCount").empty());
  const auto wide = create({text("network", "depth-2-wide"), {"level", 0.5}});
  CHECK(count(*wide, "lakeCount") == 2);
  CHECK(count(*wide, "spaceCount") == 1);
  const auto round = create({text("network", "depth-2-wide"), text("plane", "equal")});
  CHECK(count(*round, "lakeCount") == 1);
  const auto three = create({text("network", "depth-3"), {"level", 0.5}});
  CHECK(count(*three, "lakeCount") == 2);
  CHECK(count(*three, "spaceCount") == 4);
  CHECK(two->set("level", 1.0).empty());
  CHECK(count(*two, "lakeCount") == 1);
}

TEST_CASE("landscape: critical points of the whole space, with the Hessian's eigenvalues there") {
  const auto two = create({{"weightDecay", 0.3}});
  const auto points = valuesOf(*two, "criticalPoints");
  REQUIRE(points.size() == 3 * 5);
  CHECK(points[2] == doctest::Approx(2 * 0.3 - 0.3 * 0.3));
  CHECK(points[3] == doctest::Approx(4 * 0.3));
  CHECK(points[4] == doctest::Approx(4 - 4 * 0.3));
  // A plane's own critical points that are none of the space are left out.
  const auto cut = create({text("network", "depth-3"), {"weightDecay", 0.1}, {"slice", 1.5}});
  CHECK(valuesOf(*cut, "criticalPoints").empty());
}

TEST_CASE("landscape: the valley's shortest way from (1/2, 2) to (2, 1/2)") {
  const auto run = create({});
  const auto length = valuesOf(*run, "geodesicLength");
  REQUIRE(length.size() == 2);
  CHECK(length[0] == doctest::Approx(2.264180786612).epsilon(1e-12));
  CHECK(length[1] == doctest::Approx(1.5 * std::sqrt(2.0)).epsilon(1e-14));
  const auto way = valuesOf(*run, "geodesic");
  double drawn = 0;
  for (std::size_t k = 0; k + 3 < way.size(); k += 2) {
    CHECK(way[k] * way[k + 1] == doctest::Approx(1));
    drawn += std::sqrt((way[k + 2] - way[k]) * (way[k + 2] - way[k]) +
                       (way[k + 3] - way[k + 1]) * (way[k + 3] - way[k + 1]));
  }
  // A polygon of 100 chords is shorter by a share of about (turn/100)^2/24.
  CHECK(drawn < length[0]);
  CHECK(drawn > length[0] * (1 - 1e-4));
}

TEST_CASE("landscape: the flow keeps w1^2 - w2^2, descent loses it by order alpha, decay too") {
  const auto drift = [](std::vector<Setting> settings) {
    const auto run = create(std::move(settings));
    run->advance(200);
    const auto kept = valuesOf(*run, "conserved");
    REQUIRE(kept.size() == 201);
    return std::fabs(kept.back() - kept.front());
  };
  CHECK(drift({}) < 1e-8);
  const double coarse = drift({text("method", "gd"), {"alpha", 0.02}});
  const double fine = drift({text("method", "gd"), {"alpha", 0.01}});
  CHECK(coarse > 1e-3);
  CHECK(fine / coarse == doctest::Approx(0.5).epsilon(0.1));
  CHECK(drift({{"weightDecay", 0.1}}) > 0.1);
}

TEST_CASE("landscape: SGD's noise is its own, and too large a step is told as divergence") {
  const auto final = [](double noise) {
    const auto run = create({text("method", "sgd"), {"gradientNoise", noise}, {"alpha", 0.01}});
    run->advance(100);
    return valuesOf(*run, "path");
  };
  CHECK(final(1) == final(1));
  CHECK(final(1) != final(0));
  const auto thrown = create({text("method", "gd"), {"alpha", 5.0}});
  thrown->advance(100);
  CHECK(thrown->status().state == RunState::diverged);
  for (const double entry : valuesOf(*thrown, "f")) {
    CHECK(std::isfinite(entry));
  }
}

TEST_CASE("landscape: lakes of a random landscape multiply as the water falls, then dry up") {
  const auto run = create({text("objective", "random"), {"seed", 3.0}});
  const auto tree = valuesOf(*run, "mergeTree");
  const auto at = [&](double level) {
    int lakes = 0;
    for (std::size_t k = 0; k < tree.size(); k += 2) {
      lakes += tree[k] <= level && (k == 0 || tree[k + 1] > level) ? 1 : 0;
    }
    return lakes;
  };
  CHECK(at(2) == 1);
  CHECK(at(-0.5) > 4);
  CHECK(at(tree[0]) == 1);
  // Every resolved lake has a local minimum of its own, or an end of one at the window's edge.
  CHECK(valuesOf(*run, "minimizers").size() / 2 > 3);
}

TEST_CASE("landscape: a merge is at a saddle of f, to the grid's error") {
  const auto run = create({text("objective", "himmelblau")});
  const auto lakes = valuesOf(*run, "lakes");
  REQUIRE(lakes.size() == 4 * 8);
  std::vector<double> merges, saddles;
  for (std::size_t k = 8; k < lakes.size(); k += 8) {
    merges.push_back(lakes[k + 3]);
  }
  const auto points = valuesOf(*run, "criticalPoints");
  for (std::size_t k = 0; k < points.size(); k += 5) {
    if (points[k + 3] < 0 && points[k + 4] > 0) {
      saddles.push_back(points[k + 2]);
    }
  }
  std::sort(merges.begin(), merges.end());
  std::sort(saddles.begin(), saddles.end());
  REQUIRE(saddles.size() == 4);
  // Cells of 0.054: off a saddle by half a diagonal, f differs by curvature/2 times 0.038^2.
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(std::fabs(merges[k] - saddles[k]) < 0.1);
  }
}
