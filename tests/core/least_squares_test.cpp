#include "objective/least_squares.hpp"

#include <doctest.h>

#include "eigen_oracles.hpp"

#include <cmath>

#include "data_sets.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv::test;
using wv::LeastSquares;
using wv::Matrix;
using wv::Point;

// The problem as one overdetermined system, [X / sqrt n; sqrt(ridge) I] w = [y / sqrt n; 0]: solved
// by QR and measured by singular values, without ever forming X^T X.
struct Oracle {
  double smoothness, strongConvexity, minimum;
  Point minimizer;

  Oracle(const wv::DesignMatrix& design, double ridge) {
    const Eigen::Index n = design.X.rows(), d = design.X.cols();
    const double root = std::sqrt(static_cast<double>(n));
    Matrix A(n + d, d);
    A << design.X / root, std::sqrt(ridge) * Matrix::Identity(d, d);
    Point b(n + d);
    b << design.y / root, Point::Zero(d);
    const Point singularValues = wv::test::singularValuesOf(A);
    smoothness = singularValues(0) * singularValues(0);
    strongConvexity = singularValues(d - 1) * singularValues(d - 1);
    minimizer = wv::test::leastSquaresSolution(A, b);
    minimum = 0.5 * (A * minimizer - b).squaredNorm();
  }
};

wv::DesignMatrix designOf(const Matrix& X, const Point& y) {
  wv::DesignMatrix design;
  design.X = X;
  design.y = y;
  return design;
}

}  // namespace

TEST_CASE("least squares by hand: two samples, two weights") {
  Matrix X(2, 2);
  X << 1, 2, 3, -1;
  const LeastSquares objective(designOf(X, Point::Constant(2, 1)), 0.5);
  CHECK(objective.dim() == 2);
  CHECK(objective.terms() == 2);
  // At w = (1, 1): residuals 2 and 1, f = (4 + 1)/4 + 0.25 * 2.
  const Point ones = Point::Ones(2);
  CHECK(valueAt(objective, ones) == 1.75);
  CHECK(gradientAt(objective, ones)(0) == (2 * 1 + 1 * 3) / 2.0 + 0.5);
  CHECK(gradientAt(objective, ones)(1) == (2 * 2 + 1 * -1) / 2.0 + 0.5);
  wv::Block g(1, 2);
  objective.termGradient(wv::Block::Ones(1, 2), wv::IndexColumn::Constant(1, 1), g);
  CHECK(g(0, 0) == 1 * 3 + 0.5);
  CHECK(g(0, 1) == 1 * -1 + 0.5);
  Matrix hessian(2, 2);
  hessian << 5.5, -0.5, -0.5, 3;
  CHECK(objective.hessian(ones) == hessian);
}

TEST_CASE("least squares on data: derivatives, terms, batches of every size") {
  for (const wv::DatasetInfo& info : wv::datasets()) {
    CAPTURE(info.id);
    const LeastSquares objective(regressionOf(info.id), 0.1);
    const int d = objective.dim();
    checkDerivatives(objective, seededBlock(51, 2, d));
    checkBatch(objective, seededBlock(52, 70, d));
    checkTerms(objective, row(seededBlock(53, 1, d), 0));
    checkMinimizers(objective);
  }
}

TEST_CASE("least squares on data: L, m, f* and w* against QR and singular values") {
  for (const wv::DatasetInfo& info : wv::datasets()) {
    for (double ridge : {0.1, 1e-3, 0.0}) {
      CAPTURE(info.id);
      CAPTURE(ridge);
      const auto design = regressionOf(info.id);
      const LeastSquares objective(design, ridge);
      const Oracle oracle(design, ridge);
      const auto curvature = *objective.curvature();
      CHECK(curvature.smoothness == doctest::Approx(oracle.smoothness).epsilon(1e-12));
      CHECK(std::abs(curvature.strongConvexity - oracle.strongConvexity) < 1e-12);
      REQUIRE(objective.minimizers().size() == 1);
      const Point minimizer = objective.minimizers()[0];
      CHECK(std::abs(valueAt(objective, minimizer) - oracle.minimum) < 1e-13);
      CHECK((minimizer - oracle.minimizer).norm() < 1e-8);
    }
  }
}

TEST_CASE("least squares: the published fit of the diabetes data explains 51.8 % of the variance") {
  // f* = (1 - R^2) / 2 as the target has variance 1.
  const LeastSquares objective(regressionOf("diabetes"), 0);
  const double minimum = valueAt(objective, objective.minimizers()[0]);
  CHECK(1 - 2 * minimum == doctest::Approx(0.5177).epsilon(1e-4));
}

TEST_CASE("least squares with more weights than samples and no ridge: flat, but minimised") {
  Matrix X(2, 3);
  X << 1, 2, 3, 3, 2, 1;
  const LeastSquares objective(designOf(X, Point::Constant(2, 1)), 0);
  CHECK(objective.curvature()->strongConvexity == 0);
  REQUIRE(objective.minimizers().size() == 1);
  CHECK(valueAt(objective, objective.minimizers()[0]) < 1e-28);
  CHECK(gradientAt(objective, objective.minimizers()[0]).norm() < 1e-12);
  const LeastSquares withRidge(designOf(X, Point::Constant(2, 1)), 0.25);
  CHECK(withRidge.curvature()->strongConvexity == 0.25);
}

TEST_CASE("least squares: the window holds minimiser, origin and start, in equal units") {
  for (const wv::DatasetInfo& info : wv::datasets()) {
    const auto pair = wv::defaultFeaturePair(info.id);
    const LeastSquares objective(regressionOf(info.id, {pair[0], pair[1]}), 0.1);
    const wv::Window box = objective.window();
    for (const Point& x : {objective.minimizers()[0], objective.start(), Point(Point::Zero(2))}) {
      CHECK((box.xMin < x(0) && x(0) < box.xMax));
      CHECK((box.yMin < x(1) && x(1) < box.yMax));
    }
    CHECK((box.xMax - box.xMin) / (box.yMax - box.yMin) == doctest::Approx(10.0 / 7));
    CHECK(valueAt(objective, objective.start()) >
          valueAt(objective, objective.minimizers()[0]) + 0.1);
  }
}

TEST_CASE("golden: least-squares values and gradients on data have the same bits everywhere") {
  const struct {
    std::string_view id;
    std::uint64_t hash;
  } goldens[] = {
      {"penguins", 0x58988653cf2ebac7},
      {"diabetes", 0x8effd9770be70335},
      {"breast-cancer", 0x1b302fb3860aebb9},
      {"digits", 0x3020f782ff90a11d},
  };
  for (const auto& golden : goldens) {
    CAPTURE(golden.id);
    const LeastSquares objective(regressionOf(golden.id), 0.1);
    const std::uint64_t hash = hashOfObjective(objective, seededBlock(61, 20, objective.dim()));
    CHECK(hash == golden.hash);
  }
}
