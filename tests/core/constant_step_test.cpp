// Theorem 7 on ensembles: the bound, the constants behind it, and the exact mean of the parabolas.
#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"
#include "method/stochastic_catalogue.hpp"
#include "random/fill.hpp"

namespace {

using wv::Setting;
using wv::test::allDataSets;
using wv::test::valuesOf;

std::unique_ptr<wv::Experiment> create(const std::vector<Setting>& settings) {
  return wv::test::runOf("constant-step", settings);
}

std::vector<Setting> onData(const char* objective, const char* dataset) {
  return {{"objective", std::string(objective)}, {"dataset", std::string(dataset)}};
}

std::vector<Setting> with(std::vector<Setting> settings, std::vector<Setting> more) {
  settings.insert(settings.end(), more.begin(), more.end());
  return settings;
}

std::string refusedParameter(const std::vector<Setting>& settings) {
  const wv::Creation creation = wv::createExperiment("constant-step", settings, allDataSets());
  REQUIRE(creation.issues.size() == 1);
  return creation.issues.front().parameter;
}

constexpr const char* dataSets[] = {"penguins", "diabetes", "breast-cancer"};

// With steps of this share of the longest that Theorem 7 allows.
void expectBelowBound(const char* objective, const char* dataset, double batch, double share,
                      double replicates, int steps) {
  CAPTURE(objective);
  CAPTURE(dataset);
  CAPTURE(batch);
  CAPTURE(share);
  auto settings = with(onData(objective, dataset),
                       {{"batch", batch},
                        {"sampling", std::string(batch > 8 ? "distinct" : "replacement")},
                        {"replicates", replicates},
                        {"seed", std::floor(10 * share + batch)}});
  const double alphaMax = valuesOf(*create(settings), "alphaMax")[0];
  settings.push_back({"alpha", share * alphaMax});
  const auto run = create(settings);
  run->advance(steps);
  const auto gap = valuesOf(*run, "gap");
  const auto standardError = valuesOf(*run, "gapStandardError");
  const auto bound = valuesOf(*run, "bound");
  REQUIRE(gap.size() == static_cast<std::size_t>(steps) + 1);
  CHECK(valuesOf(*run, "boundHolds").back() == 1);
  for (std::size_t t = 0; t < gap.size(); ++t) {
    CHECK(gap[t] <= bound[t] + 4 * standardError[t] + 1e-13 * gap[0]);
  }
}

// One replicate on the parabolas of D, term by term, with nothing of the library but the indices.
std::vector<double> straightLoop(std::string_view method, double alpha, int steps) {
  const double a[] = {1, 2, 3}, b[] = {1, 1, 4.5};
  const double A = 14.0 / 3, minimizer = 16.5 / 14;
  const auto gradientOf = [&](int i, double x) { return a[i] * (a[i] * x - b[i]); };
  double x = 5, velocity = 0, average = x, anchor = x;
  double table[] = {gradientOf(0, x), gradientOf(1, x), gradientOf(2, x)};
  std::vector<double> gaps = {0.5 * A * (x - minimizer) * (x - minimizer)};
  for (std::uint32_t t = 0; t < static_cast<std::uint32_t>(steps); ++t) {
    const int i = wv::indexAt({.seed = 1, .stream = wv::Stream::index, .step = t}, 3, 0);
    const double g = gradientOf(i, x);
    double& kept = table[i];
    const double mean = (table[0] + table[1] + table[2]) / 3;
    if (method == "momentum") {
      velocity = 0.7 * velocity - alpha * g;
      x += velocity;
    } else if (method == "svrg") {
      anchor = t % 3 == 0 ? x : anchor;
      x -= alpha * (g - gradientOf(i, anchor) + A * (anchor - minimizer));
    } else if (method == "sag") {
      x -= alpha * (mean + (g - kept) / 3);
    } else if (method == "saga") {
      x -= alpha * (g - kept + mean);
    } else {
      x -= alpha * g;
    }
    kept = g;
    average += (x - average) / std::fmax(1, double(t) + 1 - 4);
    const double shown = method == "averaged-sgd" ? average : x;
    gaps.push_back(0.5 * A * (shown - minimizer) * (shown - minimizer));
  }
  return gaps;
}

}  // namespace

TEST_CASE("erratum 1: with unit noise one update from the minimiser gives 0.125, as t + 1 says") {
  const auto run = create({{"a", std::string("1, 1")},
                           {"b", std::string("1, -1")},
                           {"alpha", 0.5},
                           {"x0", 0.0},
                           {"replicates", 100.0}});
  run->advance(1);
  CHECK(valuesOf(*run, "gap") == std::vector<double>{0, 0.125});
  CHECK(valuesOf(*run, "gapStandardError")[1] == 0);
  CHECK(valuesOf(*run, "bound")[0] == 0);  // the exponent t at the first update
  CHECK(valuesOf(*run, "bound")[1] == doctest::Approx(0.125).epsilon(1e-15));
  CHECK(valuesOf(*run, "floor")[0] == doctest::Approx(0.25).epsilon(1e-15));
  CHECK(valuesOf(*run, "boundHolds")[1] == 1);
}

// The bounds are loose by far more than their noise, so that 4 standard errors at each of many
// steps are no lottery.
TEST_CASE("the measured gap is never above Theorem 7's bound on real data") {
  for (const char* objective : {"least-squares", "logistic"}) {
    for (const char* dataset : dataSets) {
      for (const double batch : {1.0, 8.0, 40.0}) {
        for (const double share : {0.1, 0.5, 1.0}) {
          expectBelowBound(objective, dataset, batch, share, 60, 120);
        }
      }
    }
  }
}

TEST_CASE("nor on the digits, which are many and have 64 features") {
  expectBelowBound("least-squares", "digits", 1, 1, 40, 120);
  expectBelowBound("least-squares", "digits", 40, 1, 40, 120);
  expectBelowBound("logistic", "digits", 8, 1, 6, 60);
}

TEST_CASE("from the minimiser the mean gap climbs, and stays below bound and floor") {
  for (const char* dataset : dataSets) {
    CAPTURE(dataset);
    auto settings = with(onData("least-squares", dataset),
                         {{"startScale", 0.0}, {"batch", 4.0}, {"replicates", 200.0}});
    const double alphaMax = valuesOf(*create(settings), "alphaMax")[0];
    settings.push_back({"alpha", alphaMax});
    const auto run = create(settings);
    run->advance(150);
    const auto gap = valuesOf(*run, "gap");
    const auto standardError = valuesOf(*run, "gapStandardError");
    const auto bound = valuesOf(*run, "bound");
    CHECK(gap[0] < 1e-25);
    CHECK(gap.back() > 0);
    for (std::size_t t = 1; t < gap.size(); ++t) {
      CHECK(gap[t] <= bound[t] + 4 * standardError[t]);
      CHECK(bound[t] <= valuesOf(*run, "floor")[0]);
    }
  }
}

// Means of 20 000 replicates against closed forms, at 60 steps in 4 settings: |z| > 4.5 happens by
// chance once in 600 such tests, and the seed is fixed.
TEST_CASE("the mean gap is the exact one on the parabolas, also when alpha changes on the way") {
  for (const char* sampling : {"replacement", "distinct"}) {
    for (const double batch : {1.0, 2.0}) {
      CAPTURE(sampling);
      CAPTURE(batch);
      const auto run = create({{"sampling", std::string(sampling)},
                               {"batch", batch},
                               {"alpha", 0.08},
                               {"replicates", 20'000.0}});
      run->advance(30);
      REQUIRE(run->set("alpha", 0.02).empty());
      run->advance(30);
      const auto gap = valuesOf(*run, "gap");
      const auto exact = valuesOf(*run, "predictedGap");
      const auto standardError = valuesOf(*run, "gapStandardError");
      REQUIRE(exact.size() == gap.size());
      CHECK(exact[0] == doctest::Approx(gap[0]).epsilon(1e-12));
      for (std::size_t t = 1; t < gap.size(); ++t) {
        CAPTURE(t);
        CHECK(std::fabs(gap[t] - exact[t]) <= 4.5 * standardError[t] + 1e-12 * exact[t]);
      }
    }
  }
}

TEST_CASE("oracles 2 and 3: the stationary excess and the second moment after ten steps") {
  const auto one = create({{"alpha", 0.05}});
  CHECK(valuesOf(*one, "predictedExcess")[0] == doctest::Approx(0.079635642136).epsilon(1e-10));
  const double halfA = 14.0 / 6;
  one->advance(10);
  CHECK(valuesOf(*one, "predictedGap")[10] ==
        doctest::Approx(halfA * 0.107581526638).epsilon(1e-10));
  const auto distinct =
      create({{"alpha", 0.05}, {"batch", 2.0}, {"sampling", std::string("distinct")}});
  CHECK(valuesOf(*distinct, "predictedExcess")[0] ==
        doctest::Approx(halfA * 0.008102701512).epsilon(1e-9));
  // Past 2A/E a^4 = 2/7 there is no limit law.
  CHECK(valuesOf(*create({{"alpha", 0.29}}), "predictedExcess").empty());
  CHECK(valuesOf(*create(onData("least-squares", "penguins")), "predictedGap").empty());
}

TEST_CASE("the bound chains from where it stands when alpha changes, and is lost for good") {
  const auto run = create({{"alpha", 0.05}, {"replicates", 4.0}});
  const auto constants = valuesOf(*run, "constants");
  const double L = constants[0], m = constants[1], sigma0 = constants[3];
  CHECK(valuesOf(*run, "alphaMax")[0] == doctest::Approx(1 / (L * constants[4])).epsilon(1e-14));
  run->advance(7);
  REQUIRE(run->set("alpha", 0.01).empty());
  run->advance(5);
  double expected = valuesOf(*run, "gap")[0];
  for (int t = 1; t <= 12; ++t) {
    const double alpha = t <= 7 ? 0.05 : 0.01;
    const double floor = alpha * L * sigma0 / (2 * m);
    expected = floor + (1 - alpha * m) * (expected - floor);
    CHECK(valuesOf(*run, "bound")[static_cast<std::size_t>(t)] ==
          doctest::Approx(expected).epsilon(1e-13));
    CHECK(valuesOf(*run, "floors")[static_cast<std::size_t>(t)] ==
          doctest::Approx(floor).epsilon(1e-14));
  }
  CHECK(valuesOf(*run, "conditionHolds")[0] == 1);
  REQUIRE(run->set("alpha", 0.2).empty());
  CHECK(valuesOf(*run, "conditionHolds")[0] == 0);
  CHECK(valuesOf(*run, "boundHolds").back() == 1);  // no such step has been made yet
  run->advance(1);
  REQUIRE(run->set("alpha", 0.01).empty());
  run->advance(1);
  const auto holds = valuesOf(*run, "boundHolds");
  CHECK(holds[12] == 1);
  CHECK(holds[13] == 0);
  CHECK(holds[14] == 0);
}

TEST_CASE("a batch of all terms is gradient descent: no floor, and every alpha up to 1/L") {
  const auto run = create({{"batch", 3.0},
                           {"sampling", std::string("distinct")},
                           {"alpha", 0.05},
                           {"replicates", 5.0}});
  run->advance(20);
  const auto constants = valuesOf(*run, "constants");
  CHECK(constants[3] == 0);
  CHECK(constants[4] == 1);
  CHECK(valuesOf(*run, "alphaMax")[0] == doctest::Approx(1 / constants[0]).epsilon(1e-15));
  const auto gap = valuesOf(*run, "gap");
  const double factor = 1 - 0.05 * constants[0];
  for (std::size_t t = 1; t < gap.size(); ++t) {
    CHECK(gap[t] == doctest::Approx(gap[0] * std::pow(factor, 2.0 * double(t))).epsilon(1e-10));
  }
}

TEST_CASE("every method step by step, and no claim of the theorem for any but plain SGD") {
  for (const wv::StochasticMethodInfo& info : wv::stochasticMethods()) {
    CAPTURE(info.id);
    const auto run = create({{"method", std::string(info.id)},
                             {"momentum", 0.7},
                             {"averagingStart", 4.0},
                             {"alpha", 0.03},
                             {"replicates", 1.0}});
    run->advance(25);
    const auto expected = straightLoop(info.id, 0.03, 25);
    const auto gap = valuesOf(*run, "gap");
    REQUIRE(gap.size() == expected.size());
    for (std::size_t t = 0; t < gap.size(); ++t) {
      CHECK(gap[t] == doctest::Approx(expected[t]).epsilon(1e-9));
    }
    const double isPlain = info.id == "sgd" ? 1 : 0;
    CHECK(valuesOf(*run, "conditionHolds")[0] == isPlain);
    CHECK(valuesOf(*run, "boundHolds").back() == isPlain);
    CHECK(valuesOf(*run, "predictedGap").size() == (isPlain == 1 ? 26 : 0));
  }
}

TEST_CASE("methods that remember gradients have no floor; their memory and batches are limited") {
  for (const char* method : {"svrg", "sag", "saga"}) {
    CAPTURE(method);
    auto settings = with(onData("logistic", "penguins"),
                         {{"method", std::string(method)}, {"alpha", 0.05}, {"replicates", 3.0}});
    const auto run = create(settings);
    run->advance(5000);
    CHECK(valuesOf(*run, "gap").back() < 1e-4 * valuesOf(*run, "gap").front());
    CHECK(valuesOf(*run, "gap").back() < 1e-3 * valuesOf(*run, "floor")[0]);
    settings.push_back({"batch", 2.0});
    CHECK(refusedParameter(settings) == "batch");
  }
  const auto saga = with(onData("least-squares", "digits"), {{"method", std::string("saga")}});
  CHECK(refusedParameter(with(saga, {{"replicates", 1000.0}})) == "replicates");
  create(with(saga, {{"replicates", 200.0}}))->advance(1);
}

TEST_CASE("600 + 400 steps are 1000 steps, bit for bit, and edits replay") {
  const auto settings =
      with(onData("logistic", "penguins"), {{"batch", 3.0}, {"replicates", 20.0}});
  const auto whole = create(settings);
  const auto parts = create(settings);
  whole->advance(600);
  REQUIRE(whole->set("alpha", 0.004).empty());
  whole->advance(400);
  parts->advance(599);
  parts->advance(1);
  for (const wv::Edit& edit : whole->edits()) {
    REQUIRE(parts->set(edit.parameter, edit.value).empty());
  }
  parts->advance(400);
  for (const char* id : {"gap", "gapStandardError", "quantiles", "bound", "gapShare", "gapEdges"}) {
    CHECK(valuesOf(*whole, id) == valuesOf(*parts, id));
  }
}

TEST_CASE("a replicate is the same among few and among many") {
  const auto alone = create({{"replicates", 1.0}});
  const auto two = create({{"replicates", 2.0}});
  alone->advance(25);
  two->advance(25);
  const double first = valuesOf(*alone, "gap").back();
  const double second = 2 * valuesOf(*two, "gap").back() - first;
  const auto quantiles = valuesOf(*two, "quantiles");
  const double low = std::min(first, second), high = std::max(first, second);
  CHECK(quantiles[5UL * 25] == doctest::Approx(low + 0.05 * (high - low)).epsilon(1e-12));
  CHECK(quantiles[5UL * 25 + 4] == doctest::Approx(low + 0.95 * (high - low)).epsilon(1e-12));
}

TEST_CASE("divergence is a result with finite numbers") {
  for (const double alpha : {0.6, 100.0}) {
    const auto run = create({{"alpha", alpha}});
    run->advance(2000);
    CHECK(run->status().state == wv::RunState::diverged);
    CHECK(run->status().step > 0);
    for (const char* id : {"gap", "gapStandardError", "bound", "predictedGap", "quantiles"}) {
      for (const double value : valuesOf(*run, id)) {
        CHECK(std::isfinite(value));
      }
    }
  }
}

TEST_CASE("the histogram holds every replicate once, in bins of an eighth of a decade") {
  const auto run = create({{"replicates", 777.0}});
  run->advance(40);
  const auto share = valuesOf(*run, "gapShare");
  const auto edges = valuesOf(*run, "gapEdges");
  REQUIRE(edges.size() == share.size() + 1);
  double sum = 0;
  for (std::size_t i = 0; i < share.size(); ++i) {
    sum += share[i];
    CHECK(edges[i + 1] / edges[i] == doctest::Approx(std::pow(10, 0.125)).epsilon(1e-12));
  }
  CHECK(sum == doctest::Approx(1).epsilon(1e-12));
  const auto quantiles = valuesOf(*run, "quantiles");
  CHECK(edges.front() <= quantiles[5UL * 40]);
  CHECK(edges.back() >= quantiles[5UL * 40 + 4]);
}

TEST_CASE("what cannot be run is refused by name") {
  CHECK(refusedParameter({{"batch", 4.0}, {"sampling", std::string("distinct")}}) == "batch");
  CHECK(refusedParameter(with(onData("logistic", "digits"), {{"replicates", 100'000.0}})) ==
        "replicates");
  CHECK(refusedParameter({{"batch", 10'000.0}, {"replicates", 100'000.0}}) == "replicates");
}
