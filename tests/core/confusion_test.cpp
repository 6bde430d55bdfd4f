#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "confusion_oracle.hpp"
#include "experiment_run.hpp"
#include "method/sampler.hpp"

namespace {

using wv::Setting;
using wv::test::allDataSets;
using wv::test::ConfusionOracle;
using wv::test::ExactMoments;
using wv::test::valuesOf;

const std::vector<double> dataA = {1, 2, 3};
const std::vector<double> dataB = {1, 1, 4.5};

std::unique_ptr<wv::Experiment> create(const std::vector<Setting>& settings) {
  return wv::test::runOf("confusion", settings);
}

std::vector<Setting> sampled(std::string_view sampling, double batch, double alpha) {
  return {{"sampling", std::string(sampling)}, {"batch", batch}, {"alpha", alpha}};
}

struct Case {
  std::string_view sampling;
  int batch;
};
// Every mode, with batches that fill an epoch and that do not.
constexpr Case cases[] = {{"replacement", 1},  {"replacement", 2}, {"distinct", 2},
                          {"reshuffle", 1},    {"reshuffle", 2},   {"shuffle-once", 1},
                          {"shuffle-once", 2}, {"cyclic", 1},      {"cyclic", 2}};

// 4 standard errors of the mean of independent replicates: about 6 in 100 000 by chance for each
// comparison, some hundred of which are made, with fixed seeds. Where all replicates agree the
// standard error is 0, and rounding is left.
bool agrees(double measured, double error, double exact) {
  return std::fabs(measured - exact) <= 4 * error + 1e-11 * (1 + std::fabs(exact));
}

void expectExactMoments(const wv::Experiment& run, std::initializer_list<std::size_t> steps) {
  for (const std::size_t t : steps) {
    CAPTURE(t);
    CHECK(agrees(valuesOf(run, "meanError")[t], valuesOf(run, "meanErrorStandardError")[t],
                 valuesOf(run, "predictedMeanError")[t]));
    CHECK(agrees(valuesOf(run, "secondMoment")[t], valuesOf(run, "secondMomentStandardError")[t],
                 valuesOf(run, "predictedSecondMoment")[t]));
  }
}

}  // namespace

TEST_CASE("oracle 1: the constants of D") {
  const auto run = create({});
  CHECK(valuesOf(*run, "minimizer")[0] == doctest::Approx(1.178571428571).epsilon(1e-12));
  const auto constants = valuesOf(*run, "constants");
  REQUIRE(constants.size() == 5);
  CHECK(constants[0] == doctest::Approx(4.666666666667).epsilon(1e-12));
  CHECK(constants[1] == constants[0]);
  CHECK(constants[2] == doctest::Approx(0.467261904762).epsilon(1e-12));
  // sigma0 = E r^2 + (E a^2 r)^2 / (sigma A^2 - E a^4), with the oracle's moments.
  const double meanSquare = constants[0] * constants[0];
  CHECK(constants[4] > 32.666666666667 / meanSquare);
  const double sigma0 = 5.255952380952 + 25 / (constants[4] * meanSquare - 32.666666666667);
  CHECK(constants[3] == doctest::Approx(sigma0).epsilon(1e-11));
  CHECK(valuesOf(*run, "region") == std::vector<double>{0.5, 1.5});
  const auto marks = valuesOf(*run, "stepSizeMarks");
  CHECK(marks[0] == doctest::Approx(1.0 / 9).epsilon(1e-15));
  CHECK(marks[1] == doctest::Approx(2.0 / 7).epsilon(1e-14));
  CHECK(marks[2] == doctest::Approx(3.0 / 7).epsilon(1e-14));
  CHECK(valuesOf(*run, "terms") == std::vector<double>{1, 1, 1, 2, 1, 0.5, 3, 4.5, 1.5});
}

TEST_CASE("oracle 2: stationary variance and excess of D") {
  const auto stationary = [](std::string_view sampling, double batch) {
    const auto run = create(sampled(sampling, batch, 0.05));
    return std::pair{valuesOf(*run, "predictedVariance").at(0),
                     valuesOf(*run, "predictedExcess")[0]};
  };
  CHECK(stationary("replacement", 1).first == doctest::Approx(0.034129560915).epsilon(1e-10));
  CHECK(stationary("replacement", 1).second == doctest::Approx(0.079635642136).epsilon(1e-10));
  CHECK(stationary("replacement", 2).first == doctest::Approx(0.016482080637).epsilon(1e-10));
  CHECK(stationary("distinct", 2).first == doctest::Approx(0.008102701512).epsilon(1e-10));
  CHECK(stationary("distinct", 3).first == 0);
  CHECK(stationary("distinct", 3).second == 0);
}

TEST_CASE("oracle 3: the moments of D after ten steps from 5") {
  const auto run = create({{"alpha", 0.05}, {"x0", 5.0}});
  run->advance(10);
  CHECK(valuesOf(*run, "predictedMeanError")[10] == doctest::Approx(0.268096756196).epsilon(1e-11));
  CHECK(valuesOf(*run, "predictedSecondMoment")[10] ==
        doctest::Approx(0.107581526638).epsilon(1e-11));
}

TEST_CASE("oracle 4: two parabolas and alpha = 1/2 give the uniform law on [-1, 1]") {
  constexpr int count = 20'000;
  const auto run = create({{"a", std::string("1, 1")},
                           {"b", std::string("1, -1")},
                           {"alpha", 0.5},
                           {"x0", 3.0},
                           {"replicates", double(count)},
                           {"seed", 4.0}});
  CHECK(valuesOf(*run, "predictedVariance").at(0) == doctest::Approx(1.0 / 3).epsilon(1e-14));
  run->advance(50);
  auto x = valuesOf(*run, "x");
  std::sort(x.begin(), x.end());
  double distance = 0;
  for (int i = 0; i < count; ++i) {
    const double uniform = (x[static_cast<std::size_t>(i)] + 1) / 2;
    distance = std::max({distance, (i + 1.0) / count - uniform, uniform - double(i) / count});
  }
  // Kolmogorov and Smirnov: above 1.95 in one of a thousand samples. The law after 50 steps is
  // within 2^-50 of the uniform one.
  CHECK(std::sqrt(double(count)) * distance < 1.95);
  // A Gaussian of the same variance is at a distance of more than 0.05, and would be noticed.
  CHECK(std::fabs(x.front()) <= 1 + 1e-12);
  CHECK(std::fabs(x.back()) <= 1 + 1e-12);
}

TEST_CASE("measured and predicted moments against every batch and every order, three steps") {
  constexpr double start = 4;
  for (const Case& each : cases) {
    for (double alpha : {0.02, 0.05, 0.1}) {
      CAPTURE(each.sampling);
      CAPTURE(each.batch);
      CAPTURE(alpha);
      auto settings = sampled(each.sampling, each.batch, alpha);
      settings.push_back({"x0", start});
      settings.push_back({"replicates", 20'000.0});
      settings.push_back({"seed", 11.0});
      const auto run = create(settings);
      run->advance(300);
      const auto mean = valuesOf(*run, "meanError");
      const auto meanError = valuesOf(*run, "meanErrorStandardError");
      const auto second = valuesOf(*run, "secondMoment");
      const auto secondError = valuesOf(*run, "secondMomentStandardError");
      const auto predictedMean = valuesOf(*run, "predictedMeanError");
      const auto predictedSecond = valuesOf(*run, "predictedSecondMoment");
      const auto isExact = valuesOf(*run, "predictionIsExact");
      const ConfusionOracle oracle(dataA, dataB, each.batch, alpha);
      for (int t : {1, 2, 3, 4, 7, 12, 30, 61, 300}) {
        CAPTURE(t);
        const auto k = static_cast<std::size_t>(t);
        const ExactMoments exact = oracle.after(each.sampling, start - oracle.minimizer(), t);
        CHECK(isExact[k] == 1);
        CHECK(predictedMean[k] == doctest::Approx(exact.mean).epsilon(1e-10));
        CHECK(predictedSecond[k] == doctest::Approx(exact.second).epsilon(1e-10));
        CHECK(agrees(mean[k], meanError[k], exact.mean));
        CHECK(agrees(second[k], secondError[k], exact.second));
      }
      // 300 steps are an epoch's end and forget the start to 1e-12 even for the smallest alpha.
      const double bias = valuesOf(*run, "predictedBias").at(0);
      const double variance = valuesOf(*run, "predictedVariance").at(0);
      const double half = 0.5 * valuesOf(*run, "constants")[0];
      CHECK(predictedMean[300] == doctest::Approx(bias).epsilon(1e-8));
      CHECK(agrees(mean[300], meanError[300], bias));
      CHECK(agrees(second[300], secondError[300], variance + bias * bias));
      CHECK(agrees(valuesOf(*run, "excess")[300], valuesOf(*run, "excessStandardError")[300],
                   valuesOf(*run, "predictedExcess").at(0)));
      CHECK(valuesOf(*run, "predictedExcess")[0] ==
            doctest::Approx(half * (variance + bias * bias)).epsilon(1e-12));
    }
  }
}

TEST_CASE("up to 1/max a^2 the region of confusion is absorbing, in every mode") {
  for (const wv::SamplingInfo& mode : wv::samplings()) {
    CAPTURE(mode.id);
    auto settings = sampled(mode.id, 1, 1.0 / 9);
    settings.push_back({"replicates", 2000.0});
    settings.push_back({"x0", 0.5});
    const auto inside = create(settings);
    inside->advance(500);
    const auto share = valuesOf(*inside, "insideShare");
    CHECK(std::all_of(share.begin(), share.end(), [](double part) { return part == 1; }));

    settings.back().value = 4.0;
    const auto outside = create(settings);
    outside->advance(500);
    const auto entering = valuesOf(*outside, "insideShare");
    CHECK(entering.front() == 0);
    CHECK(entering.back() == 1);
    CHECK(std::is_sorted(entering.begin(), entering.end()));
  }
  auto settings = sampled("replacement", 1, 0.2);
  settings.push_back({"x0", 0.5});
  const auto overshooting = create(settings);
  overshooting->advance(50);
  CHECK(valuesOf(*overshooting, "insideShare").back() < 1);
}

TEST_CASE("a batch of all terms without replacement is gradient descent in every replicate") {
  for (const char* mode : {"distinct", "reshuffle", "shuffle-once", "cyclic"}) {
    CAPTURE(mode);
    auto settings = sampled(mode, 3, 0.05);
    settings.push_back({"x0", 4.0});
    settings.push_back({"replicates", 100.0});
    const auto run = create(settings);
    run->advance(20);
    const auto x = valuesOf(*run, "x");
    CHECK(std::count(x.begin(), x.end(), x.front()) == 100);
    const double minimizer = 33.0 / 28;
    const double factor = 1 - 0.05 * 14 / 3;
    CHECK(x.front() - minimizer ==
          doctest::Approx(std::pow(factor, 20) * (4 - minimizer)).epsilon(1e-10));
    CHECK(valuesOf(*run, "gradientEvaluations").back() == 60);
  }
}

TEST_CASE("600 + 400 steps are 1000 steps, and replicates do not depend on their number") {
  for (const Case& each : cases) {
    CAPTURE(each.sampling);
    CAPTURE(each.batch);
    auto settings = sampled(each.sampling, each.batch, 0.05);
    settings.push_back({"replicates", 300.0});
    const auto whole = create(settings);
    const auto parts = create(settings);
    settings.back().value = 40.0;
    const auto fewer = create(settings);
    whole->advance(1000);
    parts->advance(600);
    parts->advance(400);
    fewer->advance(1000);
    const auto x = valuesOf(*whole, "x");
    CHECK(x == valuesOf(*parts, "x"));
    CHECK(valuesOf(*whole, "secondMoment") == valuesOf(*parts, "secondMoment"));
    const auto first = valuesOf(*fewer, "x");
    CHECK(std::equal(first.begin(), first.end(), x.begin()));
  }
}

TEST_CASE("a live change of alpha carries the exact moments on where they suffice") {
  auto settings = sampled("replacement", 1, 0.02);
  settings.push_back({"x0", 4.0});
  settings.push_back({"replicates", 20'000.0});
  const auto run = create(settings);
  run->advance(7);
  REQUIRE(run->set("alpha", 0.1).empty());
  run->advance(13);
  const ConfusionOracle slow(dataA, dataB, 1, 0.02);
  const ExactMoments before = slow.after("replacement", 4 - slow.minimizer(), 7);
  // The closed recursion of the moments, from the random state after seven steps.
  double mean = before.mean;
  double second = before.second;
  for (int t = 0; t < 13; ++t) {
    double a2 = 0;
    double a2r = 0;
    double a4 = 0;
    double r2 = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      const double square = dataA[i] * dataA[i];
      const double r = dataA[i] * (dataB[i] - dataA[i] * slow.minimizer());
      a2 += square / 3;
      a4 += square * square / 3;
      a2r += square * r / 3;
      r2 += r * r / 3;
    }
    second = (1 - 0.2 * a2 + 0.01 * a4) * second - 2 * 0.01 * a2r * mean + 0.01 * r2;
    mean = (1 - 0.1 * a2) * mean;
  }
  CHECK(valuesOf(*run, "predictionIsExact").back() == 1);
  CHECK(valuesOf(*run, "predictedMeanError").back() == doctest::Approx(mean).epsilon(1e-10));
  CHECK(valuesOf(*run, "predictedSecondMoment").back() == doctest::Approx(second).epsilon(1e-10));
  CHECK(agrees(valuesOf(*run, "secondMoment").back(),
               valuesOf(*run, "secondMomentStandardError")[20], second));

  const auto midEpoch = create(sampled("reshuffle", 1, 0.05));
  midEpoch->advance(4);
  REQUIRE(midEpoch->set("alpha", 0.1).empty());
  midEpoch->advance(5);
  CHECK(valuesOf(*midEpoch, "predictionIsExact") ==
        std::vector<double>{1, 1, 1, 1, 1, 0, 0, 0, 0, 0});
}

TEST_CASE("past 2A/E a^4 there is no limit law; far past it the run diverges, in finite numbers") {
  const auto beyond = create({{"alpha", 0.2858}});
  CHECK(valuesOf(*beyond, "predictedVariance").empty());
  CHECK(!valuesOf(*create({{"alpha", 0.2857}}), "predictedVariance").empty());
  const auto far = create({{"alpha", 3.0}});
  far->advance(1000);
  CHECK(far->status().state == wv::RunState::diverged);
  CHECK(far->status().step < 10);
  CHECK(std::isfinite(valuesOf(*far, "secondMoment").back()));
  CHECK(valuesOf(*far, "path").size() == far->status().step + 1);
}

TEST_CASE("real data: measured moments and the exact ones") {
  const auto run = create({{"dataset", std::string("diabetes")},
                           {"alpha", 0.05},
                           {"x0", 2.0},
                           {"replicates", 20'000.0}});
  CHECK(run->channel("terms").shape == std::vector<int>{442, 3});
  run->advance(200);
  // A standardised feature has A = 1; x* is its correlation with the target.
  CHECK(valuesOf(*run, "constants")[0] == doctest::Approx(1).epsilon(1e-12));
  CHECK(valuesOf(*run, "minimizer")[0] == doctest::Approx(0.586450134475).epsilon(1e-8));
  expectExactMoments(*run, {1, 10, 50, 200});
}

TEST_CASE("real data with a ridge: x* shrinks, and measured moments are the exact ones") {
  const auto plain = create({{"dataset", std::string("diabetes")}});
  const auto run = create({{"dataset", std::string("diabetes")},
                           {"ridge", 1.5},
                           {"alpha", 0.05},
                           {"x0", 2.0},
                           {"replicates", 20'000.0}});
  run->advance(100);
  const double correlation = valuesOf(*plain, "minimizer")[0];
  CHECK(valuesOf(*run, "minimizer")[0] == doctest::Approx(correlation / 2.5).epsilon(1e-12));
  const auto constants = valuesOf(*run, "constants");
  CHECK(constants[0] == doctest::Approx(2.5).epsilon(1e-12));
  // The target's variance is 1: f* = (1 - c^2 / (1 + ridge)) / 2.
  CHECK(constants[2] == doctest::Approx(0.5 * (1 - correlation * correlation / 2.5)));
  expectExactMoments(*run, {1, 10, 100});
}

TEST_CASE("the bars hold the share of the replicates inside the window") {
  const auto run = create({});
  run->advance(3);
  const auto edges = valuesOf(*run, "densityEdges");
  const auto density = valuesOf(*run, "density");
  const auto window = valuesOf(*run, "window");
  REQUIRE(edges.size() == density.size() + 1);
  CHECK(edges.front() == window[0]);
  CHECK(edges.back() == window[1]);
  double share = 0;
  for (std::size_t i = 0; i < density.size(); ++i) {
    share += density[i] * (edges[i + 1] - edges[i]);
  }
  CHECK(share == doctest::Approx(1).epsilon(1e-9));
  const auto grid = valuesOf(*run, "grid");
  const auto curve = valuesOf(*run, "curve");
  const double x = grid[37];
  CHECK(curve[37] ==
        doctest::Approx(
            ((x - 1) * (x - 1) + (2 * x - 1) * (2 * x - 1) + (3 * x - 4.5) * (3 * x - 4.5)) / 6)
            .epsilon(1e-12));
}

TEST_CASE("what does not go together is refused under the parameter at fault") {
  const auto refused = [](const std::vector<Setting>& settings) {
    const auto creation = wv::createExperiment("confusion", settings, allDataSets());
    REQUIRE(creation.issues.size() == 1);
    return creation.issues[0].parameter;
  };
  CHECK(refused(sampled("cyclic", 4, 0.05)) == "batch");
  CHECK(refused({{"a", std::string("1, 2")}}) == "a");
  CHECK(refused({{"a", std::string("0, 0, 0")}}) == "a");
  CHECK(refused({{"dataset", std::string("diabetes")}, {"features", std::string("bmi, s5")}}) ==
        "features");
  CHECK(refused({{"replicates", 100'000.0}, {"batch", 2000.0}}) == "replicates");
  CHECK(refused({{"dataset", std::string("digits")},
                 {"sampling", std::string("reshuffle")},
                 {"replicates", 100'000.0}}) == "replicates");
}
