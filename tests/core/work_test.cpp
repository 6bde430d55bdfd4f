#include "theory/work.hpp"

#include <doctest.h>

#include <cmath>
#include <limits>

#include "data_sets.hpp"
#include "objective/least_squares.hpp"
#include "objective/logistic.hpp"
#include "theory/constants.hpp"

namespace {

using namespace wv::test;
using wv::DescentConstants;

const DescentConstants noisy{4, 0.5, {2, 3}};

}  // namespace

TEST_CASE("crossover, oracle 6") {
  CHECK(std::abs(*wv::crossoverTarget(100) - 1.544932e-3) < 5e-10);
  CHECK(std::abs(*wv::crossoverTarget(1e4) - 8.571100e-6) < 5e-12);
}

TEST_CASE("crossover solves 1/target = n log(1/target) to the last digits, SGD wins above it") {
  for (double n : {3.0, 10.0, 342.0, 1e6, 1e12}) {
    const double target = *wv::crossoverTarget(n);
    CHECK(1 / target == doctest::Approx(n * std::log(1 / target)).epsilon(4e-15));
    CHECK(target < 1 / n);
    const auto sgdWins = [&](double epsilon) { return 1 / epsilon < n * std::log(1 / epsilon); };
    CHECK(sgdWins(1.01 * target));
    CHECK(!sgdWins(0.99 * target));
  }
  CHECK(!wv::crossoverTarget(2));
  CHECK(!wv::crossoverTarget(std::nan("")));
}

TEST_CASE("gradient descent: the work is what the rate needs, step by step") {
  const double rate = wv::gradientDescentRate(0.2, 4, 0.5);
  const double work = wv::gradientDescentWork(100, rate, 10, 1e-6);
  double gap = 10;
  int steps = 0;
  while (gap > 1e-6) {
    gap *= rate;
    ++steps;
  }
  CHECK(std::ceil(work / 100) == steps);
  CHECK(wv::gradientDescentWork(100, rate, 1, 1) == 0);
  CHECK(wv::gradientDescentWork(100, 0, 10, 1e-6) == 100);
  CHECK(std::isinf(wv::gradientDescentWork(100, 1, 10, 1e-6)));
}

TEST_CASE("SGD, constant step: the first step at which Theorem 7's bound meets the target") {
  const double work = wv::constantStepWork(0.02, noisy, 8, 10, 0.3);
  const int steps = static_cast<int>(std::ceil(work / 8));
  CHECK(wv::constantStepBound(0.02, noisy, 10, steps) <= 0.3);
  CHECK(wv::constantStepBound(0.02, noisy, 10, steps - 1) > 0.3);
  CHECK(wv::constantStepFloor(0.02, noisy) == doctest::Approx(0.16));
  CHECK(std::isinf(wv::constantStepWork(0.02, noisy, 8, 10, 0.16)));
  CHECK(wv::constantStepWork(0.02, noisy, 8, 10, 10) == 0);
}

TEST_CASE("SGD, constant step: no other step is better than the best") {
  for (double target : {5.0, 0.3, 1e-2, 1e-5}) {
    const double best = wv::bestConstantStep(noisy, 10, target);
    CAPTURE(target);
    CHECK(best > 0);
    CHECK(wv::constantStepFailures(best, noisy).empty());
    const double least = wv::constantStepWork(best, noisy, 1, 10, target);
    CHECK(std::isfinite(least));
    for (int k = 1; k <= 1000; ++k) {
      const double alpha = wv::largestStep(noisy) * std::pow(0.985, 1000 - k);
      CHECK(wv::constantStepWork(alpha, noisy, 1, 10, target) >= least * (1 - 1e-12));
    }
  }
  CHECK(wv::bestConstantStep({4, 0.5, {0, 1}}, 10, 1e-6) == 0.25);
  CHECK(wv::bestConstantStep(noisy, 1, 1) == 0);
}

TEST_CASE("SGD, decaying step: where Theorem 8's bound meets the target") {
  const wv::InverseTimeSteps steps = wv::bestInverseTimeSteps(noisy);
  const double nu = wv::inverseTimeNu(steps, noisy, 10);
  const double work = wv::inverseTimeWork(steps, noisy, 4, 10, 1e-3);
  CHECK(wv::inverseTimeBound(nu, steps.t0, work / 4) == doctest::Approx(1e-3).epsilon(1e-12));
  CHECK(wv::inverseTimeWork(steps, noisy, 4, 10, 20) == 0);
  CHECK(std::isinf(wv::inverseTimeWork({1, 50}, noisy, 4, 10, 1e-3)));
}

TEST_CASE("variance reduction: the steepest term, by the Hessian of every term alone") {
  const auto regression = regressionOf("diabetes");
  const auto classification = classificationOf("penguins");
  const auto oneTerm = [](const wv::DesignMatrix& design, Eigen::Index i) {
    wv::DesignMatrix alone;
    alone.X = design.X.row(i);
    alone.y = design.y.segment(i, 1);
    return alone;
  };
  double steepestSquare = 0, steepestLogistic = 0;
  for (Eigen::Index i = 0; i < regression.X.rows(); ++i) {
    const wv::LeastSquares term(oneTerm(regression, i), 0.1);
    steepestSquare = std::max(steepestSquare, term.curvature()->smoothness);
  }
  for (Eigen::Index i = 0; i < classification.X.rows(); ++i) {
    const wv::Logistic term(oneTerm(classification, i), 0.1);
    steepestLogistic = std::max(steepestLogistic, term.curvature()->smoothness);
  }
  CHECK(wv::largestTermSmoothness(regression.X, 1, 0.1) ==
        doctest::Approx(steepestSquare).epsilon(1e-12));
  CHECK(wv::largestTermSmoothness(classification.X, 0.25, 0.1) ==
        doctest::Approx(steepestLogistic).epsilon(1e-12));
  CHECK(wv::varianceReducedWork(100, 20, 0.5, 10, 10 / std::exp(3.0)) ==
        doctest::Approx(140 * 3).epsilon(1e-14));
  CHECK(wv::varianceReducedWork(100, 20, 0.5, 1, 1) == 0);
}
