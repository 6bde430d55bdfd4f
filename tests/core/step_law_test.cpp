// Where one step of SGD leads, and the Gaussian model with the same mean and covariance.
#include "theory/step_law.hpp"

#include <doctest.h>

#include <cmath>

#include "data_sets.hpp"
#include "numeric/statistics.hpp"
#include "objective/least_squares.hpp"
#include "objective/scalar_quadratic.hpp"
#include "theory/gaussian_model.hpp"

namespace {

using wv::Block;
using wv::Matrix;
using wv::Point;
using wv::Sampling;

const double slopes[] = {1, 2, 3}, targets[] = {1, 1, 4.5};

Point at(double x, double y) {
  Point point(2);
  point << x, y;
  return point;
}

}  // namespace

TEST_CASE("mean and covariance of one step are those over all batches of two") {
  const wv::ScalarQuadratic f(slopes, targets);
  constexpr double x = -0.7, alpha = 0.11;
  for (const Sampling sampling : {Sampling::replacement, Sampling::distinct}) {
    double sum = 0, squares = 0;
    int batches = 0;
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        if (sampling == Sampling::replacement || i != j) {
          const double next = x - 0.5 * alpha *
                                      (slopes[i] * (slopes[i] * x - targets[i]) +
                                       slopes[j] * (slopes[j] * x - targets[j]));
          sum += next;
          squares += next * next;
          ++batches;
        }
      }
    }
    const Point here = Point::Constant(1, x);
    const wv::StepLaw law =
        wv::stepLaw(here, wv::gradientsOf(f, here, wv::allTerms(f)), alpha, sampling, 2);
    const double mean = sum / batches;
    CHECK(law.mean(0) == doctest::Approx(mean).epsilon(1e-14));
    CHECK(law.covariance(0, 0) == doctest::Approx(squares / batches - mean * mean).epsilon(1e-12));
  }
}

TEST_CASE("the covariance by its quadratic form is the one over the terms, anywhere") {
  const wv::DesignMatrix design = wv::test::regressionOf("diabetes", {"bmi", "s5"});
  const wv::LeastSquares f(design, 0.3);
  const wv::GaussianModel model(f, design.X, design.y, wv::ModelNoise::matched, 0.25, 1);
  for (const Point& x : std::vector<Point>{at(0, 0), at(0.3, 0.2), at(-4, 7)}) {
    const wv::StepLaw law =
        wv::stepLaw(x, wv::gradientsOf(f, x, wv::allTerms(f)), 1, Sampling::replacement, 4);
    const Matrix difference = law.covariance - model.covariance(x);
    CHECK(difference.cwiseAbs().maxCoeff() < 1e-12 * law.covariance.norm());
  }
}

// 40 000 steps from one point: 4 standard errors of a mean and of second moments of a Gaussian.
TEST_CASE(
    "a step of the model has this mean and covariance, and no other shape than a Gaussian's") {
  const wv::DesignMatrix design = wv::test::regressionOf("diabetes", {"bmi", "s5"});
  const wv::LeastSquares f(design, 0.1);
  const wv::GaussianModel model(f, design.X, design.y, wv::ModelNoise::matched, 1, 5);
  constexpr double alpha = 0.4;
  constexpr Eigen::Index R = 40'000;
  const Point x = at(-1, 0.5);
  wv::State state;
  state.x = x.transpose().array().replicate(R, 1);
  model.step(alpha, state);
  const wv::StepLaw law =
      wv::stepLaw(x, wv::gradientsOf(f, x, wv::allTerms(f)), alpha, Sampling::replacement, 1);
  const Block centred = state.x.rowwise() - law.mean.transpose().array();
  for (Eigen::Index j = 0; j < 2; ++j) {
    const double spread = std::sqrt(law.covariance(j, j));
    CHECK(std::fabs(wv::numeric::mean(centred.col(j))) < 4 * spread / std::sqrt(double(R)));
    CHECK(std::fabs(wv::numeric::mean((centred.col(j) / spread).cube())) < 4 * std::sqrt(15.0 / R));
    for (Eigen::Index k = 0; k < 2; ++k) {
      const wv::Column product = centred.col(j) * centred.col(k);
      CHECK(std::fabs(wv::numeric::mean(product) - law.covariance(j, k)) <
            4 * wv::numeric::standardError(product));
    }
  }
  CHECK(state.step == 1);
}

TEST_CASE("Assumption 14: the covariance is c I, whatever x") {
  const wv::ScalarQuadratic f(slopes, targets);
  const wv::GaussianModel model(f, f.a().matrix(), f.b().matrix(), wv::ModelNoise::identity, 0.5,
                                1);
  CHECK(model.covariance(Point::Constant(1, 3))(0, 0) == 0.5);
  CHECK(model.covariance(Point::Constant(1, -8))(0, 0) == 0.5);
}

TEST_CASE("a larger block of the model holds the smaller one") {
  const wv::ScalarQuadratic f(slopes, targets);
  const wv::GaussianModel model(f, f.a().matrix(), f.b().matrix(), wv::ModelNoise::matched, 1, 9);
  wv::State few, many;
  few.x = Block::Constant(7, 1, 2);
  many.x = Block::Constant(1000, 1, 2);
  for (int t = 0; t < 20; ++t) {
    model.step(0.05, few);
    model.step(0.05, many);
  }
  CHECK((few.x == many.x.topRows(7)).all());
}
