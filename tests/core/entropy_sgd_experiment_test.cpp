// The race into the wide valley: shares against one another at equal numbers of gradients.
#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"

namespace {

using wv::test::runOf;
using wv::test::valuesOf;

struct Share {
  double mean, error, gradients;
};

Share shareAfter(int steps, const std::vector<wv::Setting>& settings) {
  const auto run = runOf("entropy-sgd", settings);
  run->advance(steps);
  CHECK(run->status().state == wv::RunState::running);
  return {valuesOf(*run, "basinFraction").back(),
          valuesOf(*run, "basinFractionStandardError").back(),
          valuesOf(*run, "gradientEvaluations").back()};
}

wv::Setting text(const char* id, const char* value) { return {id, std::string(value)}; }

}  // namespace

TEST_CASE("entropy-sgd: more of its runs end in the wide valley than SGD's, by far") {
  for (const char* objective : {"mixture-1d", "mixture"}) {
    CAPTURE(objective);
    const int steps = 200;
    const Share entropy = shareAfter(steps, {text("objective", objective)});
    CHECK(entropy.gradients == 20 * steps);
    CHECK(entropy.mean > 0.9);
    for (const char* method : {"sgd", "momentum", "adam", "langevin"}) {
      CAPTURE(method);
      const Share other = shareAfter(steps, {text("objective", objective), text("method", method)});
      CHECK(other.gradients == entropy.gradients);
      // 5 standard errors of the difference between two shares of independent runs, each error not
      // below that of one run in a thousand.
      const double error = std::hypot(std::max(entropy.error, 1e-3), std::max(other.error, 1e-3));
      CHECK(entropy.mean - other.mean > 5 * error);
    }
  }
}

TEST_CASE("entropy-sgd: where it fails, the spring is too strong to look out of the valley") {
  const Share stiff = shareAfter(200, {{"gamma0", 30.0}, {"gamma1", 0.0}});
  const Share langevin = shareAfter(200, {text("method", "langevin")});
  CHECK(stiff.mean < langevin.mean - 5 * langevin.error);
}

TEST_CASE(
    "entropy-sgd: gradients count alike, a run is the sum of its parts, and goes on as edited") {
  for (const char* method : {"entropy-sgd", "parle", "sgd", "momentum", "adam", "langevin"}) {
    CAPTURE(method);
    const std::vector<wv::Setting> settings = {text("method", method), {"replicates", 40.0}};
    const auto whole = runOf("entropy-sgd", settings);
    const auto parts = runOf("entropy-sgd", settings);
    whole->advance(10);
    parts->advance(4);
    parts->advance(6);
    CHECK(valuesOf(*whole, "x") == valuesOf(*parts, "x"));
    CHECK(valuesOf(*whole, "gradientEvaluations").back() == 200);
    CHECK(whole->set("innerSteps", 5.0).empty());
    whole->advance(1);
    CHECK(valuesOf(*whole, "gradientEvaluations").back() == 205);
  }
}

TEST_CASE("entropy-sgd: replicate 3 of 5 is replicate 3 of 500") {
  const auto few = runOf("entropy-sgd", {{"replicates", 5.0}});
  const auto many = runOf("entropy-sgd", {{"replicates", 500.0}});
  few->advance(20);
  many->advance(20);
  CHECK(valuesOf(*few, "x")[3] == valuesOf(*many, "x")[3]);
}

TEST_CASE("entropy-sgd: the inner loop is shown as it was made") {
  const auto run = runOf("entropy-sgd", {{"noise", 0.0}, {"gradientNoise", 0.0}});
  CHECK(valuesOf(*run, "innerMean").empty());
  run->advance(1);
  const auto trail = valuesOf(*run, "innerTrail");
  REQUIRE(trail.size() == 21);
  double mean = trail[0];
  for (std::size_t i = 1; i < trail.size(); ++i) {
    mean = 0.25 * mean + 0.75 * trail[i];
  }
  CHECK(valuesOf(*run, "innerMean")[0] == doctest::Approx(mean).epsilon(1e-14));
  const auto path = valuesOf(*run, "path");
  CHECK(path[1] == doctest::Approx(path[0] - 0.5 * (path[0] - mean)).epsilon(1e-14));
}

TEST_CASE("entropy-sgd: Parle shows its gamma and the inner loop of its first replica") {
  const auto run = runOf("entropy-sgd", {text("method", "parle"),
                                         {"gamma0", 2.0},
                                         {"gamma1", 0.1},
                                         {"noise", 0.0},
                                         {"gradientNoise", 0.0},
                                         {"replicates", 4.0}});
  run->advance(2);
  const auto gammas = valuesOf(*run, "gammaPath");
  REQUIRE(gammas.size() == 3);
  CHECK(gammas[0] == 2);
  CHECK(gammas[2] == doctest::Approx(2 * 1.1 * 1.1));
  const auto trail = valuesOf(*run, "innerTrail"), path = valuesOf(*run, "path");
  REQUIRE(trail.size() == 21);
  CHECK(trail[0] == path[1]);
  // All replicas are at one place, so that the elastic force is none.
  const double mean = valuesOf(*run, "innerMean").at(0);
  CHECK(path[2] == doctest::Approx(path[1] - 0.5 * (path[1] - mean)).epsilon(1e-14));
}

TEST_CASE("entropy-sgd: runs that fill no whole groups of replicas are refused, with what would") {
  const auto refusal = wv::test::refusalOf(
      "entropy-sgd", {text("method", "parle"), {"replicas", 4.0}, {"replicates", 3.0}});
  CHECK(refusal.parameter == "replicates");
  CHECK(refusal.message.find("such as 4") != std::string::npos);
  CHECK(wv::test::refusedBy("entropy-sgd",
                            {text("method", "parle"), {"replicas", 3.0}, {"replicates", 1000.0}}) ==
        "replicates");
  CHECK(runOf("entropy-sgd", {{"replicas", 4.0}, {"replicates", 3.0}})->channel("x").shape[0] == 3);
}

TEST_CASE("entropy-sgd: a single valley is nothing to compare, whatever it is made of") {
  CHECK(wv::test::refusedBy("entropy-sgd", {text("weights", "1, 1"), text("means", "0, 0.1"),
                                            text("deviations", "1, 1")}) == "means");
  CHECK(wv::test::refusedBy("entropy-sgd", {text("objective", "double-well-1d"), {"tilt", 4.0}}) ==
        "tilt");
  CHECK(wv::test::refusedBy("entropy-sgd", {text("objective", "expression"),
                                            text("expression", "x^2")}) == "expression");
}

TEST_CASE("entropy-sgd: a kink has no curvature that tells its width, a flat bottom has") {
  const auto refused = [](const char* formula) {
    const std::vector<wv::Setting> settings = {text("objective", "expression"),
                                               text("expression", formula)};
    return wv::createExperiment("entropy-sgd", settings, {}).experiment == nullptr;
  };
  CHECK(refused("abs(x) - exp(-2(x - 2)^2)"));
  CHECK(refused("sqrt(abs(x)) - exp(-2(x - 2)^2)"));
  CHECK(refused("abs(x) + x^2 + y^2 - 3exp(-2(x - 2)^2 - 2y^2)"));
  CHECK(!refused("x^4 (x - 3)^2"));
  CHECK(!refused("x^2/20 - exp(-20(x + 1)^2) - 0.9exp(-(x - 1.5)^2)"));
  CHECK(!refused("x^2/20 - exp(-20000(x + 1)^2) - 0.9exp(-(x - 1.5)^2)"));
}

TEST_CASE("entropy-sgd: of equal wells the runs leave one, and are counted in another") {
  for (const char* formula : {"(x^2 - 1)^2", "(x^2 - 4)^2/7"}) {
    const auto run =
        runOf("entropy-sgd", {text("objective", "expression"), text("expression", formula)});
    const auto roles = valuesOf(*run, "roles");
    CHECK(roles[0] != roles[1]);
    CHECK(valuesOf(*run, "basinFraction")[0] == 0);
  }
}

TEST_CASE("entropy-sgd: a step too large for every valley is divergence, with finite numbers") {
  const auto run = runOf("entropy-sgd", {text("method", "sgd"), {"alpha", 10.0}});
  run->advance(100);
  CHECK(run->status().state == wv::RunState::diverged);
  for (const double x : valuesOf(*run, "x")) {
    CHECK(std::isfinite(x));
  }
}
