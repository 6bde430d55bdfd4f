#include <doctest.h>

#include <cmath>

#include "experiment/optimality_gap.hpp"
#include "experiment_run.hpp"
#include "method/gd.hpp"
#include "numeric/statistics.hpp"
#include "objective/least_squares.hpp"
#include "objective/logistic.hpp"

namespace {

using wv::Setting;
using wv::test::refusedBy;
using wv::test::runOf;
using wv::test::valuesOf;

using Values = std::vector<double>;

// The oracle's data set D.
const Values a = {1, 2, 3}, b = {1, 1, 4.5};
constexpr double meanSquare = 14.0 / 3;
constexpr double minimizer = 16.5 / 14;

std::vector<Setting> scalarRun(std::string batches, std::string replacement, double alpha,
                               double replicates) {
  return {{"objective", std::string("scalar")},
          {"batches", std::move(batches)},
          {"replacement", std::move(replacement)},
          {"alpha", alpha},
          {"x0", 5.0},
          {"replicates", replicates},
          {"seed", 5.0}};
}

std::vector<Setting> diabetes(double alpha, std::string batches = "1, 4, 16, 64") {
  return {{"objective", std::string("least-squares")},
          {"dataset", std::string("diabetes")},
          {"batches", std::move(batches)},
          {"alpha", alpha}};
}

// Calls with every batch of b out of n that may be drawn, as a list of terms: all n^b tuples with
// replacement, all b-subsets without.
template <class Visit>
void forEachBatch(std::size_t n, std::size_t size, bool distinct, std::vector<std::size_t>& terms,
                  const Visit& visit) {
  if (terms.size() == size) {
    visit(terms);
    return;
  }
  const std::size_t first = distinct && !terms.empty() ? terms.back() + 1 : 0;
  for (std::size_t i = first; i < n; ++i) {
    terms.push_back(i);
    forEachBatch(n, size, distinct, terms, visit);
    terms.pop_back();
  }
}

// Of g_B = mean of a_i (a_i x - b_i) over the batch, at x.
double enumeratedVariance(const Values& slopes, const Values& targets, double x, std::size_t size,
                          bool distinct) {
  double count = 0, sum = 0, squares = 0;
  std::vector<std::size_t> terms;
  forEachBatch(slopes.size(), size, distinct, terms, [&](const std::vector<std::size_t>& batch) {
    double g = 0;
    for (const std::size_t i : batch) {
      g += slopes[i] * (slopes[i] * x - targets[i]) / static_cast<double>(size);
    }
    count += 1;
    sum += g;
    squares += g * g;
  });
  return squares / count - sum * sum / (count * count);
}

// E e_t^2 by applying every batch to the mean and the second moment, t times.
double enumeratedSecondMoment(double alpha, std::size_t size, bool distinct, int steps) {
  double mean = 5 - minimizer, second = mean * mean;
  for (int t = 0; t < steps; ++t) {
    double count = 0, nextMean = 0, nextSecond = 0;
    std::vector<std::size_t> terms;
    forEachBatch(3, size, distinct, terms, [&](const std::vector<std::size_t>& batch) {
      double slope = 0, move = 0;
      for (const std::size_t i : batch) {
        slope += a[i] * a[i] / static_cast<double>(size);
        move += alpha * a[i] * (b[i] - a[i] * minimizer) / static_cast<double>(size);
      }
      const double keep = 1 - alpha * slope;
      count += 1;
      nextMean += keep * mean + move;
      nextSecond += keep * keep * second + 2 * keep * move * mean + move * move;
    });
    mean = nextMean / count;
    second = nextSecond / count;
  }
  return second;
}

}  // namespace

TEST_CASE("batch-size: the variance falls by c(b) as all batches written out say, both ways") {
  const Values slopes = {1, -2, 0.5, 3, 1.5}, targets = {1, 1, 4, -2, 0.3};
  double top = 0, bottom = 0;
  for (std::size_t i = 0; i < 5; ++i) {
    top += slopes[i] * targets[i];
    bottom += slopes[i] * slopes[i];
  }
  for (const bool distinct : {false, true}) {
    CAPTURE(distinct);
    const auto run =
        runOf("batch-size", {{"objective", std::string("scalar")},
                             {"a", std::string("1, -2, 0.5, 3, 1.5")},
                             {"b", std::string("1, 1, 4, -2, 0.3")},
                             {"batches", std::string("1, 2, 3, 4, 5")},
                             {"replacement", std::string(distinct ? "without" : "with")},
                             {"seed", 11.0}});
    const Values predicted = valuesOf(*run, "predictedVariance");
    const Values measured = valuesOf(*run, "gradientVariance");
    const Values error = valuesOf(*run, "gradientVarianceStandardError");
    const Values curveBatch = valuesOf(*run, "varianceCurveBatch");
    const Values curve = valuesOf(*run, "varianceCurve");
    REQUIRE(curveBatch == Values{1, 2, 3, 4, 5});
    for (std::size_t size = 1; size <= 5; ++size) {
      CAPTURE(size);
      const double exact = enumeratedVariance(slopes, targets, top / bottom, size, distinct);
      CHECK(predicted[size - 1] == doctest::Approx(exact).epsilon(1e-12));
      CHECK(curve[2 * (size - 1) + (distinct ? 1 : 0)] == doctest::Approx(exact).epsilon(1e-12));
      // Four standard errors of the mean over 10 000 draws.
      CHECK(std::fabs(measured[size - 1] - exact) <= 4 * error[size - 1] + 1e-12);
    }
  }
}

TEST_CASE("batch-size: on real data the drawn variance agrees with c(b) times that of a term") {
  for (const char* objective : {"least-squares", "logistic"}) {
    for (const char* replacement : {"with", "without"}) {
      CAPTURE(objective);
      CAPTURE(replacement);
      auto settings = diabetes(0.002, "1, 8, 64, 400");
      settings[0].value = std::string(objective);
      settings.push_back({"replacement", std::string(replacement)});
      const auto run = runOf("batch-size", settings);
      const Values predicted = valuesOf(*run, "predictedVariance");
      const Values measured = valuesOf(*run, "gradientVariance");
      const Values error = valuesOf(*run, "gradientVarianceStandardError");
      for (std::size_t k = 0; k < 4; ++k) {
        CHECK(std::fabs(measured[k] - predicted[k]) <= 4 * error[k]);
        CHECK(error[k] < 0.1 * predicted[k]);
      }
    }
  }
}

// Four standard errors, as the seed is fixed and there are some hundred comparisons.
TEST_CASE("batch-size: the gap is that of all batches written out, predicted and measured") {
  for (const double alpha : {0.02, 0.05, 0.12}) {
    for (const bool distinct : {false, true}) {
      const auto run =
          runOf("batch-size", scalarRun("1, 2, 3", distinct ? "without" : "with", alpha, 20000));
      run->advance(60);
      REQUIRE(run->channel("gap").shape == std::vector<int>{61, 3});
      const Values gap = valuesOf(*run, "gap"), error = valuesOf(*run, "gapStandardError");
      const Values predicted = valuesOf(*run, "predictedGap");
      for (const int t : {0, 1, 2, 5, 10, 20, 40, 60}) {
        for (std::size_t size = 1; size <= 3; ++size) {
          CAPTURE(alpha);
          CAPTURE(distinct);
          CAPTURE(t);
          CAPTURE(size);
          const double exact = 0.5 * meanSquare * enumeratedSecondMoment(alpha, size, distinct, t);
          const std::size_t at = 3 * static_cast<std::size_t>(t) + size - 1;
          CHECK(std::fabs(predicted[at] - exact) < 1e-11);
          CHECK(std::fabs(gap[at] - exact) <= 4 * error[at] + 1e-12);
        }
      }
    }
  }
}

TEST_CASE("batch-size: the stationary variances of D that the oracle gives") {
  const auto late = [](std::string batches, std::string replacement) {
    const auto run =
        runOf("batch-size", scalarRun(std::move(batches), std::move(replacement), 0.05, 1));
    run->advance(600);
    Values last = valuesOf(*run, "predictedGap");
    last.erase(last.begin(), last.end() - static_cast<long>(valuesOf(*run, "batches").size()));
    return last;
  };
  const Values with = late("1, 2", "with");
  CHECK(with[0] == doctest::Approx(0.079635642136).epsilon(1e-10));
  CHECK(with[1] == doctest::Approx(0.5 * meanSquare * 0.016482080637).epsilon(1e-10));
  const Values without = late("2, 3", "without");
  CHECK(without[0] == doctest::Approx(0.5 * meanSquare * 0.008102701512).epsilon(1e-10));
  CHECK(without[1] < 1e-25);
}

TEST_CASE("batch-size: a batch of all terms without replacement is gradient descent, bit for bit") {
  for (const bool isLogistic : {false, true}) {
    auto settings = diabetes(0.1, "442, 7");
    settings[0].value = std::string(isLogistic ? "logistic" : "least-squares");
    settings.push_back({"replacement", std::string("without")});
    settings.push_back({"replicates", 2.0});
    const auto run = runOf("batch-size", settings);
    run->advance(50);
    const Values gap = valuesOf(*run, "gap"), error = valuesOf(*run, "gapStandardError");

    std::unique_ptr<wv::Objective> objective;
    if (isLogistic) {
      wv::DesignMatrix design = wv::test::classificationOf("diabetes");
      wv::appendIntercept(design);
      objective = std::make_unique<wv::Logistic>(design, 0.1);
    } else {
      objective = std::make_unique<wv::LeastSquares>(wv::test::regressionOf("diabetes"), 0.1);
    }
    const wv::Point best = objective->minimizers().front();
    wv::Column least(1);
    objective->value(best.transpose().array(), least);
    const wv::OptimalityGap gapOf(*objective, best, least(0));
    const wv::FullGradient source(*objective);
    const wv::GradientDescent descent;
    wv::State state;
    state.x = wv::Block::Zero(2, objective->dim());
    descent.init(state);
    for (std::size_t t = 0; t <= 50; ++t) {
      const wv::Column exact = gapOf(state.x);
      CHECK(gap[2 * t] == wv::numeric::mean(exact));
      CHECK(error[2 * t] == 0);
      descent.step({source, 0.1}, state);
    }
  }
}

TEST_CASE("batch-size: cost is counted in term gradients and in passes over the data") {
  const auto run = runOf("batch-size", diabetes(0.002));
  run->advance(20);
  const Values evaluations = valuesOf(*run, "gradientEvaluations"),
               epochs = valuesOf(*run, "epochs");
  const Values batches = valuesOf(*run, "batches");
  for (std::size_t t = 0; t <= 20; ++t) {
    for (std::size_t k = 0; k < 4; ++k) {
      CHECK(evaluations[4 * t + k] == batches[k] * static_cast<double>(t));
      CHECK(epochs[4 * t + k] == batches[k] * static_cast<double>(t) / 442);
    }
  }
}

TEST_CASE("batch-size: 600 + 400 steps are 1000, bit for bit, with a live step size") {
  const auto whole = runOf("batch-size", scalarRun("1, 2, 16", "with", 0.05, 20));
  const auto parts = runOf("batch-size", scalarRun("1, 2, 16", "with", 0.05, 20));
  whole->advance(600);
  REQUIRE(whole->set("alpha", 0.02).empty());
  whole->advance(400);
  for (int i = 0; i < 60; ++i) {
    parts->advance(10);
  }
  REQUIRE(parts->set("alpha", 0.02).empty());
  parts->advance(400);
  for (const char* id : {"gap", "gapStandardError", "predictedGap", "gradientEvaluations"}) {
    CHECK(valuesOf(*whole, id) == valuesOf(*parts, id));
  }
  CHECK(valuesOf(*whole, "alphas") == Values{0.02, 0.02, 0.02});
}

TEST_CASE("batch-size: linear scaling breaks past 2/L, batch by batch, with finite numbers") {
  auto settings = scalarRun("1, 4, 16", "with", 0.05, 500);
  settings.push_back({"scale", std::string("linear")});
  const auto run = runOf("batch-size", settings);
  run->advance(300);
  CHECK(run->status().state == wv::RunState::running);
  CHECK(valuesOf(*run, "alphas") == Values{0.05, 0.2, 0.8});  // 2/L = 0.43
  CHECK(valuesOf(*run, "diverged") == Values{0, 0, 1});
  const double step = valuesOf(*run, "divergedStep")[2];
  CHECK(step > 0);
  CHECK(step < 30);
  const wv::Channel gap = run->channel("gap");
  REQUIRE(gap.shape == std::vector<int>{301, 3});
  for (std::size_t t = 0; t < 301; ++t) {
    CHECK(std::isfinite(gap.data[3 * t + 2]));
    if (t > static_cast<std::size_t>(step)) {
      CHECK(gap.data[3 * t + 2] == gap.data[3 * static_cast<std::size_t>(step) + 2]);
    }
  }
  const auto all = runOf("batch-size", scalarRun("1, 16", "with", 0.9, 500));
  all->advance(300);
  CHECK(all->status().state == wv::RunState::diverged);
}

TEST_CASE("batch-size: only the variance falls by b, so 1/(L sigma_b) never passes 1/L") {
  const auto run = runOf("batch-size", scalarRun("1, 4, 1024", "with", 0.05, 1));
  const Values constants = valuesOf(*run, "constants"), limit = valuesOf(*run, "stepLimit");
  const Values sigma = valuesOf(*run, "batchSigma"), sigma0 = valuesOf(*run, "batchSigma0");
  const double smoothness = constants[0];
  const Values batches = {1, 4, 1024};
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(sigma0[k] == doctest::Approx(constants[3] / batches[k]).epsilon(1e-14));
    CHECK(sigma[k] == doctest::Approx(1 + (constants[4] - 1) / batches[k]).epsilon(1e-14));
    CHECK(limit[k] == doctest::Approx(1 / (smoothness * sigma[k])).epsilon(1e-14));
    CHECK(limit[k] < 1 / smoothness);
  }
  const Values curve = valuesOf(*run, "stepLimitCurve");
  CHECK(curve.front() == limit[0]);
  CHECK(curve.back() == limit[2]);
  // What sigma / b would allow for b = 1024 diverges.
  const double wrong = 1024 / (smoothness * constants[4]);
  CHECK(wrong > 2 / smoothness);
  const auto over = runOf("batch-size", scalarRun("1024", "with", wrong, 5));
  over->advance(50);
  CHECK(over->status().state == wv::RunState::diverged);
}

TEST_CASE("batch-size: the measured gap keeps to Theorem 7 with the constants of each batch") {
  for (const char* dataset : {"penguins", "diabetes"}) {
    for (const char* replacement : {"with", "without"}) {
      CAPTURE(dataset);
      auto settings = diabetes(0.003);
      settings[1].value = std::string(dataset);
      settings.push_back({"replacement", std::string(replacement)});
      const auto run = runOf("batch-size", settings);
      run->advance(1500);
      const Values floor = valuesOf(*run, "floorBound"), gap = valuesOf(*run, "gap");
      const Values error = valuesOf(*run, "gapStandardError");
      const double m = valuesOf(*run, "constants")[1];
      const Values channel = valuesOf(*run, "bound");
      CHECK(valuesOf(*run, "boundHolds") == Values{1, 1, 1, 1});
      for (std::size_t k = 0; k < 4; ++k) {
        REQUIRE(floor[k] > 0);
        for (std::size_t t = 0; t <= 1500; t += 50) {
          CAPTURE(k);
          CAPTURE(t);
          const double bound = floor[k] + std::pow(1 - 0.003 * m, double(t)) * (gap[k] - floor[k]);
          CHECK(channel[4 * t + k] == doctest::Approx(bound).epsilon(1e-10));
          CHECK(gap[4 * t + k] <= bound + 4 * error[4 * t + k]);
        }
      }
    }
  }
}

TEST_CASE("batch-size: one term at a time contracts by 1 - alpha m, not by 1 - alpha/m") {
  // D scaled by 1/10: m = 0.0467, so that the two could not be further apart.
  auto settings = scalarRun("1", "with", 0.04, 50);
  settings.push_back({"a", std::string("0.1, 0.2, 0.3")});
  settings.push_back({"b", std::string("0.1, 0.1, 0.45")});
  const auto run = runOf("batch-size", settings);
  run->advance(300);
  const Values gap = valuesOf(*run, "gap");
  const double m = valuesOf(*run, "constants")[1], floor = valuesOf(*run, "floorBound")[0];
  CHECK(m == doctest::Approx(0.14 / 3).epsilon(1e-12));
  for (const std::size_t t : {5u, 20u, 100u, 300u}) {
    const double right = floor + std::pow(1 - 0.04 * m, double(t)) * (gap[0] - floor);
    const double notes = floor + std::pow(1 - 0.04 / m, double(t)) * (gap[0] - floor);
    CHECK(gap[t] < right);
    CHECK(gap[t] > 5 * notes);
  }
}

TEST_CASE("batch-size: what cannot be is refused under its name") {
  CHECK(refusedBy("batch-size", scalarRun("1, 4", "without", 0.05, 10)) == "batches");
  CHECK(refusedBy("batch-size", scalarRun("1, 1", "with", 0.05, 10)) == "batches");
  CHECK(refusedBy("batch-size", scalarRun("0", "with", 0.05, 10)) == "batches");
  CHECK(refusedBy("batch-size", scalarRun("1.5", "with", 0.05, 10)) == "batches");
  CHECK(refusedBy("batch-size", scalarRun("1,2,3,4,5,6,7,8,9", "with", 0.05, 10)) == "batches");
  CHECK(refusedBy("batch-size", scalarRun("10000", "with", 0.05, 100000)) == "replicates");
}
