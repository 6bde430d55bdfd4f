#include <doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "experiment/sampled_descent.hpp"
#include "experiment_run.hpp"
#include "objective/scalar_quadratic.hpp"

namespace {

using wv::Setting;
using wv::test::refusedBy;
using wv::test::runOf;
using wv::test::valuesOf;

using Values = std::vector<double>;

enum SamplingScheme { replacement, reshuffle, shuffleOnce, cyclic };

// The oracle's data set D, with what a hand computes of it.
constexpr std::array<double, 3> a = {1, 2, 3}, b = {1, 1, 4.5};
constexpr double meanSquare = 14.0 / 3;
constexpr double minimizer = 16.5 / 14;
const std::array<double, 3> residual = {b[0] - a[0] * minimizer, 2 * (b[1] - a[1] * minimizer),
                                        3 * (b[2] - a[2] * minimizer)};

std::vector<Setting> scalarRun(double alpha, double replicates, double x0 = 5) {
  return {{"objective", std::string("scalar")},
          {"alpha", alpha},
          {"x0", x0},
          {"replicates", replicates},
          {"seed", 3.0}};
}

// An epoch in this order takes e to factor e + offset.
struct EpochMap {
  double factor = 1, offset = 0;
};

EpochMap epochMap(const std::array<int, 3>& order, double alpha) {
  EpochMap map;
  for (const int i : order) {
    const auto k = static_cast<std::size_t>(i);
    const double keep = 1 - alpha * a[k] * a[k];
    map = {keep * map.factor, keep * map.offset + alpha * residual[k]};
  }
  return map;
}

std::vector<EpochMap> allEpochMaps(double alpha) {
  std::array<int, 3> order = {0, 1, 2};
  std::vector<EpochMap> maps;
  do {
    maps.push_back(epochMap(order, alpha));
  } while (std::next_permutation(order.begin(), order.end()));
  return maps;
}

struct Moments {
  double mean, second;
};

// Every term with its probability, `steps` updates in turn.
Moments withReplacement(double e0, double alpha, int steps) {
  Moments e{e0, e0 * e0};
  for (int t = 0; t < steps; ++t) {
    Moments next{0, 0};
    for (std::size_t i = 0; i < 3; ++i) {
      const double keep = 1 - alpha * a[i] * a[i], move = alpha * residual[i];
      next.mean += (keep * e.mean + move) / 3;
      next.second += (keep * keep * e.second + 2 * keep * move * e.mean + move * move) / 3;
    }
    e = next;
  }
  return e;
}

// All six orders of every epoch.
Moments reshuffled(double e0, double alpha, int epochs) {
  Moments e{e0, e0 * e0};
  for (int k = 0; k < epochs; ++k) {
    Moments next{0, 0};
    for (const auto& [factor, offset] : allEpochMaps(alpha)) {
      next.mean += (factor * e.mean + offset) / 6;
      next.second +=
          (factor * factor * e.second + 2 * factor * offset * e.mean + offset * offset) / 6;
    }
    e = next;
  }
  return e;
}

// All six orders, each kept for the whole run.
Moments shuffledOnce(double e0, double alpha, int epochs) {
  Moments sum{0, 0};
  for (const auto& [factor, offset] : allEpochMaps(alpha)) {
    double e = e0;
    for (int k = 0; k < epochs; ++k) {
      e = factor * e + offset;
    }
    sum.mean += e / 6;
    sum.second += e * e / 6;
  }
  return sum;
}

Moments inDataOrder(double e0, double alpha, int epochs) {
  double e = e0;
  const auto [factor, offset] = epochMap({0, 1, 2}, alpha);
  for (int k = 0; k < epochs; ++k) {
    e = factor * e + offset;
  }
  return {e, e * e};
}

Moments oracle(int order, double e0, double alpha, int epochs) {
  switch (order) {
    case replacement:
      return withReplacement(e0, alpha, 3 * epochs);
    case reshuffle:
      return reshuffled(e0, alpha, epochs);
    case shuffleOnce:
      return shuffledOnce(e0, alpha, epochs);
    default:
      return inDataOrder(e0, alpha, epochs);
  }
}

}  // namespace

TEST_CASE("sampling: the predictions are those of all orders written out, at every epoch") {
  for (const double alpha : {0.02, 0.05, 0.15}) {
    const auto run = runOf("sampling", scalarRun(alpha, 2));
    run->advance(3 * 40);
    REQUIRE(run->channel("predictedBias").shape == std::vector<int>{41, 4});
    const Values bias = valuesOf(*run, "predictedBias"), gap = valuesOf(*run, "predictedGap");
    const Values variance = valuesOf(*run, "predictedVariance");
    for (const double exact : valuesOf(*run, "predictionExact")) {
      CHECK(exact == 1);
    }
    std::size_t at = 0;
    for (int epoch = 0; epoch <= 40; ++epoch) {
      for (int order = 0; order < 4; ++order, ++at) {
        CAPTURE(epoch);
        CAPTURE(order);
        const Moments e = oracle(order, 5 - minimizer, alpha, epoch);
        CHECK(std::fabs(bias[at] - e.mean) < 1e-12);
        CHECK(std::fabs(variance[at] - (e.second - e.mean * e.mean)) < 1e-11);
        CHECK(std::fabs(gap[at] - 0.5 * meanSquare * e.second) < 1e-11);
      }
    }
  }
}

// Four standard errors: of the some 300 comparisons one in sixteen thousand would fail by chance,
// and the seed is fixed.
TEST_CASE("sampling: measured gap, bias and variance agree with theory at three step sizes") {
  for (const double alpha : {0.02, 0.05, 0.15}) {
    const auto run = runOf("sampling", scalarRun(alpha, 20000));
    run->advance(3 * 30);
    for (const char* quantity : {"gap", "bias", "variance"}) {
      const std::string name = quantity;
      std::string predicted = "predicted" + name;
      predicted[9] = static_cast<char>(predicted[9] - 'a' + 'A');
      const Values measured = valuesOf(*run, name), exact = valuesOf(*run, predicted);
      const Values error = valuesOf(*run, name + "StandardError");
      for (const std::size_t epoch : {1u, 2u, 3u, 5u, 10u, 15u, 20u, 30u}) {
        for (std::size_t order = 0; order < 4; ++order) {
          CAPTURE(alpha);
          CAPTURE(name);
          CAPTURE(epoch);
          CAPTURE(order);
          const std::size_t at = 4 * epoch + order;
          const double rounding = 1e-12;
          CHECK(std::fabs(measured[at] - exact[at]) <= 4 * error[at] + rounding);
        }
      }
    }
  }
}

TEST_CASE("sampling: the floors of D, with the oracle's variance under replacement") {
  const auto run = runOf("sampling", scalarRun(0.05, 2));
  const Values floor = valuesOf(*run, "floor"), bias = valuesOf(*run, "floorBias");
  const Values variance = valuesOf(*run, "floorVariance");
  CHECK(variance[replacement] == doctest::Approx(0.034129560915).epsilon(1e-10));
  CHECK(floor[replacement] == doctest::Approx(0.079635642136).epsilon(1e-10));
  CHECK(std::fabs(bias[replacement]) < 1e-15);
  CHECK(variance[cyclic] == 0);
  for (int order = 0; order < 4; ++order) {
    const auto k = static_cast<std::size_t>(order);
    const Moments late = oracle(order, 0.3, 0.05, 400);
    CHECK(std::fabs(bias[k] - late.mean) < 1e-13);
    CHECK(std::fabs(floor[k] - 0.5 * meanSquare * late.second) < 1e-13);
  }
}

TEST_CASE("sampling: halving a small step halves the floor of replacement, quarters the others") {
  const auto run = runOf("sampling", scalarRun(0.05, 2));
  const Values alpha = valuesOf(*run, "floorAlpha"), curve = valuesOf(*run, "floorCurve");
  REQUIRE(curve.size() == 4 * alpha.size());
  const double limit = valuesOf(*run, "stepLimit")[replacement];
  CHECK(limit == doctest::Approx(2.0 / 7).epsilon(1e-12));  // 2 A / E a^4
  CHECK(alpha.back() < limit);
  for (std::size_t order = 0; order < 4; ++order) {
    const double slope =
        std::log(curve[4UL * 8 + order] / curve[order]) / std::log(alpha[8] / alpha[0]);
    CHECK(slope == doctest::Approx(order == replacement ? 1 : 2).epsilon(0.02));
  }
}

TEST_CASE("sampling: on real data reshuffling ends far below replacement") {
  const auto run = runOf("sampling", {{"objective", std::string("least-squares")},
                                      {"dataset", std::string("diabetes")},
                                      {"features", std::string("bmi,s5,bp")},
                                      {"alpha", 0.001},
                                      {"replicates", 50.0}});
  run->advance(442 * 40);
  const wv::Channel gap = run->channel("gap");
  REQUIRE(gap.shape == std::vector<int>{41, 4});
  const double* last = gap.data + 4L * 40;
  CHECK(last[reshuffle] < 0.2 * last[replacement]);
  CHECK(last[shuffleOnce] < 0.2 * last[replacement]);
  CHECK(last[reshuffle] > 0);
  CHECK(run->channel("predictedGap").shape == std::vector<int>{0, 4});
  CHECK(valuesOf(*run, "floor").empty());
}

TEST_CASE("sampling: 600 + 400 updates are 1000, bit for bit, with a live step size") {
  const auto whole = runOf("sampling", scalarRun(0.05, 30));
  const auto parts = runOf("sampling", scalarRun(0.05, 30));
  whole->advance(600);
  REQUIRE(whole->set("alpha", 0.02).empty());
  whole->advance(400);
  for (int i = 0; i < 60; ++i) {
    parts->advance(10);
  }
  REQUIRE(parts->set("alpha", 0.02).empty());
  parts->advance(400);
  CHECK(whole->status().step == 1000);
  for (const char* id : {"gap", "bias", "variance", "predictedGap"}) {
    CHECK(valuesOf(*whole, id) == valuesOf(*parts, id));
  }
}

TEST_CASE("sampling: a new step size holds from the next epoch, where all but one stay exact") {
  const auto run = runOf("sampling", scalarRun(0.05, 20000));
  run->advance(3 * 10 + 1);
  REQUIRE(run->set("alpha", 0.15).empty());
  run->advance(3 * 6);
  const std::size_t epoch = 15;  // one at 0.05, then four
  const Values exact = valuesOf(*run, "predictionExact"), bias = valuesOf(*run, "predictedBias");
  const Values measured = valuesOf(*run, "gap"), predicted = valuesOf(*run, "predictedGap");
  const Values error = valuesOf(*run, "gapStandardError");
  const double before = inDataOrder(5 - minimizer, 0.05, 11).mean;
  CHECK(bias[4 * epoch + cyclic] ==
        doctest::Approx(inDataOrder(before, 0.15, 4).mean).epsilon(1e-12));
  for (std::size_t order = 0; order < 4; ++order) {
    CAPTURE(order);
    CHECK(exact[4 * epoch + order] == (order == shuffleOnce ? 0 : 1));
    if (order != shuffleOnce) {
      const std::size_t at = 4 * epoch + order;
      CHECK(std::fabs(measured[at] - predicted[at]) <= 4 * error[at] + 1e-12);
    }
  }
  CHECK(valuesOf(*run, "floorExact") == Values{1, 1, 1, 1});
}

TEST_CASE("sampling: past its limit an order diverges with finite numbers, the others go on") {
  // 2 A / E a^4 = 0.286; (1 - a)(1 - 4a)(1 - 9a) = -1 at a = 0.398.
  auto settings = scalarRun(0.36, 2000);
  settings.push_back({"epochs", 300.0});
  const auto run = runOf("sampling", settings);
  run->advance(900);
  CHECK(run->status().state == wv::RunState::finished);
  CHECK(valuesOf(*run, "diverged") == Values{1, 0, 0, 0});
  CHECK(valuesOf(*run, "floorExact")[replacement] == 0);
  for (const char* id : {"gap", "gapStandardError", "bias", "variance", "varianceStandardError"}) {
    for (const double value : valuesOf(*run, id)) {
      CHECK(std::isfinite(value));
    }
  }
  const auto all = runOf("sampling", scalarRun(0.9, 50));
  all->advance(900);
  CHECK(all->status().state == wv::RunState::diverged);
  CHECK(all->status().step < 60);
}

TEST_CASE("sampling: the run ends after its epochs") {
  auto settings = scalarRun(0.05, 10);
  settings.push_back({"epochs", 7.0});
  const auto run = runOf("sampling", settings);
  run->advance(1000);
  CHECK(run->status().state == wv::RunState::finished);
  CHECK(run->status().step == 21);
  CHECK(run->channel("gap").shape == std::vector<int>{8, 4});
}

TEST_CASE("sampling: more orders than fit are refused under `replicates`") {
  CHECK(refusedBy("sampling", {{"objective", std::string("least-squares")},
                               {"dataset", std::string("digits")},
                               {"replicates", 100000.0}}) == "replicates");
  CHECK(refusedBy("sampling", {{"objective", std::string("scalar")}, {"a", std::string("1, 2")}}) ==
        "a");
}

TEST_CASE("sampling: replicate k is the same whatever their number") {
  const wv::ScalarQuadratic f(a, b);
  for (const auto& info : wv::samplings()) {
    CAPTURE(info.id);
    wv::SamplerSettings settings{.mode = info.mode, .terms = 3, .batch = 1, .seed = 9};
    settings.replicates = 100;
    wv::SampledDescent many(f, settings, f.start());
    settings.replicates = 7;
    wv::SampledDescent few(f, settings, f.start());
    for (int t = 0; t < 50; ++t) {
      many.step(0.05);
      few.step(0.05);
    }
    CHECK((many.x().topRows(7) == few.x()).all());
    CHECK(few.gradientEvaluations() == 50);
  }
}
