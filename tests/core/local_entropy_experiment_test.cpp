// The experiment local-entropy against what its theory says of a quadratic and of a mixture.
#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"

namespace {

using wv::test::runOf;
using wv::test::valuesOf;

const std::vector<wv::Setting> quadratic = {{"objective", std::string("quadratic-1d")},
                                            {"k", 4.0},
                                            {"gamma", 2.0},
                                            {"alpha", 0.3},
                                            {"x0", 1.5}};

}  // namespace

TEST_CASE(
    "local-entropy: descent on the smoothed quadratic contracts by 1 - alpha k gamma/(k + gamma)") {
  const auto run = runOf("local-entropy", quadratic);
  run->advance(10);
  const auto path = valuesOf(*run, "path");
  REQUIRE(path.size() == 11);
  for (std::size_t t = 0; t < path.size(); ++t) {
    CHECK(path[t] == doctest::Approx(1.5 * std::pow(1 - 0.3 * 8.0 / 6, double(t))).epsilon(1e-10));
  }
  const auto here = valuesOf(*run, "here");
  CHECK(here[1] == doctest::Approx(path.back() / 3).epsilon(1e-10));
  CHECK(here[2] == doctest::Approx(path.back() * 4 / 3).epsilon(1e-10));
  CHECK(here[3] == doctest::Approx(1.0 / 6).epsilon(1e-10));
  CHECK(run->status().state == wv::RunState::running);
}

TEST_CASE(
    "local-entropy: gamma grows by scoping and moves when it is set; the split run is the same") {
  auto settings = quadratic;
  settings.push_back({"gamma1", 0.25});
  const auto whole = runOf("local-entropy", settings);
  const auto parts = runOf("local-entropy", settings);
  whole->advance(5);
  parts->advance(2);
  parts->advance(3);
  CHECK(valuesOf(*whole, "path") == valuesOf(*parts, "path"));
  const auto gammas = valuesOf(*whole, "gammaPath");
  CHECK(gammas[0] == 2);
  CHECK(gammas[3] == 2 * 1.25 * 1.25 * 1.25);
  CHECK(whole->set("gamma", 100.0).empty());
  CHECK(valuesOf(*whole, "stepSizeMarks")[0] == doctest::Approx(0.01));
  whole->advance(1);
  CHECK(valuesOf(*whole, "gammaPath").back() == 125);
}

TEST_CASE("local-entropy: past 2/u'' the iterates leave the window, which is told as divergence") {
  auto settings = quadratic;
  settings[3] = {"alpha", 2.0 / (8.0 / 6) * 1.1};
  const auto run = runOf("local-entropy", settings);
  run->advance(1000);
  CHECK(run->status().state == wv::RunState::diverged);
  CHECK(run->status().step < 1000);
  for (const double x : valuesOf(*run, "path")) {
    CHECK(std::isfinite(x));
  }
}

TEST_CASE("local-entropy: in the mixture the wide valley overtakes the sharp one, once") {
  const auto run = runOf("local-entropy", {});
  const auto change = valuesOf(*run, "overtaking");
  REQUIRE(change.size() == 3);
  // At equal depth of -log(0.35 N(x; -1, 0.01 + 1/gamma) + 0.65 N(x; 1, 0.25 + 1/gamma)).
  const auto depth = [&](double x) {
    const auto normal = [&](double centre, double variance) {
      return std::exp(-(x - centre) * (x - centre) / (2 * variance)) / std::sqrt(variance);
    };
    return 0.35 * normal(-1, 0.01 + 1 / change[0]) + 0.65 * normal(1, 0.25 + 1 / change[0]);
  };
  CHECK(depth(change[1]) == doctest::Approx(depth(change[2])).epsilon(1e-5));
  CHECK(change[1] == doctest::Approx(-1).epsilon(0.01));
  CHECK(change[2] == doctest::Approx(1).epsilon(0.01));

  // The track's least minimiser is the sharp one above that gamma and the wide one below.
  const auto track = valuesOf(*run, "track");
  for (std::size_t i = 0; i < track.size(); i += 3) {
    if (track[i + 2] == 1) {
      CHECK((track[i + 1] < 0) == (track[i] > change[0]));
    }
  }
  const auto minima = valuesOf(*run, "minima");
  REQUIRE(minima.size() == 6);
  CHECK(minima[2] == doctest::Approx(100).epsilon(0.01));
  CHECK(minima[5] == doctest::Approx(4).epsilon(0.01));
}

TEST_CASE("local-entropy: the differential equation holds to the accuracy of its differences") {
  for (const double gamma : {0.05, 1.0, 50.0}) {
    CAPTURE(gamma);
    const auto run =
        runOf("local-entropy",
              {{"objective", std::string("double-well-1d")}, {"gamma", gamma}, {"beta", 3.0}});
    const auto residual = valuesOf(*run, "hamiltonJacobi");
    // Central differences over a relative 1e-3 in t: an error of order 1e-6.
    CHECK(residual[0] < 1e-5 * residual[1]);
  }
}

TEST_CASE("local-entropy: an unaffordable temperature is refused by name") {
  const auto deviations = wv::Setting{"deviations", std::string("0.001, 0.5")};
  CHECK(wv::test::refusedBy("local-entropy", {deviations, {"beta", 50.0}}) == "beta");
}

TEST_CASE(
    "local-entropy: a start outside of the picture is refused by name, one at its edge is not") {
  const auto refusal = wv::test::refusalOf(
      "local-entropy", {{"objective", std::string("quadratic-1d")}, {"x0", 50.0}});
  CHECK(refusal.parameter == "x0");
  CHECK(refusal.message.find("50") != std::string::npos);
  const auto edge = valuesOf(*runOf("local-entropy", quadratic), "window");
  CHECK(refusal.message.find(wv::formatNumber(edge[1])) != std::string::npos);
  auto settings = quadratic;
  settings.back() = {"x0", edge[1]};
  CHECK(runOf("local-entropy", settings)->status().state == wv::RunState::running);
}

TEST_CASE(
    "local-entropy: a start that nobody chose moves into the picture of a function far from 0") {
  const auto run = runOf("local-entropy", {{"objective", std::string("expression")},
                                           {"expression", std::string("(x-10)^2")}});
  const auto grid = valuesOf(*run, "grid");
  CHECK(grid.front() > 0);
  CHECK(valuesOf(*run, "path").front() == doctest::Approx(grid.front()).epsilon(0.1));
  run->advance(3);
  CHECK(run->status().state == wv::RunState::running);
}

TEST_CASE("local-entropy: at the kink of |x| there is no force, and the equation holds around it") {
  const auto run = runOf("local-entropy", {{"objective", std::string("expression")},
                                           {"expression", std::string("abs(x)")},
                                           {"gamma", 5.0}});
  CHECK(std::fabs(valuesOf(*run, "here")[2]) < 1e-12);
  const auto residual = valuesOf(*run, "hamiltonJacobi");
  CHECK(residual[0] < 1e-4 * residual[1]);
}

TEST_CASE("local-entropy: each of several equally deep minimisers is the least in the track") {
  const auto run = runOf("local-entropy", {{"objective", std::string("double-well-1d")}});
  CHECK(valuesOf(*run, "overtaking").empty());
  const auto track = valuesOf(*run, "track");
  for (std::size_t i = 0; i < track.size(); i += 3) {
    CAPTURE(track[i]);
    CHECK(track[i + 2] == 1);
  }
}
