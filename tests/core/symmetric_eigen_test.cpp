#include <doctest.h>

#include <cmath>
#include <initializer_list>

#include "eigen_oracles.hpp"
#include "numeric/symmetric_eigen.hpp"
#include "random/fill.hpp"

namespace {

using wv::Matrix;

Matrix randomSymmetric(int d, std::uint32_t seed) {
  wv::Block entries(d, d);
  wv::fillNormal({.seed = seed, .stream = wv::Stream::instance}, entries);
  const Matrix m = entries.matrix();
  return 0.5 * (m + m.transpose());
}

void checkAgainstEigen(const Matrix& m) {
  const auto ours = wv::numeric::symmetricEigen(m);
  const wv::Point theirs = wv::test::eigenvaluesOf(m);
  const double size = std::max(theirs.cwiseAbs().maxCoeff(), 1e-300);
  const auto d = static_cast<double>(m.cols());
  CHECK((ours.values - theirs).cwiseAbs().maxCoeff() <= 2e-15 * d * size);
  const Matrix identity = Matrix::Identity(m.cols(), m.cols());
  CHECK((ours.vectors.transpose() * ours.vectors - identity).cwiseAbs().maxCoeff() <= 1e-14 * d);
  const Matrix rebuilt = ours.vectors * ours.values.asDiagonal() * ours.vectors.transpose();
  CHECK((rebuilt - m).cwiseAbs().maxCoeff() <= 1e-14 * d * size);
}

}  // namespace

TEST_CASE("symmetric matrices of every size agree with Eigen's solver") {
  for (int d : {1, 2, 3, 5, 10, 30, 64}) {
    CAPTURE(d);
    checkAgainstEigen(randomSymmetric(d, static_cast<std::uint32_t>(d)));
  }
}

TEST_CASE("diagonal, repeated, singular and badly scaled matrices") {
  checkAgainstEigen(Matrix::Zero(4, 4));
  checkAgainstEigen(Matrix::Identity(6, 6));
  checkAgainstEigen(Matrix::Ones(7, 7));
  const Matrix half = randomSymmetric(8, 3).leftCols(3);
  checkAgainstEigen(half * half.transpose());
  Matrix scaled = randomSymmetric(5, 9);
  for (int i = 0; i < 5; ++i) {
    scaled.row(i) *= std::pow(10.0, 4 * i - 8);
    scaled.col(i) *= std::pow(10.0, 4 * i - 8);
  }
  checkAgainstEigen(scaled);
}

TEST_CASE("only the lower triangle counts, and NaN ends") {
  Matrix m = randomSymmetric(4, 1);
  const auto whole = wv::numeric::symmetricEigen(m);
  m(0, 3) = 1e9;
  CHECK(wv::numeric::symmetricEigen(m).values == whole.values);
  m(2, 1) = std::nan("");
  CHECK(std::isnan(wv::numeric::symmetricEigen(m).values.sum()));
}

TEST_CASE("two by two by hand") {
  Matrix m(2, 2);
  m << 2, 1, 1, 2;
  const auto eigen = wv::numeric::symmetricEigen(m);
  CHECK(eigen.values(0) == doctest::Approx(1).epsilon(1e-15));
  CHECK(eigen.values(1) == doctest::Approx(3).epsilon(1e-15));
  CHECK(std::fabs(eigen.vectors(0, 1)) == doctest::Approx(std::sqrt(0.5)).epsilon(1e-15));
}
