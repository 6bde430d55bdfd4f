#include "theory/gradient_noise.hpp"

#include <doctest.h>

#include "eigen_oracles.hpp"

#include <cmath>

#include "data_sets.hpp"
#include "objective/least_squares.hpp"
#include "objective/scalar_quadratic.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv::test;
using wv::LeastSquares;
using wv::LeastSquaresNoise;
using wv::Logistic;
using wv::LogisticNoise;
using wv::Matrix;
using wv::Point;

const std::string_view dataSetIds[] = {"penguins", "diabetes", "breast-cancer"};

// Every term's Hessian as a matrix of its own, the minimiser by QR of the augmented system, the
// best constants by a generalised eigenvalue problem and a dense solve.
struct LeastSquaresOracle {
  Matrix meanSquare, hessian;  // E H_i^2, E H_i
  Point minimizer, v;          // v = E H_i r_i
  double noise = 0;            // E |r_i|^2

  LeastSquaresOracle(const wv::DesignMatrix& design, double ridge) {
    const Eigen::Index n = design.X.rows(), d = design.X.cols();
    const double count = static_cast<double>(n);
    Matrix system(n + d, d);
    system << design.X / std::sqrt(count), std::sqrt(ridge) * Matrix::Identity(d, d);
    Point target(n + d);
    target << design.y / std::sqrt(count), Point::Zero(d);
    minimizer = wv::test::leastSquaresSolution(system, target);
    meanSquare = hessian = Matrix::Zero(d, d);
    v = Point::Zero(d);
    for (Eigen::Index i = 0; i < n; ++i) {
      const Point x = design.X.row(i).transpose();
      const Matrix term = x * x.transpose() + ridge * Matrix::Identity(d, d);
      const Point r = design.y(i) * x - term * minimizer;
      hessian += term / count;
      meanSquare += term * term / count;
      v += term * r / count;
      noise += r.squaredNorm() / count;
    }
  }

  double leastSigma() const {
    return wv::test::pencilEigenvaluesOf(meanSquare, hessian * hessian).maxCoeff();
  }
  double sigma0(double sigma) const {
    return noise + v.dot(wv::test::leastSquaresSolution(sigma * hessian * hessian - meanSquare, v));
  }
};

// E |grad l_i|^2 - sigma |grad f|^2 at one point.
double excessAt(const wv::Objective& objective, const Point& w, double sigma) {
  const auto squares = wv::gradientSquares(objective, w.transpose().array());
  return squares.term(0) - sigma * squares.full(0);
}

// The largest of it over 1000 seeded points around `centre`, from close by to far out.
double largestExcess(const wv::Objective& objective, const Point& centre, double sigma) {
  wv::Block points = seededBlock(31, 1000, objective.dim());
  for (Eigen::Index r = 0; r < points.rows(); ++r) {
    points.row(r) *= std::pow(10, -3 + 5 * static_cast<double>(r) / 1000);
    points.row(r) += centre.transpose().array();
  }
  const auto squares = wv::gradientSquares(objective, points);
  return (squares.term - sigma * squares.full).maxCoeff();
}

double logisticSlope(double margin) { return 1 / (1 + std::exp(margin)); }

// Plain Newton steps: enough from the origin with a ridge of 0.1.
Point logisticMinimizer(const wv::DesignMatrix& design, double ridge) {
  const Eigen::Index d = design.X.cols();
  const double n = static_cast<double>(design.X.rows());
  Point w = Point::Zero(d);
  for (int i = 0; i < 30; ++i) {
    Point gradient = ridge * w;
    Matrix hessian = ridge * Matrix::Identity(d, d);
    for (Eigen::Index k = 0; k < design.X.rows(); ++k) {
      const Point x = design.X.row(k).transpose();
      const double slope = logisticSlope(design.y(k) * x.dot(w));
      gradient -= slope * design.y(k) * x / n;
      hessian += slope * (1 - slope) * x * x.transpose() / n;
    }
    w -= wv::test::leastSquaresSolution(hessian, gradient);
  }
  return w;
}

// The three numbers of the logistic bound, and its sigma0 by a search over u = |grad f|.
struct LogisticOracle {
  double largest = 0, atMinimizer = 0, growth = 0;

  LogisticOracle(const wv::DesignMatrix& design, double ridge) {
    const Eigen::Index d = design.X.cols();
    const double n = static_cast<double>(design.X.rows());
    const Point w = logisticMinimizer(design, ridge);
    Matrix fourth = Matrix::Zero(d, d);
    for (Eigen::Index k = 0; k < design.X.rows(); ++k) {
      const Point x = design.X.row(k).transpose();
      const Point g = -logisticSlope(design.y(k) * x.dot(w)) * design.y(k) * x + ridge * w;
      atMinimizer += g.squaredNorm() / n;
      largest += x.squaredNorm() / n;
      fourth += x.squaredNorm() * x * x.transpose() / n;
    }
    growth = std::sqrt(wv::test::eigenvaluesOf(fourth)(d - 1) / 16) / ridge;
  }

  double sigma0(double sigma) const {
    const double kink = (std::sqrt(largest) - std::sqrt(atMinimizer)) / growth;
    const auto bound = [&](double u) {
      const double deviation = std::min(std::sqrt(largest), std::sqrt(atMinimizer) + growth * u);
      return deviation * deviation - (sigma - 1) * u * u;
    };
    // Of one peak on [0, kink], or monotone there, and falling beyond.
    double low = 0, high = kink;
    while (high - low > 1e-12 * kink) {
      const double left = low + (high - low) / 3, right = high - (high - low) / 3;
      (bound(left) < bound(right) ? low : high) = bound(left) < bound(right) ? left : right;
    }
    return std::max({bound(0), bound(low), bound(kink)});
  }
};

}  // namespace

TEST_CASE("gradient squares by hand, row by row") {
  const wv::ScalarQuadratic f(std::vector<double>{1, 2, 3}, std::vector<double>{1, 1, 4.5});
  wv::Block x(2, 1);
  x << 2, 1;
  const auto squares = wv::gradientSquares(f, x);
  // At 2 the terms have gradients 1, 6, 4.5; at 1 they have 0, 2, -4.5.
  CHECK(squares.term(0) == doctest::Approx((1 + 36 + 20.25) / 3).epsilon(1e-15));
  CHECK(squares.full(0) == doctest::Approx(11.5 * 11.5 / 9).epsilon(1e-14));
  CHECK(squares.term(1) == doctest::Approx((4 + 20.25) / 3).epsilon(1e-15));
  CHECK(squares.full(1) == doctest::Approx(2.5 * 2.5 / 9).epsilon(1e-14));
}

TEST_CASE("batches: E |grad f_B|^2 over all batches, drawn with replacement and distinct") {
  const double g[] = {1, 6, 4.5, -2};
  double square = 0, mean = 0;
  for (double x : g) {
    square += x * x / 4;
    mean += x / 4;
  }
  double replaced = 0, distinct = 0;
  for (int i = 0; i < 4; ++i) {
    for (int j = 0; j < 4; ++j) {
      for (int k = 0; k < 4; ++k) {
        const double batch = (g[i] + g[j] + g[k]) / 3;
        replaced += batch * batch / 64;
        distinct += i != j && j != k && i != k ? batch * batch / 24 : 0;
      }
    }
  }
  CHECK(wv::batchSquare(mean * mean, square, wv::replacementVarianceFactor(3)) ==
        doctest::Approx(replaced).epsilon(1e-14));
  CHECK(wv::batchSquare(mean * mean, square, wv::distinctVarianceFactor(4, 3)) ==
        doctest::Approx(distinct).epsilon(1e-14));
  CHECK(wv::distinctVarianceFactor(4, 1) == 1);
  CHECK(wv::distinctVarianceFactor(4, 4) == 0);
  CHECK(wv::distinctVarianceFactor(1, 1) == 0);
}

TEST_CASE("batches: only the variance falls, so sigma tends to 1 and not to 0") {
  const wv::NoiseConstants batch = wv::ofBatch({6, 5}, 0.25);
  CHECK(batch.sigma0 == 1.5);
  CHECK(batch.sigma == 2);
  CHECK(wv::ofBatch({6, 5}, 0).sigma == 1);
  // alpha L (1 + c (sigma - 1)) = 1.
  const double sigma = wv::largestSigmaForStep(0.05, 4, 0.25);
  CHECK(0.05 * 4 * wv::ofBatch({0, sigma}, 0.25).sigma == doctest::Approx(1).epsilon(1e-14));
  CHECK(std::isinf(wv::largestSigmaForStep(0.05, 4, 0)));
}

TEST_CASE("scalar quadratic: sigma0(sigma) = E r^2 + (E a^2 r)^2/(sigma A^2 - E a^4)") {
  const wv::ScalarQuadratic f(std::vector<double>{1, 2, 3}, std::vector<double>{1, 1, 4.5});
  const LeastSquaresNoise noise(f.a().matrix(), f.b().matrix(), 0);
  const double A = 14.0 / 3, fourth = 98.0 / 3;
  CHECK(std::abs(noise.noiseAtMinimizer() - 5.255952380952) < 5e-13);
  CHECK(noise.leastSigma() == doctest::Approx(fourth / (A * A)).epsilon(1e-14));
  for (double sigma : {1.6, 2.0, 3.0, 100.0}) {
    CHECK(std::abs(noise.sigma0(sigma) - (5.255952380952 + 25 / (sigma * A * A - fourth))) < 1e-11);
    CHECK(excessAt(f, noise.maximizer(sigma), sigma) ==
          doctest::Approx(noise.sigma0(sigma)).epsilon(1e-12));
    CHECK(largestExcess(f, f.minimizers()[0], sigma) <= noise.sigma0(sigma) * (1 + 1e-12));
  }
  CHECK(std::isinf(noise.sigma0(1.499)));  // E a^4 / A^2 = 3/2
  CHECK(noise.defaultSigma() == 2 * noise.leastSigma());
}

TEST_CASE("least squares on data: sigma and sigma0 against dense matrices, to 1e-8") {
  for (std::string_view id : dataSetIds) {
    CAPTURE(id);
    const auto design = regressionOf(id);
    const LeastSquaresNoise noise(design.X, design.y, 0.1);
    const LeastSquaresOracle oracle(design, 0.1);
    CHECK(std::abs(noise.leastSigma() - oracle.leastSigma()) < 1e-8 * oracle.leastSigma());
    CHECK(std::abs(noise.noiseAtMinimizer() - oracle.noise) < 1e-8);
    for (double share : {1.01, 1.5, 2.0, 10.0}) {
      const double sigma = share * noise.leastSigma();
      CHECK(std::abs(noise.sigma0(sigma) - oracle.sigma0(sigma)) < 1e-8);
    }
    CHECK(std::isinf(noise.sigma0(0.999 * noise.leastSigma())));
    CHECK(noise.leastSigma() > 1);
  }
}

TEST_CASE("least squares on data: the inequality holds, and is an equality at the maximiser") {
  for (std::string_view id : dataSetIds) {
    for (double ridge : {0.1, 0.0}) {
      CAPTURE(id);
      CAPTURE(ridge);
      const auto design = regressionOf(id);
      const LeastSquares objective(design, ridge);
      const LeastSquaresNoise noise(design.X, design.y, ridge);
      for (double sigma : {1.05 * noise.leastSigma(), noise.defaultSigma()}) {
        const double sigma0 = noise.sigma0(sigma);
        const Point worst = noise.maximizer(sigma);
        CHECK(largestExcess(objective, objective.minimizers()[0], sigma) <= sigma0 * (1 + 1e-9));
        CHECK(excessAt(objective, worst, sigma) == doctest::Approx(sigma0).epsilon(1e-8));
      }
      // With a little less than leastSigma it fails far out along the steepest direction.
      const Point centre = objective.minimizers()[0];
      const Point far = centre + 1e6 * (noise.maximizer(1.000001 * noise.leastSigma()) - centre);
      CHECK(excessAt(objective, far, 0.99 * noise.leastSigma()) > 1e6);
      CHECK(excessAt(objective, far, 1.01 * noise.leastSigma()) < 0);
    }
  }
}

TEST_CASE("least squares with flat directions: they do not count") {
  wv::DesignMatrix design;
  design.X = Matrix(2, 3);
  design.X << 1, 2, 3, 3, 2, 1;
  design.y = Point(2);
  design.y << 1, -1;
  const LeastSquares objective(design, 0);
  const LeastSquaresNoise noise(design.X, design.y, 0);
  CHECK(std::isfinite(noise.leastSigma()));
  CHECK(noise.noiseAtMinimizer() < 1e-25);  // both samples are fitted
  const double sigma = noise.defaultSigma();
  CHECK(noise.sigma0(sigma) < 1e-24);
  CHECK(largestExcess(objective, objective.minimizers()[0], sigma) <= 1e-12);
  CHECK(largestExcess(objective, objective.minimizers()[0], 0.9 * noise.leastSigma()) > 0);
}

TEST_CASE("logistic on data: the bound against Newton and a search, to 1e-8; and it holds") {
  for (std::string_view id : dataSetIds) {
    CAPTURE(id);
    auto design = classificationOf(id);
    wv::appendIntercept(design);
    const Logistic objective(design, 0.1);
    const LogisticNoise noise(objective, design.X, 0.1);
    const LogisticOracle oracle(design, 0.1);
    double before = oracle.largest;
    CHECK(noise.sigma0(1) == doctest::Approx(oracle.largest).epsilon(1e-12));
    CHECK(std::isinf(noise.sigma0(0.99)));
    for (double sigma : {1.0, 2.0, 10.0, 100.0, 1e3, 1e4, 1e5}) {
      CAPTURE(sigma);
      const double sigma0 = noise.sigma0(sigma);
      CHECK(std::abs(sigma0 - oracle.sigma0(sigma)) < 1e-8);
      CHECK(sigma0 <= before * (1 + 1e-12));
      CHECK(sigma0 >= oracle.atMinimizer);
      CHECK(largestExcess(objective, objective.minimizers()[0], sigma) <= sigma0 * (1 + 1e-9));
      before = sigma0;
    }
  }
}

TEST_CASE("logistic without ridge: the mean square of the features, whatever sigma") {
  auto design = classificationOf("penguins");
  const Logistic objective(design, 0);
  const LogisticNoise noise(objective, design.X, 0);
  const double bound = design.X.rowwise().squaredNorm().mean();
  for (double sigma : {1.0, 5.0, 1e9}) {
    CHECK(noise.sigma0(sigma) == doctest::Approx(bound).epsilon(1e-12));
  }
  CHECK(largestExcess(objective, Point::Zero(design.X.cols()), 1) <= bound);
}
