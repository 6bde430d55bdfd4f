#include "objective/logistic.hpp"

#include <doctest.h>

#include "eigen_oracles.hpp"

#include <cmath>

#include "data_sets.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv::test;
using wv::Logistic;
using wv::Matrix;
using wv::Point;

wv::DesignMatrix withIntercept(wv::DesignMatrix design) {
  wv::appendIntercept(design);
  return design;
}

// Iteratively reweighted least squares with QR and libm: undamped Newton, each step the solution of
// [sqrt(p(1-p)/n) X; sqrt(ridge) I] w' = [...]; no code and no factorisation in common.
struct Oracle {
  Point w;
  double minimum = 0;

  Oracle(const wv::DesignMatrix& design, double ridge) : w(Point::Zero(design.X.cols())) {
    const Eigen::Index n = design.X.rows(), d = design.X.cols();
    for (int iteration = 0; iteration < 40; ++iteration) {
      Matrix A = Matrix::Zero(n + d, d);
      Point b = Point::Zero(n + d);
      const Point margins = design.X * w;
      for (Eigen::Index i = 0; i < n; ++i) {
        const double p = 1 / (1 + std::exp(-margins(i)));
        const double weight = std::sqrt(p * (1 - p) / static_cast<double>(n));
        const double target = design.y(i) > 0 ? 1 : 0;
        A.row(i) = weight * design.X.row(i);
        b(i) = weight * (margins(i) + (target - p) / (p * (1 - p)));
      }
      A.bottomRows(d) = std::sqrt(ridge) * Matrix::Identity(d, d);
      w = wv::test::leastSquaresSolution(A, b);
    }
    const Point margins = design.X * w;
    for (Eigen::Index i = 0; i < n; ++i) {
      minimum += std::log1p(std::exp(-design.y(i) * margins(i))) / static_cast<double>(n);
    }
    minimum += 0.5 * ridge * w.squaredNorm();
  }
};

wv::DesignMatrix designOf(std::vector<double> x, std::vector<double> y) {
  wv::DesignMatrix design;
  design.X = Eigen::Map<Matrix>(x.data(), static_cast<Eigen::Index>(x.size()), 1);
  design.y = Eigen::Map<Point>(y.data(), static_cast<Eigen::Index>(y.size()));
  return design;
}

}  // namespace

TEST_CASE("logistic by hand: two samples on a line") {
  const Logistic objective(designOf({1, 2}, {1, -1}), 0.5);
  const Point w = Point::Constant(1, 0.7);
  CHECK(
      valueAt(objective, w) ==
      doctest::Approx(0.5 * (std::log1p(std::exp(-0.7)) + std::log1p(std::exp(1.4))) + 0.25 * 0.49)
          .epsilon(1e-15));
  const auto p = [](double margin) { return 1 / (1 + std::exp(-margin)); };
  CHECK(gradientAt(objective, w)(0) ==
        doctest::Approx(0.5 * (-p(-0.7) + 2 * p(1.4)) + 0.5 * 0.7).epsilon(1e-15));
  CHECK(objective.hessian(w)(0, 0) ==
        doctest::Approx(0.5 * (p(0.7) * p(-0.7) + 4 * p(1.4) * p(-1.4)) + 0.5).epsilon(1e-15));
  CHECK(objective.curvature()->smoothness == doctest::Approx(5.0 / 8 + 0.5).epsilon(1e-15));
  CHECK(objective.curvature()->strongConvexity == 0.5);
}

TEST_CASE("logistic on data: derivatives, terms, batches of every size") {
  for (const wv::DatasetInfo& info : wv::datasets()) {
    CAPTURE(info.id);
    const Logistic objective(withIntercept(classificationOf(info.id)), 0.1);
    const int d = objective.dim();
    checkDerivatives(objective, seededBlock(71, 2, d));
    checkBatch(objective, seededBlock(72, 70, d));
    checkTerms(objective, row(seededBlock(73, 1, d), 0));
    checkMinimizers(objective);
  }
}

TEST_CASE("logistic on data: L, m, f* and w* against IRLS and singular values") {
  for (const wv::DatasetInfo& info : wv::datasets()) {
    for (double ridge : {0.1, 1e-3}) {
      CAPTURE(info.id);
      CAPTURE(ridge);
      const auto design = withIntercept(classificationOf(info.id));
      const Logistic objective(design, ridge);
      const Oracle oracle(design, ridge);
      const double largest = wv::test::singularValuesOf(design.X)(0);
      const auto curvature = *objective.curvature();
      CHECK(curvature.smoothness ==
            doctest::Approx(largest * largest / (4.0 * objective.terms()) + ridge).epsilon(1e-12));
      CHECK(curvature.strongConvexity == ridge);
      REQUIRE(objective.minimizers().size() == 1);
      const Point minimizer = objective.minimizers()[0];
      CHECK(gradientAt(objective, minimizer).norm() < 1e-12);
      CHECK(std::abs(valueAt(objective, minimizer) - oracle.minimum) < 1e-12);
      CHECK((minimizer - oracle.w).norm() < 1e-8);
    }
  }
}

TEST_CASE("logistic without a ridge: a minimiser exactly where no plane separates") {
  // The sources of the breast-cancer data say that 30 features separate the classes.
  CHECK(Logistic(withIntercept(classificationOf("breast-cancer")), 0).minimizers().empty());
  const Logistic overlapping(withIntercept(classificationOf("diabetes")), 0);
  REQUIRE(overlapping.minimizers().size() == 1);
  CHECK(gradientAt(overlapping, overlapping.minimizers()[0]).norm() < 1e-12);
  CHECK(overlapping.curvature()->strongConvexity == 0);

  CHECK(Logistic(designOf({-2, -1, 1, 3}, {-1, -1, 1, 1}), 0).minimizers().empty());
  // Separated but for a sample on the boundary, which no weight can move.
  CHECK(Logistic(designOf({-2, 0, 1, 3}, {-1, 1, 1, 1}), 0).minimizers().empty());
  CHECK(Logistic(designOf({-2, 1, 1, 3}, {-1, -1, 1, 1}), 0).minimizers().size() == 1);
}

TEST_CASE("logistic: large margins neither overflow nor vanish") {
  const Logistic objective(designOf({1, 1}, {1, -1}), 0);
  const Point far = Point::Constant(1, 2000);
  CHECK(valueAt(objective, far) == 1000);
  CHECK(gradientAt(objective, far)(0) == 0.5);
  CHECK(objective.hessian(far)(0, 0) == 0);
}

TEST_CASE("logistic: the window holds minimiser, origin and start") {
  for (const wv::DatasetInfo& info : wv::datasets()) {
    const auto pair = wv::defaultFeaturePair(info.id);
    const Logistic objective(classificationOf(info.id, {pair[0], pair[1]}), 0.1);
    const wv::Window box = objective.window();
    for (const Point& x : {objective.minimizers()[0], objective.start(), Point(Point::Zero(2))}) {
      CHECK((box.xMin < x(0) && x(0) < box.xMax));
      CHECK((box.yMin < x(1) && x(1) < box.yMax));
    }
  }
}

TEST_CASE("golden: logistic values and gradients on data have the same bits everywhere") {
  const struct {
    std::string_view id;
    std::uint64_t hash;
  } goldens[] = {
      {"penguins", 0x7ff83bfb38733d78},
      {"diabetes", 0xc6b0cdd323d1b87c},
      {"breast-cancer", 0xb5f994e8005f14b8},
      {"digits", 0x3b8ba45055f76339},
  };
  for (const auto& golden : goldens) {
    CAPTURE(golden.id);
    const Logistic objective(withIntercept(classificationOf(golden.id)), 0.1);
    const std::uint64_t hash = hashOfObjective(objective, seededBlock(81, 20, objective.dim()));
    CHECK(hash == golden.hash);
  }
}
