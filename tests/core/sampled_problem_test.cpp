// L, m, f*, sigma0 and sigma of the data sets against computations that share no code with the
// core.
#include <doctest.h>

#include <cmath>

#include "data_sets.hpp"
#include "eigen_oracles.hpp"
#include "experiment/registry.hpp"

namespace {

using wv::Matrix;
using wv::Point;

// L, m, f*, sigma0, sigma, with all features and a ridge of 0.1.
std::vector<double> constantsOf(const char* objective, const char* dataset) {
  const std::vector<wv::Setting> settings = {{"objective", std::string(objective)},
                                             {"dataset", std::string(dataset)}};
  const wv::Creation creation =
      wv::createExperiment("constant-step", settings, wv::test::allDataSets());
  REQUIRE(creation.experiment);
  const wv::Channel channel = creation.experiment->channel("constants");
  return {channel.data, channel.data + 5};
}

constexpr const char* dataSets[] = {"penguins", "diabetes", "breast-cancer", "digits"};

}  // namespace

TEST_CASE(
    "constants of least squares: eigenvalues, a direct solve, and a generalised eigenproblem") {
  constexpr double ridge = 0.1;
  for (const char* dataset : dataSets) {
    CAPTURE(dataset);
    const wv::DesignMatrix design = wv::test::regressionOf(dataset);
    const Matrix& X = design.X;
    const auto n = static_cast<double>(X.rows());
    const Matrix identity = Matrix::Identity(X.cols(), X.cols());
    const Matrix H = X.transpose() * X / n + ridge * identity;
    const Point c = X.transpose() * design.y / n;
    const Point w = wv::test::leastSquaresSolution(H, c);
    const double minimum =
        (X * w - design.y).squaredNorm() / (2 * n) + 0.5 * ridge * w.squaredNorm();
    const Point eigenvalues = wv::test::eigenvaluesOf(H);
    // E |grad l_i|^2 = w^T Q w - 2 q^T w + q0, with grad l_i = (x_i x_i^T + ridge) w - y_i x_i.
    Matrix Q = Matrix::Zero(X.cols(), X.cols());
    Point q = Point::Zero(X.cols());
    double q0 = 0;
    for (Eigen::Index i = 0; i < X.rows(); ++i) {
      const Point x = X.row(i).transpose();
      const Matrix Hi = x * x.transpose() + ridge * identity;
      Q += Hi * Hi / n;
      q += design.y(i) * (Hi * x) / n;
      q0 += design.y(i) * design.y(i) * x.squaredNorm() / n;
    }
    const double sigma = 2 * wv::test::pencilEigenvaluesOf(Q, H * H).maxCoeff();
    // The maximum of w^T (Q - sigma H^2) w - 2 (q - sigma H c)^T w + q0 - sigma |c|^2.
    const Matrix A = sigma * H * H - Q;
    const Point b = q - sigma * H * c;
    const double sigma0 =
        q0 - sigma * c.squaredNorm() + b.dot(wv::test::leastSquaresSolution(A, b));

    const auto got = constantsOf("least-squares", dataset);
    const double expected[] = {eigenvalues.maxCoeff(), eigenvalues.minCoeff(), minimum, sigma0,
                               sigma};
    for (std::size_t k = 0; k < 5; ++k) {
      CAPTURE(k);
      CHECK(got[k] == doctest::Approx(expected[k]).epsilon(1e-8));
    }
  }
}

TEST_CASE("constants of logistic regression: eigenvalues, Newton's method, a search for sigma0") {
  constexpr double ridge = 0.1;
  for (const char* dataset : dataSets) {
    CAPTURE(dataset);
    wv::DesignMatrix design = wv::test::classificationOf(dataset);
    wv::appendIntercept(design);
    const Matrix& X = design.X;
    const Point& y = design.y;
    const auto n = static_cast<double>(X.rows());
    Point w = Point::Zero(X.cols());
    Matrix gradients(X.rows(), X.cols());  // of the losses, without the ridge
    for (int iteration = 0; iteration < 12; ++iteration) {
      Matrix H = ridge * Matrix::Identity(X.cols(), X.cols());
      for (Eigen::Index i = 0; i < X.rows(); ++i) {
        const double p = 1 / (1 + std::exp(y(i) * X.row(i).dot(w)));
        gradients.row(i) = -y(i) * p * X.row(i);
        H += p * (1 - p) * X.row(i).transpose() * X.row(i) / n;
      }
      const Point g = gradients.colwise().mean().transpose() + ridge * w;
      w -= wv::test::leastSquaresSolution(H, g);
    }
    double minimum = 0.5 * ridge * w.squaredNorm();
    Matrix fourth = Matrix::Zero(X.cols(), X.cols());
    for (Eigen::Index i = 0; i < X.rows(); ++i) {
      minimum += std::log1p(std::exp(-y(i) * X.row(i).dot(w))) / n;
      fourth += X.row(i).squaredNorm() * X.row(i).transpose() * X.row(i) / n;
    }
    const auto largest = [](const Matrix& symmetric) {
      return wv::test::eigenvaluesOf(symmetric).maxCoeff();
    };
    const double smoothness = largest(X.transpose() * X / n) / 4 + ridge;
    // sigma0 = max over u of min(X, S + k u)^2 - u^2, for sigma = 2, by a grid that closes in.
    const double spread =
        std::sqrt((gradients.rowwise() - gradients.colwise().mean()).squaredNorm() / n);
    const double most = std::sqrt(X.squaredNorm() / n);
    const double k = std::sqrt(largest(fourth)) / 4 / ridge;
    const auto at = [&](double u) {
      const double s = std::min(most, spread + k * u);
      return s * s - u * u;
    };
    double low = 0, high = 10 * most;
    for (int round = 0; round < 60; ++round) {
      double best = low;
      const double spacing = (high - low) / 200;
      for (int i = 0; i <= 200; ++i) {
        best = at(low + i * spacing) > at(best) ? low + i * spacing : best;
      }
      low = std::max(0.0, best - spacing);
      high = best + spacing;
    }
    const auto got = constantsOf("logistic", dataset);
    const double expected[] = {smoothness, ridge, minimum, at(low), 2};
    for (std::size_t i = 0; i < 5; ++i) {
      CAPTURE(i);
      CHECK(got[i] == doctest::Approx(expected[i]).epsilon(1e-8));
    }
  }
}
