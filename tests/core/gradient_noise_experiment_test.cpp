// Lemmas 5 and 6: the line over the sampled points, unbiasedness, and both sides of the lemmas.
#include <doctest.h>

#include <cmath>

#include "experiment_run.hpp"

namespace {

using wv::Point;
using wv::Setting;
using wv::test::valuesOf;

std::unique_ptr<wv::Experiment> create(const std::vector<Setting>& settings) {
  return wv::test::runOf("gradient-noise", settings);
}

std::vector<Setting> onData(const char* objective, const char* dataset,
                            std::vector<Setting> more = {}) {
  more.push_back({"objective", std::string(objective)});
  more.push_back({"dataset", std::string(dataset)});
  return more;
}

int pointsAbove(const wv::Experiment& run, double sigma0, double sigma) {
  const auto points = valuesOf(run, "points");
  int above = 0;
  for (std::size_t i = 0; i < points.size(); i += 2) {
    above += points[i + 1] > (sigma0 + sigma * points[i]) * (1 + 1e-10) ? 1 : 0;
  }
  return above;
}

const std::string distinct = "distinct";
constexpr const char* dataSets[] = {"penguins", "diabetes", "breast-cancer"};

// D of the oracles: a_i x - b_i.
constexpr double a[] = {1, 2, 3}, b[] = {1, 1, 4.5};
double termSlope(int i, double x) { return a[i] * (a[i] * x - b[i]); }
double valueOfD(double x) {
  double sum = 0;
  for (int i = 0; i < 3; ++i) {
    sum += 0.5 * (a[i] * x - b[i]) * (a[i] * x - b[i]);
  }
  return sum / 3;
}

}  // namespace

TEST_CASE("the line of the parabolas is the closed form, and touches") {
  constexpr double A = 14.0 / 3, a4 = 98.0 / 3, r2 = 5.255952380952381, a2r = 5;
  for (const double sigma : {1.6, 2.0, 3.0, 10.0}) {
    CAPTURE(sigma);
    const auto run = create({{"sigma", sigma}});
    run->advance(200);
    CHECK(valuesOf(*run, "leastSigma")[0] == doctest::Approx(a4 / (A * A)).epsilon(1e-13));
    const double sigma0 = valuesOf(*run, "sigma0")[0];
    CHECK(sigma0 == doctest::Approx(r2 + a2r * a2r / (sigma * A * A - a4)).epsilon(1e-11));
    CHECK(valuesOf(*run, "points").size() == 2 * 600);
    CHECK(pointsAbove(*run, sigma0, sigma) == 0);
    const auto touch = valuesOf(*run, "touch");
    REQUIRE(touch.size() == 2);
    CHECK(touch[1] == doctest::Approx(sigma0 + sigma * touch[0]).epsilon(1e-11));
  }
}

TEST_CASE("no sampled x of real data lies above the line, and where it is tight it touches") {
  for (const char* objective : {"least-squares", "logistic"}) {
    for (const char* dataset : dataSets) {
      for (const double batch : {1.0, 10.0}) {
        CAPTURE(objective);
        CAPTURE(dataset);
        const auto run = create(onData(objective, dataset, {{"batch", batch}, {"points", 500.0}}));
        run->advance(20);
        const double sigma0 = valuesOf(*run, "sigma0")[0], sigma = valuesOf(*run, "sigma")[0];
        CHECK(valuesOf(*run, "sigmaHolds")[0] == 1);
        CHECK(pointsAbove(*run, sigma0, sigma) == 0);
        const bool tight = valuesOf(*run, "isTight")[0] == 1;
        const auto touch = valuesOf(*run, "touch");
        CHECK(tight == (std::string(objective) == "least-squares"));
        REQUIRE(touch.size() == (tight ? 2 : 0));
        if (tight) {
          CHECK(touch[1] == doctest::Approx(sigma0 + sigma * touch[0]).epsilon(1e-9));
        }
      }
    }
  }
}

TEST_CASE("the squares at the origin of least squares, written out") {
  for (const char* dataset : dataSets) {
    CAPTURE(dataset);
    const wv::DesignMatrix design = wv::test::regressionOf(dataset);
    const auto n = static_cast<double>(design.X.rows());
    const double full = (design.X.transpose() * design.y / n).squaredNorm();
    double term = 0;
    for (Eigen::Index i = 0; i < design.X.rows(); ++i) {
      term += design.y(i) * design.y(i) * design.X.row(i).squaredNorm() / n;
    }
    const auto single = valuesOf(*create(onData("least-squares", dataset)), "iterates");
    CHECK(single[0] == doctest::Approx(full).epsilon(1e-12));
    CHECK(single[1] == doctest::Approx(term).epsilon(1e-12));
    const auto batch = valuesOf(
        *create(onData("least-squares", dataset, {{"batch", 7.0}, {"sampling", distinct}})),
        "iterates");
    const double c = (n - 7) / ((n - 1) * 7);
    CHECK(batch[1] == doctest::Approx(full + c * (term - full)).epsilon(1e-12));
  }
}

TEST_CASE("below the least sigma nothing is claimed, and sigma0 is that of the points alone") {
  const auto run = create({{"sigma", 1.2}});
  CHECK(valuesOf(*run, "sigmaHolds")[0] == 0);
  CHECK(valuesOf(*run, "touch").empty());
  const double sigma0 = valuesOf(*run, "sigma0")[0];
  CHECK(pointsAbove(*run, sigma0, 1.2) == 0);
  CHECK(pointsAbove(*run, 0.999 * sigma0, 1.2) > 0);
}

TEST_CASE("erratum 2: of a batch sigma0 falls by c, sigma only towards 1") {
  const auto term = create({{"sigma", 4.0}});
  const auto batch = create({{"sigma", 4.0}, {"batch", 16.0}});
  const double sigma0 = valuesOf(*term, "sigma0")[0];
  CHECK(valuesOf(*batch, "sigma0")[0] == doctest::Approx(sigma0 / 16).epsilon(1e-14));
  CHECK(valuesOf(*batch, "sigma")[0] == doctest::Approx(1 + 3.0 / 16).epsilon(1e-14));
  CHECK(valuesOf(*batch, "termConstants") == std::vector<double>{sigma0, 4});
  // With sigma / b, as the notes have it, the points far out are above the line.
  CHECK(pointsAbove(*batch, sigma0 / 16, 4.0 / 16) > 100);
}

TEST_CASE("erratum 5: gradient descent is sigma0 = 0, sigma = 1") {
  const auto run = create({{"batch", 3.0}, {"sampling", distinct}});
  run->advance(10);
  CHECK(valuesOf(*run, "sigma0")[0] == 0);
  CHECK(valuesOf(*run, "sigma")[0] == 1);
  const auto points = valuesOf(*run, "points");
  for (std::size_t i = 0; i < points.size(); i += 2) {
    CHECK(points[i + 1] == points[i]);
  }
}

TEST_CASE("the expected change is that of all batches, listed") {
  for (const bool replaced : {true, false}) {
    CAPTURE(replaced);
    const auto run = create({{"batch", 2.0},
                             {"sampling", std::string(replaced ? "replacement" : "distinct")},
                             {"alpha", 0.11},
                             {"x0", -0.7}});
    double sum = 0;
    int batches = 0;
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        if (replaced || i != j) {
          const double g = 0.5 * (termSlope(i, -0.7) + termSlope(j, -0.7));
          sum += valueOfD(-0.7 - 0.11 * g) - valueOfD(-0.7);
          ++batches;
        }
      }
    }
    CHECK(valuesOf(*run, "descentMeasured")[0] == doctest::Approx(sum / batches).epsilon(1e-12));
    CHECK(valuesOf(*run, "descentStandardError")[0] == 0);
  }
}

TEST_CASE("the expected change of logistic regression is the mean over all terms") {
  wv::DesignMatrix design = wv::test::classificationOf("breast-cancer");
  wv::appendIntercept(design);
  const auto n = design.X.rows();
  constexpr double alpha = 0.3, ridge = 0.1;
  const auto value = [&](const Point& w) {
    double sum = 0;
    for (Eigen::Index i = 0; i < n; ++i) {
      sum += std::log1p(std::exp(-design.y(i) * design.X.row(i).dot(w)));
    }
    return sum / static_cast<double>(n) + 0.5 * ridge * w.squaredNorm();
  };
  double change = 0;
  for (Eigen::Index i = 0; i < n; ++i) {  // from the origin, where the ridge does not pull
    const Point next = 0.5 * alpha * design.y(i) * design.X.row(i).transpose();
    change += (value(next) - std::log(2.0)) / static_cast<double>(n);
  }
  const auto single = create(onData("logistic", "breast-cancer", {{"alpha", alpha}}));
  CHECK(valuesOf(*single, "descentMeasured")[0] == doctest::Approx(change).epsilon(1e-10));
  CHECK(valuesOf(*single, "descentStandardError")[0] == 0);
  // Batches of one, but drawn: with as many terms as digits has it is an estimate.
  const auto drawn = create(onData("logistic", "digits", {{"alpha", alpha}}));
  CHECK(valuesOf(*drawn, "descentStandardError")[0] > 0);
}

// Where the left side is an estimate (logistic, batches) 4 standard errors are allowed: Lemma 5 has
// far more slack than that on these data.
TEST_CASE("both lemmas hold at every step, on every data set") {
  for (const char* objective : {"least-squares", "logistic"}) {
    for (const char* dataset : dataSets) {
      for (const double batch : {1.0, 6.0}) {
        CAPTURE(objective);
        CAPTURE(dataset);
        CAPTURE(batch);
        const auto run =
            create(onData(objective, dataset, {{"batch", batch}, {"alpha", 0.01}, {"seed", 3.0}}));
        run->advance(40);
        const auto measured = valuesOf(*run, "descentMeasured");
        const auto standardError = valuesOf(*run, "descentStandardError");
        const auto bound = valuesOf(*run, "descentBound");
        REQUIRE(bound.size() == 2 * measured.size());
        for (std::size_t t = 0; t < measured.size(); ++t) {
          const double rounding = 1e-12 * (1 + std::fabs(measured[t]));
          CHECK(measured[t] <= bound[2 * t] + 4 * standardError[t] + rounding);
          CHECK(bound[2 * t] <= bound[2 * t + 1] + rounding);
        }
      }
    }
  }
}

TEST_CASE("the lemmas' right-hand sides, written out on the parabolas") {
  const auto run = create({{"sigma", 2.0}, {"alpha", 0.03}});
  run->advance(3);
  const auto iterates = valuesOf(*run, "iterates");
  const auto bound = valuesOf(*run, "descentBound");
  const double L = 14.0 / 3, sigma0 = valuesOf(*run, "sigma0")[0];
  for (std::size_t t = 0; t < 4; ++t) {
    const double full = iterates[2 * t], batch = iterates[2 * t + 1];
    CHECK(bound[2 * t] == doctest::Approx(-0.03 * full + 0.00045 * L * batch).epsilon(1e-12));
    CHECK(bound[2 * t + 1] ==
          doctest::Approx(-0.03 * (1 - 0.03 * L) * full + 0.00045 * L * sigma0).epsilon(1e-12));
  }
}

// The squared error over its expectation has mean 1 and at least as light a tail as chi squared
// with one degree of freedom, whose 4-standard-error tail is 6e-5.
TEST_CASE("the mean of all terms is the gradient; that of drawn batches to its standard error") {
  for (const char* objective : {"scalar", "least-squares", "logistic"}) {
    for (const double batch : {1.0, 5.0}) {
      CAPTURE(objective);
      const auto run = create(onData(objective, "penguins", {{"batch", batch}}));
      const auto first = valuesOf(*run, "bias");
      run->advance(24);
      const auto bias = valuesOf(*run, "bias");
      CHECK(bias[0] < 1e-14);
      CHECK(bias[3] == 2500);
      CHECK(bias[1] > 0);
      CHECK(bias[1] <= 4 * bias[2]);
      // 25 times the draws: a fifth of the error, known to about 10 % from the first hundred.
      CHECK(bias[2] == doctest::Approx(first[2] / 5).epsilon(0.3));
    }
  }
}

TEST_CASE("sigma and alpha move at once; 600 + 400 steps are 1000 steps, and edits replay") {
  const auto settings = onData("least-squares", "penguins", {{"batch", 2.0}});
  const auto whole = create(settings);
  const auto parts = create(settings);
  whole->advance(600);
  const auto before = valuesOf(*whole, "descentMeasured");
  REQUIRE(whole->set("alpha", 0.01).empty());
  const auto after = valuesOf(*whole, "descentMeasured");
  CHECK(before[599] == after[599]);
  CHECK(before[600] != after[600]);
  const double line = valuesOf(*whole, "sigma")[0];
  REQUIRE(whole->set("sigma", 100.0).empty());
  CHECK(valuesOf(*whole, "sigma")[0] != line);
  whole->advance(400);
  parts->advance(1);
  parts->advance(599);
  for (const wv::Edit& edit : whole->edits()) {
    REQUIRE(parts->set(edit.parameter, edit.value).empty());
  }
  parts->advance(400);
  for (const char* id : {"points", "iterates", "bias", "gap", "descentMeasured", "descentBound",
                         "constants", "termConstants"}) {
    CAPTURE(id);
    CHECK(valuesOf(*whole, id) == valuesOf(*parts, id));
  }
}

TEST_CASE("more points at first are the points that steps would add") {
  const auto few = create({{"points", 10.0}});
  const auto many = create({{"points", 40.0}});
  few->advance(30);
  CHECK(valuesOf(*few, "points") == valuesOf(*many, "points"));
}

TEST_CASE("divergence of the run is a result with finite numbers") {
  const auto run = create({{"alpha", 0.9}});
  run->advance(1000);
  CHECK(run->status().state == wv::RunState::diverged);
  for (const char* id : {"gap", "iterates", "descentMeasured", "descentBound", "bias"}) {
    for (const double value : valuesOf(*run, id)) {
      CHECK(std::isfinite(value));
    }
  }
}
