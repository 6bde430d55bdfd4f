// The markov experiment: one step and its law, the Gaussian model, and the chain on a grid.
#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"

namespace {

using wv::Setting;
using wv::Value;
using wv::test::refusedBy;
using wv::test::valuesOf;
using Values = std::vector<double>;

std::unique_ptr<wv::Experiment> runOf(const std::vector<Setting>& given) {
  return wv::test::runOf("markov", given);
}

const std::string reshuffle = "reshuffle", distinct = "distinct", scalar = "scalar";

// D of the oracles: a_i x - b_i.
constexpr double a[] = {1, 2, 3}, b[] = {1, 1, 4.5};
double termSlope(int i, double x) { return a[i] * (a[i] * x - b[i]); }

std::vector<Setting> ofD(std::vector<Setting> more = {}) {
  more.push_back({"objective", scalar});
  more.push_back({"alpha", 0.05});
  more.push_back({"x0", 2.0});
  return more;
}

// Oracle 4: two terms, each pulling half-way to -1 or to 1.
std::vector<Setting> halfWay(std::vector<Setting> more = {}) {
  more.push_back({"objective", scalar});
  more.push_back({"a", std::string("1, 1")});
  more.push_back({"b", std::string("1, -1")});
  more.push_back({"alpha", 0.5});
  more.push_back({"x0", 0.0});
  return more;
}

double meanOf(const Values& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return sum / static_cast<double>(values.size());
}

}  // namespace

// 4 standard errors everywhere: a false alarm once in 16 000 comparisons, of which there are under
// a hundred, with a fixed seed.
TEST_CASE("the cloud's mean and covariance are the predicted ones, written out on real data") {
  const wv::DesignMatrix design = wv::test::regressionOf("diabetes", {"bmi", "s5"});
  const auto n = static_cast<double>(design.X.rows());
  constexpr double alpha = 0.4, ridge = 0.1, x[] = {-0.3, 0.8};
  for (const bool replaced : {true, false}) {
    for (const double batch : {1.0, 8.0, 442.0}) {
      CAPTURE(replaced);
      CAPTURE(batch);
      double sum[2] = {}, products[2][2] = {};
      for (Eigen::Index i = 0; i < design.X.rows(); ++i) {
        const double residual = design.X(i, 0) * x[0] + design.X(i, 1) * x[1] - design.y(i);
        for (int j = 0; j < 2; ++j) {
          sum[j] += residual * design.X(i, j) + ridge * x[j];
          for (int k = 0; k < 2; ++k) {
            products[j][k] += (residual * design.X(i, j) + ridge * x[j]) *
                              (residual * design.X(i, k) + ridge * x[k]);
          }
        }
      }
      const double c = replaced ? 1 / batch : (n - batch) / ((n - 1) * batch);
      const auto run = runOf({{"alpha", alpha},
                              {"ridge", ridge},
                              {"x0", x[0]},
                              {"y0", x[1]},
                              {"batch", batch},
                              {"sampling", replaced ? std::string("replacement") : distinct}});
      const Values mean = valuesOf(*run, "mean"), error = valuesOf(*run, "meanStandardError");
      const Values predicted = valuesOf(*run, "predictedMean");
      const Values spread = valuesOf(*run, "covariance");
      const Values spreadError = valuesOf(*run, "covarianceStandardError");
      const Values predictedSpread = valuesOf(*run, "predictedCovariance");
      for (std::size_t j = 0; j < 2; ++j) {
        CHECK(predicted[j] == doctest::Approx(x[j] - alpha * sum[j] / n).epsilon(1e-12));
        CHECK(std::fabs(mean[j] - predicted[j]) <= 4 * error[j] + 1e-14);
        for (std::size_t k = 0; k < 2; ++k) {
          const double exact = alpha * alpha * c * (products[j][k] / n - sum[j] / n * sum[k] / n);
          CHECK(predictedSpread[2 * j + k] == doctest::Approx(exact).epsilon(1e-10));
          CHECK(std::fabs(spread[2 * j + k] - exact) <= 4 * spreadError[2 * j + k] + 1e-25);
        }
      }
    }
  }
}

TEST_CASE("row r of the cloud of chain 0 is where replicate r goes from there") {
  for (const std::string& sampling : {std::string("replacement"), distinct}) {
    const auto run = runOf(ofD({{"batch", 2.0}, {"sampling", sampling}, {"replicates", 50.0}}));
    const Values first = valuesOf(*run, "cloud");
    run->advance(1);
    CHECK(valuesOf(*run, "x") == first);
    const double next = valuesOf(*run, "cloud")[0];
    run->advance(1);
    CHECK(valuesOf(*run, "path") == Values{2, first[0], next});
  }
}

TEST_CASE("erratum 11: reshuffled, the next step depends on what the epoch has used") {
  const auto run = runOf(ofD({{"sampling", reshuffle}}));
  for (int epoch = 0; epoch < 4; ++epoch) {
    for (std::size_t used = 0; used < 3; ++used) {
      const double x = valuesOf(*run, "path").back();
      const Values available = valuesOf(*run, "available");
      REQUIRE(available.size() == 3 - used);
      double sum = 0;
      for (const double i : available) {
        sum += termSlope(static_cast<int>(i), x) / static_cast<double>(available.size());
      }
      CHECK(valuesOf(*run, "predictedMean")[0] == doctest::Approx(x - 0.05 * sum).epsilon(1e-13));
      // What x alone would say, wrong in the middle of an epoch.
      CHECK(valuesOf(*run, "modelMean")[0] ==
            doctest::Approx(x - 0.05 * (14.0 / 3 * x - 5.5)).epsilon(1e-12));
      for (const double next : valuesOf(*run, "cloud")) {
        int hits = 0;
        for (const double i : available) {
          hits += std::fabs(next - (x - 0.05 * termSlope(static_cast<int>(i), x))) < 1e-12 ? 1 : 0;
        }
        REQUIRE(hits == 1);
      }
      if (used == 2) {  // certain
        CHECK(valuesOf(*run, "covariance")[0] == 0);
        CHECK(valuesOf(*run, "predictedCovariance")[0] == 0);
        CHECK(valuesOf(*run, "shape").empty());
        const double next = valuesOf(*run, "cloud")[0];
        run->advance(1);
        CHECK(valuesOf(*run, "path").back() == doctest::Approx(next).epsilon(1e-14));
      } else {
        run->advance(1);
      }
    }
  }
  CHECK(valuesOf(*run, "transition").empty());
}

TEST_CASE("the variance follows alpha^2 and the law of b, with and without replacement") {
  for (const std::string& sampling : {std::string("replacement"), distinct}) {
    const auto run = runOf({{"sampling", sampling}, {"alpha", 0.2}});
    const Values byAlpha = valuesOf(*run, "varianceByStepSize");
    const Values byBatch = valuesOf(*run, "varianceByBatch");
    REQUIRE(byAlpha.size() == 4 * 8);
    REQUIRE(byBatch.size() == 4 * 9);
    for (std::size_t k = 0; k < byAlpha.size(); k += 4) {
      CHECK(byAlpha[k + 3] ==
            doctest::Approx(byAlpha[3] * std::pow(byAlpha[k] / byAlpha[0], 2)).epsilon(1e-12));
      CHECK(std::fabs(byAlpha[k + 1] - byAlpha[k + 3]) < 4 * byAlpha[k + 2]);
    }
    for (std::size_t k = 0; k < byBatch.size(); k += 4) {
      const double batch = byBatch[k];
      const double c = sampling == distinct ? (442 - batch) / (441 * batch) : 1 / batch;
      CHECK(byBatch[k + 3] == doctest::Approx(byBatch[3] * c).epsilon(1e-11));
      CHECK(std::fabs(byBatch[k + 1] - byBatch[k + 3]) < 4 * byBatch[k + 2]);
    }
  }
  const auto few = runOf(ofD({{"sampling", distinct}}));
  const Values byBatch = valuesOf(*few, "varianceByBatch");
  REQUIRE(byBatch.size() == 4 * 3);  // b = 1, 2 and all 3, which leaves no variance
  CHECK(byBatch[4 * 2 + 1] < 1e-28);
  CHECK(byBatch[4 * 2 + 3] == 0);
}

TEST_CASE("skewness and kurtosis are the exact ones, and fade as b grows") {
  double ofOne = 0;
  for (const double batch : {1.0, 4.0, 64.0}) {
    CAPTURE(batch);
    const auto run = runOf({{"batch", batch}, {"replicates", 20'000.0}});
    const Values shape = valuesOf(*run, "shape"), error = valuesOf(*run, "shapeStandardError");
    const Values exact = valuesOf(*run, "predictedShape");
    REQUIRE(shape.size() == 2);
    // Heavy tails make the error itself uncertain: 5 of them.
    CHECK(std::fabs(shape[0] - exact[0]) < 5 * error[0]);
    CHECK(std::fabs(shape[1] - exact[1]) < 5 * error[1]);
    ofOne = batch == 1 ? exact[1] : ofOne;
    CHECK(exact[1] == doctest::Approx(ofOne / batch).epsilon(1e-9));
  }
}

TEST_CASE("oracle 4 on the grid: the uniform law, approached by halves") {
  const auto run = runOf(halfWay({{"grid", 40.0}, {"replicates", 20'000.0}}));
  run->advance(30);
  const Values grid = valuesOf(*run, "grid"), stationary = valuesOf(*run, "stationary");
  const double width = grid[1] - grid[0];
  double mass = 0, variance = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    mass += stationary[i];
    variance += stationary[i] * (grid[i] * grid[i] + width * width / 12);
  }
  CHECK(mass == doctest::Approx(1).epsilon(1e-12));
  // Cells that map onto cells: the grid adds no error.
  CHECK(variance == doctest::Approx(1.0 / 3).epsilon(1e-12));
  // Several eigenvalues have this modulus, as the cells map onto one another in a cycle.
  CHECK(valuesOf(*run, "secondEigenvalue")[0] == doctest::Approx(0.5).epsilon(1e-3));
  const Values distance = valuesOf(*run, "totalVariation");
  REQUIRE(distance.size() == 31);
  CHECK(distance[20] / distance[16] == doctest::Approx(1.0 / 16).epsilon(1e-6));
  // The model has the same mean and variance, but a Gaussian law.
  const Values x = valuesOf(*run, "x"), modelX = valuesOf(*run, "modelX");
  Values squares, fourths;
  for (const double value : modelX) {
    squares.push_back(value * value);
    fourths.push_back(std::pow(value, 4));
  }
  const double second = meanOf(squares);
  CHECK(std::fabs(second - 1.0 / 3) < 4 * std::sqrt(2.0 / 9 / 20'000));
  CHECK(std::fabs(meanOf(fourths) / (second * second) - 3) < 4 * std::sqrt(24.0 / 20'000));
  for (const double value : x) {
    REQUIRE(std::fabs(value) <= 1);
  }
}

TEST_CASE("the powers of the matrix are the law of the chains, cell by cell") {
  // Oracle 2: stationary variance 0.034129560915 of D. The grid adds its own smear.
  const auto run = runOf(ofD({{"grid", 200.0}, {"replicates", 20'000.0}}));
  run->advance(60);
  const Values grid = valuesOf(*run, "grid"), stationary = valuesOf(*run, "stationary");
  double mean = 0, second = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    mean += stationary[i] * grid[i];
    second += stationary[i] * grid[i] * grid[i];
  }
  CHECK(mean == doctest::Approx(1.178571428571).epsilon(1e-3));
  CHECK(second - mean * mean == doctest::Approx(0.034129560915).epsilon(0.02));
  CHECK(valuesOf(*run, "secondEigenvalue")[0] == doctest::Approx(1 - 0.05 * 14 / 3).epsilon(1e-2));
  const Values shares = valuesOf(*run, "shares"), law = valuesOf(*run, "law");
  double distance = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    distance += 0.5 * std::fabs(shares[i] - law[i]);
  }
  const Values told = valuesOf(*run, "sharesDistance");
  CHECK(told[0] == doctest::Approx(distance).epsilon(1e-12));
  // The law is a Cantor-like one with jumps that the cells smear: a few times what chance makes.
  CHECK(told[0] < 5 * told[1]);
}

TEST_CASE("every batch is in the matrix, or enough of them") {
  for (const double batch : {1.0, 3.0, 50.0, 90.0}) {
    CAPTURE(batch);
    const auto run = runOf(ofD({{"batch", batch}, {"grid", 30.0}}));
    CHECK(valuesOf(*run, "transitionIsExact")[0] == (batch < 60 ? 1 : 0));
    const Values matrix = valuesOf(*run, "transition"), grid = valuesOf(*run, "grid");
    for (std::size_t i = 0; i < 30; ++i) {
      double sum = 0, mean = 0;
      for (std::size_t j = 0; j < 30; ++j) {
        sum += matrix[30 * i + j];
        mean += matrix[30 * i + j] * grid[j];
      }
      CHECK(sum == doctest::Approx(1).epsilon(1e-12));
      if (i == 14) {  // far from the ends: the mean is that of gradient descent
        CHECK(mean == doctest::Approx(grid[i] - 0.05 * (14.0 / 3 * grid[i] - 5.5)).epsilon(5e-3));
      }
    }
  }
}

TEST_CASE("600 + 400 steps are 1000 steps, and replicate 17 of 100 is that of 4000") {
  const std::vector<Setting> settings = {{"batch", 3.0}, {"replicates", 100.0}};
  const auto whole = runOf(settings), parts = runOf(settings);
  const auto many = runOf({{"batch", 3.0}});
  whole->advance(1000);
  parts->advance(600);
  valuesOf(*parts, "cloud");
  parts->advance(400);
  many->advance(1000);
  for (const char* id : {"x", "modelX", "cloud", "path", "density", "varianceByBatch"}) {
    CAPTURE(id);
    CHECK(valuesOf(*whole, id) == valuesOf(*parts, id));
  }
  for (const char* id : {"x", "modelX", "cloud", "modelCloud"}) {
    CAPTURE(id);
    const Values few = valuesOf(*whole, id), all = valuesOf(*many, id);
    CHECK(few == Values(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(few.size())));
  }
}

TEST_CASE("divergence is a result with finite numbers; what does not fit is refused by name") {
  for (const std::string& objective : {scalar, std::string("least-squares")}) {
    const auto run = runOf({{"objective", objective}, {"alpha", 60.0}});
    run->advance(1000);
    CHECK(run->status().state == wv::RunState::diverged);
    for (const char* id : {"x", "cloud", "covariance", "density", "varianceByBatch", "law"}) {
      for (const double value : valuesOf(*run, id)) {
        REQUIRE(std::isfinite(value));
      }
    }
  }
  CHECK(refusedBy("markov", ofD({{"sampling", distinct}, {"batch", 4.0}})) == "batch");
  CHECK(refusedBy("markov", {{"features", std::string("bmi")}}) == "features");
  CHECK(refusedBy("markov", {{"replicates", 1e5}, {"batch", 2000.0}}) == "replicates");
}
