#include "numeric/lanczos.hpp"

#include <doctest.h>

#include <cmath>

#include "eigen_oracles.hpp"
#include "objective/network.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

Matrix seededSymmetric(int d) {
  const Matrix half = seededBlock(2, d, d).matrix();
  return half + half.transpose();
}

Matrix signs(std::uint32_t seed, int d, int count) {
  return seededBlock(seed, d, count).sign().matrix();
}

}  // namespace

TEST_CASE("lanczos: d steps find the whole spectrum of a dense solve") {
  const Matrix A = seededSymmetric(40);
  const auto map = [&](const Point& v) -> Point { return A * v; };
  const numeric::RitzValues ritz = numeric::lanczos(map, row(seededBlock(1, 1, 40), 0), 40);
  REQUIRE(ritz.values.size() == 40);
  CHECK((ritz.values - eigenvaluesOf(A)).cwiseAbs().maxCoeff() < 1e-12);
  CHECK(ritz.weights.sum() == doctest::Approx(1).epsilon(1e-13));
}

TEST_CASE("lanczos: every Ritz value is within its residual of an eigenvalue") {
  const Matrix A = seededSymmetric(120);
  const Point exact = eigenvaluesOf(A);
  const auto map = [&](const Point& v) -> Point { return A * v; };
  const numeric::RitzValues ritz = numeric::lanczos(map, Point::Ones(120), 30);
  for (Eigen::Index k = 0; k < 30; ++k) {
    CHECK((exact.array() - ritz.values(k)).abs().minCoeff() <= ritz.residuals(k) + 1e-12);
  }
  CHECK(ritz.residuals(29) < 0.01);
}

TEST_CASE("lanczos: the quadrature is exact for polynomials of degree 2 steps - 1") {
  const Matrix A = seededSymmetric(30) / 10;
  const auto map = [&](const Point& v) -> Point { return A * v; };
  const Point v = row(seededBlock(4, 1, 30), 0);
  const numeric::RitzValues ritz = numeric::lanczos(map, v, 4);
  Point power = v;
  for (int degree = 0; degree < 8; ++degree) {
    const double moment = v.dot(power) / v.squaredNorm();
    CHECK(ritz.weights.dot(ritz.values.array().pow(degree).matrix()) ==
          doctest::Approx(moment).epsilon(1e-12));
    power = A * power;
  }
}

TEST_CASE("lanczos: it stops when the Krylov space is exhausted") {
  Point diagonal(50);
  for (int i = 0; i < 50; ++i) {
    diagonal(i) = i % 3;
  }
  const auto map = [&](const Point& v) -> Point { return diagonal.cwiseProduct(v); };
  const numeric::RitzValues ritz = numeric::lanczos(map, Point::Ones(50), 50);
  REQUIRE(ritz.values.size() == 3);
  CHECK((ritz.values - Point{{0, 1, 2}}).norm() < 1e-13);
  CHECK((ritz.weights - Point{{17.0 / 50, 17.0 / 50, 16.0 / 50}}).norm() < 1e-13);
  CHECK(ritz.residuals.maxCoeff() == 0);
}

// Signs give the trace with a standard error of sqrt(2 sum of squares off the diagonal / starts);
// four of them. The share below the limit: 15 % of 200 eigenvalues over 20 starts.
TEST_CASE("spectral density: trace within four standard errors, shares, exact on a diagonal") {
  const Matrix A = seededSymmetric(200);
  const auto map = [&](const Point& v) -> Point { return A * v; };
  const auto density = numeric::spectralDensity(map, signs(5, 200, 20), 30);
  const double offDiagonal = A.squaredNorm() - A.diagonal().squaredNorm();
  CHECK(std::fabs(density.trace - A.trace()) < 4 * std::sqrt(2 * offDiagonal / 20));
  CHECK(density.traceStandardError ==
        doctest::Approx(std::sqrt(2 * offDiagonal / 20)).epsilon(4 / std::sqrt(2 * 19.0)));
  const Point exact = eigenvaluesOf(A);
  for (const double limit : {2.0, 6.0, 12.0}) {
    const double share = (exact.array().abs() <= limit).cast<double>().mean();
    CHECK(std::fabs(density.shareWithin(limit) - share) < 0.05);
  }
  const Point diagonal = Point::LinSpaced(30, -1, 3);
  const auto diagonalMap = [&](const Point& v) -> Point { return diagonal.cwiseProduct(v); };
  CHECK(numeric::spectralDensity(diagonalMap, signs(6, 30, 3), 30).trace ==
        doctest::Approx(diagonal.sum()).epsilon(1e-13));
}

TEST_CASE("lanczos on a network's Hessian: the dense solve to 1e-6, trace and share near zero") {
  LabelledSamples samples;
  samples.inputs = seededBlock(3, 6, 60).matrix();
  samples.labels = IndexColumn::LinSpaced(60, 0, 59).unaryExpr([](int i) { return i % 3; });
  const Network network(NetworkShape(6, {7, 5}, 3, Activation::tanh), samples, 0.01);
  const Point weights = row(seededBlock(8, 1, network.dim()), 0);
  const Point exact = eigenvaluesOf(network.hessian(weights));
  const auto map = [&](const Point& v) {
    return network.hessianProduct(weights, network.allSamples(), v);
  };
  const auto d = static_cast<Eigen::Index>(network.dim());
  const auto ritz = numeric::lanczos(map, row(seededBlock(9, 1, d), 0), 60);
  for (Eigen::Index k = 1; k <= 10; ++k) {
    CHECK(std::fabs(ritz.values(ritz.values.size() - k) - exact(d - k)) < 1e-6);
  }
  CHECK(std::fabs(ritz.values(0) - exact(0)) < 1e-6);
  const auto density = numeric::spectralDensity(map, signs(10, network.dim(), 40), 40);
  CHECK(std::fabs(density.trace - exact.sum()) < 4 * density.traceStandardError);
  const double limit = 0.05 * exact(d - 1);
  const double share = (exact.array().abs() <= limit).cast<double>().mean();
  CHECK(std::fabs(density.shareWithin(limit) - share) < 0.05);
}
