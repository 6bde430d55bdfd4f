#include <doctest.h>

#include <cmath>

#include "objective/catalogue.hpp"
#include "objective/mixture_1d.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv::test;
using wv::LandscapeParameters;
using wv::makeLandscape;

// One of each kind, and the odd cases.
std::vector<std::unique_ptr<wv::Objective>> landscapes1d() {
  std::vector<std::unique_ptr<wv::Objective>> all;
  const auto add = [&](std::string_view id, const LandscapeParameters& parameters) {
    all.push_back(makeLandscape(id, parameters));
    REQUIRE(all.back());
  };
  add("quadratic-1d", {.curvature = 3});
  for (double tilt : {0.0, 0.3, -0.3, 1.5, -5.0}) {
    add("double-well-1d", {.tilt = tilt});
  }
  add("cosine-1d", {.amplitude = 2, .omega = 1.5});
  add("cosine-1d", {.amplitude = -0.5, .omega = 3});
  add("mixture-1d", {});
  add("mixture-1d", {.weights = {1}, .means = {2}, .deviations = {0.7}});
  add("mixture-1d", {.weights = {2, 1, 0.5}, .means = {-3, 0.5, 4}, .deviations = {0.5, 1, 0.25}});
  return all;
}

std::vector<double> minimaOf(std::string_view id, const LandscapeParameters& parameters) {
  std::vector<double> minima;
  for (const wv::Point& point : makeLandscape(id, parameters)->minimizers()) {
    minima.push_back(point(0));
  }
  return minima;
}

}  // namespace

TEST_CASE("1-D landscapes: derivatives, batches, terms and minimisers") {
  for (const auto& objective : landscapes1d()) {
    CHECK(objective->dim() == 1);
    CHECK(objective->terms() == 1);
    checkDerivatives(*objective, pointsInWindow(*objective, 11, 40));
    checkBatch(*objective, pointsInWindow(*objective, 12, 150));
    checkTerms(*objective, objective->start());
    checkMinimizers(*objective);
    const wv::Window window = objective->window();
    CHECK(window.xMin < objective->start()(0));
    CHECK(objective->start()(0) < window.xMax);
    for (const wv::Point& minimizer : objective->minimizers()) {
      CHECK(window.xMin < minimizer(0));
      CHECK(minimizer(0) < window.xMax);
    }
  }
}

TEST_CASE("only the parabola has global constants") {
  for (const wv::LandscapeInfo& info : wv::landscapes()) {
    if (info.dimension == 1) {
      const auto curvature = makeLandscape(info.id, {.curvature = 2.5})->curvature();
      CHECK(curvature.has_value() == (info.id == "quadratic-1d"));
      if (curvature) {
        CHECK(curvature->smoothness == 2.5);
        CHECK(curvature->strongConvexity == 2.5);
      }
    }
  }
}

TEST_CASE("double well: oracle 10, symmetry, and the tilt at which the shallow well is gone") {
  const auto tilted = minimaOf("double-well-1d", {.tilt = 0.3});
  REQUIRE(tilted.size() == 2);
  CHECK(std::abs(tilted[0] + 1.035579) < 5e-7);
  CHECK(std::abs(tilted[1] - 0.960150) < 5e-7);
  const auto mirrored = minimaOf("double-well-1d", {.tilt = -0.3});
  CHECK(mirrored == std::vector<double>{-tilted[0], -tilted[1]});
  CHECK(minimaOf("double-well-1d", {}) == std::vector<double>{-1, 1});

  const double critical = 8 / (3 * std::sqrt(3.0));
  CHECK(minimaOf("double-well-1d", {.tilt = critical - 1e-6}).size() == 2);
  CHECK(minimaOf("double-well-1d", {.tilt = critical + 1e-6}).size() == 1);
  // x^3 - x + tilt/4 = 0 has the root -2 for tilt = 24.
  CHECK(minimaOf("double-well-1d", {.tilt = 24}) == std::vector<double>{-2});
}

TEST_CASE("cosine: the wells of the window, the nearest first") {
  const double pi = std::acos(-1.0);
  const auto wells = minimaOf("cosine-1d", {.amplitude = 2, .omega = 2});
  REQUIRE(wells.size() == 4);
  CHECK(wells[0] == doctest::Approx(-pi / 2));
  CHECK(wells[1] == doctest::Approx(pi / 2));
  CHECK(wells[2] == doctest::Approx(-3 * pi / 2));
  const auto flipped = minimaOf("cosine-1d", {.amplitude = -2, .omega = 2});
  REQUIRE(flipped.size() == 5);
  CHECK(flipped[0] == 0);
  CHECK(flipped[4] == doctest::Approx(2 * pi));
}

TEST_CASE("mixture: values against the density itself, tails that do not underflow") {
  const wv::Mixture mixture{{0.35, 0.65}, {-1, 1}, {0.1, 0.5}};
  const auto objective = wv::makeMixture1d(mixture);
  const double pi = std::acos(-1.0);
  for (int k = -30; k <= 30; ++k) {
    const double x = 0.1 * k;
    double density = 0;
    for (std::size_t i = 0; i < 2; ++i) {
      const double z = (x - mixture.means[i]) / mixture.deviations[i];
      density +=
          mixture.weights[i] / (mixture.deviations[i] * std::sqrt(2 * pi)) * std::exp(-z * z / 2);
    }
    CHECK(valueAt(*objective, wv::Point::Constant(1, x)) ==
          doctest::Approx(-std::log(density)).epsilon(1e-13));
  }
  // Far out only the wide component is left: f = z^2/2 - log(w / (s sqrt(2 pi))), z = (x - 1)/0.5.
  const wv::Point far = wv::Point::Constant(1, 1001);
  CHECK(valueAt(*objective, far) ==
        doctest::Approx(2e6 - std::log(0.65 / (0.5 * std::sqrt(2 * pi)))).epsilon(1e-14));
  CHECK(gradientAt(*objective, far)(0) == doctest::Approx(4000).epsilon(1e-14));
}

TEST_CASE("mixture: oracle 13 unsmoothed, and weights as given") {
  const auto minima = minimaOf("mixture-1d", {});
  REQUIRE(minima.size() == 2);
  // The deep narrow well is global; the wide well's tail moves it by less than 1e-3.
  CHECK(std::abs(minima[0] + 1) < 5e-4);
  CHECK(std::abs(minima[1] - 1) < 5e-3);
  const auto once = makeLandscape("mixture-1d", {});
  const auto twice = makeLandscape("mixture-1d", {.weights = {0.7, 1.3}});
  const wv::Point x = wv::Point::Constant(1, 0.3);
  CHECK(valueAt(*once, x) - valueAt(*twice, x) == doctest::Approx(std::log(2.0)));
  // Equal wells closer than two deviations merge into one.
  CHECK(minimaOf("mixture-1d", {.weights = {1, 1}, .means = {-0.9, 0.9}, .deviations = {1, 1}})
            .size() == 1);
  CHECK(minimaOf("mixture-1d", {.weights = {1, 1}, .means = {-1.1, 1.1}, .deviations = {1, 1}})
            .size() == 2);
}

TEST_CASE("mixture: what is refused") {
  CHECK(wv::mixtureRefusal({{1, 2}, {0, 1}, {1, 1}}) == "");
  CHECK(wv::mixtureRefusal({{1, 2}, {0}, {1, 1}}).find("2, 1 and 2") != std::string::npos);
  CHECK(wv::mixtureRefusal({{}, {}, {}}) != "");
  CHECK(wv::mixtureRefusal({{1, 0}, {0, 1}, {1, 1}}).find("weights") == 0);
  CHECK(wv::mixtureRefusal({{1, 1}, {0, NAN}, {1, 1}}).find("means") == 0);
  CHECK(wv::mixtureRefusal({{1, 1}, {0, 1}, {1, -1}}).find("deviations") == 0);
  CHECK(wv::mixtureRefusal({{1, 1}, {0, 1}, {1, INFINITY}}).find("deviations") == 0);
  CHECK(makeLandscape("mixture-1d", {.weights = {1}}) == nullptr);
}

TEST_CASE("golden: 1-D values and gradients have the same bits on every platform") {
  const struct {
    std::string_view id;
    std::uint64_t hash;
  } goldens[] = {
      {"quadratic-1d", 0x16165ac1e3268fa4},
      {"double-well-1d", 0x03b0ed1c98e66531},
      {"mixture-1d", 0x4f6fc0d5d32ddc12},
      {"cosine-1d", 0xdb81d95698155abc},
  };
  for (const auto& golden : goldens) {
    CAPTURE(golden.id);
    const auto objective = makeLandscape(golden.id, {.curvature = 1.7, .tilt = 0.3});
    const std::uint64_t hash = hashOfObjective(*objective, 4 * seededBlock(21, 500, 1));
    CHECK(hash == golden.hash);
  }
}
