#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"

namespace {

using wv::Setting;
using wv::test::runOf;
using wv::test::valuesOf;

}  // namespace

TEST_CASE("passage times: exact, Kramers and measured") {
  // alpha s^2/2 = 0.5 alpha/0.02.
  const std::vector<Setting> settings = {{"alpha", 0.02},
                                         {"variance", 50.0},
                                         {"cooling", 0.75},
                                         {"stages", 3.0},
                                         {"replicates", 600.0}};
  const auto run = runOf("equilibration", settings);
  run->advance(1000);
  const auto exact = valuesOf(*run, "exactPassage");
  const auto arrived = valuesOf(*run, "arrived");
  REQUIRE(exact.size() == 3);
  CHECK(arrived[0] > 0.95);
  CHECK(arrived[2] < 0.75);
  // While walkers are under way the estimate takes the times for exponential; the time to climb
  // and to come down makes that too long by a few steps of a hundred.
  for (std::size_t k = 0; k < 3; ++k) {
    CAPTURE(k);
    CHECK(std::fabs(valuesOf(*run, "passage")[k] - exact[k]) <
          4 * valuesOf(*run, "passageStandardError")[k] + 0.05 * exact[k]);
  }
  run->advance(100'000);
  CHECK(run->status().state == wv::RunState::finished);
  for (std::size_t k = 0; k < 3; ++k) {
    CAPTURE(k);
    // 4 standard errors; a step of 0.02 makes crossings late by 1 %, as they are seen once a step.
    CHECK(std::fabs(valuesOf(*run, "passage")[k] - exact[k]) <
          4 * valuesOf(*run, "passageStandardError")[k] + 0.01 * exact[k]);
    CHECK(valuesOf(*run, "arrived")[k] == 1);
  }
}

TEST_CASE("oracle 9: 69.2636 from one even well to the other at beta = 4") {
  const auto run = runOf(
      "equilibration",
      {{"tilt", 0.0}, {"alpha", 0.01}, {"variance", 50.0}, {"stages", 1.0}, {"replicates", 10.0}});
  CHECK(valuesOf(*run, "beta")[0] == doctest::Approx(4));
  CHECK(0.01 * valuesOf(*run, "exactPassage")[0] == doctest::Approx(69.2636).epsilon(1e-5));
  // f'' = 8 and 4 in size, barrier 1.
  const double kramers = 2 * std::acos(-1.0) / std::sqrt(32.0) * std::exp(4.0);
  CHECK(0.01 * valuesOf(*run, "kramersPassage")[0] == doctest::Approx(kramers).epsilon(1e-6));
}

TEST_CASE("Kramers' estimate comes near the exact time as it gets cold") {
  const auto run =
      runOf("equilibration", {{"stages", 9.0}, {"cooling", 0.75}, {"replicates", 1.0}});
  const auto exact = valuesOf(*run, "exactPassage");
  const auto kramers = valuesOf(*run, "kramersPassage");
  // The correction is of the first order in the temperature: from T = 0.32 on it shrinks with it.
  for (std::size_t k = 5; k < exact.size(); ++k) {
    const double before = 1 - kramers[k - 1] / exact[k - 1];
    const double now = 1 - kramers[k] / exact[k];
    CHECK(now > 0);
    CHECK(now < 0.9 * before);
  }
  CHECK(kramers.back() / exact.back() > 0.9);
}

TEST_CASE("the convex case: 1/(alpha k) steps, whatever the temperature") {
  const auto run = runOf(
      "equilibration",
      {{"objective", std::string("quadratic-1d")}, {"k", 2.0}, {"alpha", 0.05}, {"stages", 4.0}});
  run->advance(10'000);
  CHECK(run->status().state == wv::RunState::finished);
  CHECK(valuesOf(*run, "curvature")[0] == 2);
  CHECK(valuesOf(*run, "passage").empty());
  const auto measured = valuesOf(*run, "relaxation");
  const auto error = valuesOf(*run, "relaxationStandardError");
  const auto stepSizes = valuesOf(*run, "stepSizes");
  for (std::size_t k = 0; k < 4; ++k) {
    CAPTURE(k);
    const double exact = -1 / std::log(1 - 2 * stepSizes[k]);
    CHECK(valuesOf(*run, "predictedRelaxation")[k] == doctest::Approx(exact).epsilon(1e-12));
    CHECK(std::fabs(measured[k] - exact) < 4 * error[k]);
    CHECK(error[k] < 0.05 * exact);
  }
  const auto hotter = runOf("equilibration", {{"objective", std::string("quadratic-1d")},
                                              {"k", 2.0},
                                              {"alpha", 0.05},
                                              {"variance", 400.0},
                                              {"stages", 4.0}});
  CHECK(valuesOf(*hotter, "predictedRelaxation") == valuesOf(*run, "predictedRelaxation"));
}
