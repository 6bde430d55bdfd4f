#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "experiment_run.hpp"

namespace {

using namespace wv;
using namespace wv::test;

std::unique_ptr<Experiment> create(const std::vector<Setting>& settings) {
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

TEST_CASE("landscape: with decay the minima of wide layers are one ring, known to be minima") {
  const auto wide =
      create({text("network", "depth-2-wide"), {"weightDecay", 0.1}, {"level", 0.005}});
  CHECK(count(*wide, "lakeCount") == 2);
  CHECK(count(*wide, "spaceCount") == 1);
  const auto points = valuesOf(*wide, "criticalPoints");
  REQUIRE(points.size() == 3 * 7);
  for (std::size_t k = 0; k < 2UL * 7; k += 7) {
    CHECK(std::fabs(points[k]) == doctest::Approx(std::sqrt(0.9)));
    CHECK(points[k + 3] == 0);
    CHECK(points[k + 4] > 0.1);
  }
  CHECK(points[2 * 7 + 3] == doctest::Approx(2 * 0.1 - 2));
  // The 2-D floor of u = v is no isolated point, and the origin is one at kappa = 1 too.
  const auto ring =
      create({text("network", "depth-2-wide"), text("plane", "equal"), {"weightDecay", 0.1}});
  CHECK(valuesOf(*ring, "criticalPoints").size() == 7);
  const auto flat = valuesOf(*create({{"weightDecay", 1.0}}), "criticalPoints");
  REQUIRE(flat.size() == 5);
  CHECK(std::fabs(flat[0]) < 1e-6);
  CHECK(flat[3] == 0);
  CHECK(flat[4] == doctest::Approx(4));
}

TEST_CASE("landscape: only a level floor has a shortest way along it") {
  CHECK(valuesOf(*create({{"weightDecay", 0.1}}), "geodesic").empty());
  CHECK(valuesOf(*create({{"weightDecay", 0.1}}), "geodesicLength").empty());
}

TEST_CASE("landscape: where f is undefined there is neither a critical point nor a lake") {
  const auto typed = [](const char* expression) {
    return create({text("objective", "expression"), text("expression", expression), {"x0", 2.0}});
  };
  const auto bowl = typed("x^2+y^2-log(x)");
  const auto points = valuesOf(*bowl, "criticalPoints"), minimizers = valuesOf(*bowl, "minimizers");
  REQUIRE(points.size() == 5);
  CHECK(points[0] == doctest::Approx(std::sqrt(0.5)));
  REQUIRE(minimizers.size() == 2);
  CHECK(minimizers[0] == doctest::Approx(std::sqrt(0.5)));
  for (const char* expression : {"x^2+y^2-log(x)", "log(x)+y^2", "x^2+y^2+sqrt(abs(x)-0.5)"}) {
    CAPTURE(expression);
    const auto run = typed(expression);
    const auto lakes = valuesOf(*run, "lakes");
    for (std::size_t k = 0; k < lakes.size(); k += 8) {
      CHECK(std::isfinite(lakes[k + 2]));
      CHECK((lakes[k + 7] == 0 || std::isfinite(lakes[k + 3])));
    }
    CHECK(std::isfinite(valuesOf(*run, "lowest")[0]));
  }
}

TEST_CASE("landscape: the level is counted from the true minimum, in a valley too narrow to see") {
  const auto narrow = create({text("objective", "quadratic"), {"condition", 10'000.0}});
  CHECK(valuesOf(*narrow, "lowest")[0] == 0);
  CHECK(count(*narrow, "lakeCount") == 1);
  const auto mixture =
      create({text("objective", "mixture"), text("weights", "1,1,1,1,1"),
              text("means", "-4,-2,0,2,4"), text("deviations", "0.3,0.5,0.2,0.01,1")});
  CHECK(valuesOf(*mixture, "lowest")[0] ==
        doctest::Approx(std::log(2 * M_PI * 1e-4)).epsilon(1e-5));
  const auto points = valuesOf(*mixture, "criticalPoints"), lakes = valuesOf(*mixture, "lakes");
  CHECK(points[0] == doctest::Approx(2).epsilon(1e-3));
  CHECK(points[2] == valuesOf(*mixture, "lowest")[0]);
  CHECK(points[3] > 0);
  CHECK(lakes[0] == doctest::Approx(2).epsilon(0.02));
  CHECK(lakes[2] == points[2]);
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
  const auto drift = [](const std::vector<Setting>& settings) {
    const auto run = create(settings);
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
