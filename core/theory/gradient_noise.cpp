#include "theory/gradient_noise.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numeric/constants.hpp"
#include "numeric/symmetric_eigen.hpp"

namespace wv {
namespace {

using numeric::infinity;

// E[|x|^2 x x^T].
Matrix fourthMoments(const Matrix& samples) {
  return weightedGram(samples, samples.colwise().squaredNorm().transpose());
}

double meanSquaredNorm(const Matrix& samples) {
  return samples.squaredNorm() / static_cast<double>(samples.cols());
}

// How many of the ascending eigenvalues of a Gram matrix rounding cannot tell from 0.
Eigen::Index countNull(const Point& eigenvalues) {
  const double rounding = 4 * std::numeric_limits<double>::epsilon() *
                          static_cast<double>(eigenvalues.size()) * eigenvalues.maxCoeff();
  return (eigenvalues.array() <= rounding).count();
}

}  // namespace

GradientSquares gradientSquares(const Objective& objective, const BlockIn& x) {
  GradientSquares squares{Column::Zero(x.rows()), Column::Zero(x.rows())};
  Block g(x.rows(), x.cols());
  for (int i = 0; i < objective.terms(); ++i) {
    objective.termGradient(x, IndexColumn::Constant(x.rows(), i), g);
    squares.term += g.square().rowwise().sum();
  }
  squares.term /= objective.terms();
  objective.gradient(x, g);
  squares.full = g.square().rowwise().sum();
  return squares;
}

double replacementVarianceFactor(int batch) { return 1.0 / batch; }

double distinctVarianceFactor(int terms, int batch) {
  return batch >= terms ? 0 : (terms - batch) / ((terms - 1.0) * batch);
}

double batchSquare(double fullSquare, double termSquare, double varianceFactor) {
  return fullSquare + varianceFactor * (termSquare - fullSquare);
}

NoiseConstants ofBatch(const NoiseConstants& term, double varianceFactor) {
  return {varianceFactor * term.sigma0, 1 + varianceFactor * (term.sigma - 1)};
}

LeastSquaresNoise::LeastSquaresNoise(const Matrix& X, const Point& y, double ridge) {
  const Eigen::Index d = X.cols();
  const Matrix samples = X.transpose();
  const Matrix gram = weightedGram(samples, Point::Ones(X.rows()));
  const auto inWeights = numeric::symmetricEigen(gram + ridge * Matrix::Identity(d, d));
  const Eigen::Index kept = d - countNull(inWeights.values);
  toWeights_ =
      inWeights.vectors.rightCols(kept) * inWeights.values.tail(kept).cwiseInverse().asDiagonal();

  const double n = static_cast<double>(X.rows());
  const Point moment = samples * y / n;
  minimizer_ = toWeights_ * (inWeights.vectors.rightCols(kept).transpose() * moment);
  // r_i = residual_i x_i - ridge w*, H_i r_i = (x_i . r_i) x_i + ridge r_i.
  const Point residual = y - X * minimizer_;
  const Matrix r =
      samples * residual.asDiagonal() - (ridge * minimizer_).rowwise().replicate(X.rows());
  const Point along = samples.cwiseProduct(r).colwise().sum().transpose();
  const Point v = samples * along / n + ridge * r.rowwise().mean();
  noiseAtMinimizer_ = meanSquaredNorm(r);

  const Matrix squares =
      fourthMoments(samples) + 2 * ridge * gram + ridge * ridge * Matrix::Identity(d, d);
  // Coefficient by coefficient: Eigen's blocked product sums in an order that depends on the cache.
  const Matrix M = toWeights_.transpose().lazyProduct(squares.lazyProduct(toWeights_).eval());
  if (kept > 0) {
    const auto inGradient = numeric::symmetricEigen(M);
    eigenvalues_ = inGradient.values;
    components_ = inGradient.vectors.transpose() * (toWeights_.transpose() * v);
    toWeights_ = toWeights_.lazyProduct(inGradient.vectors).eval();
    leastSigma_ = std::max(1.0, eigenvalues_.maxCoeff());
  }
}

double LeastSquaresNoise::sigma0(double sigma) const {
  double sum = noiseAtMinimizer_;
  for (Eigen::Index k = 0; k < eigenvalues_.size(); ++k) {
    const double gap = sigma - eigenvalues_(k);
    if (!(gap > 0)) {
      return infinity;
    }
    sum += components_(k) * components_(k) / gap;
  }
  return sum;
}

Point LeastSquaresNoise::maximizer(double sigma) const {
  const Point g = -(components_.array() / (sigma - eigenvalues_.array())).matrix();
  return minimizer_ + toWeights_ * g;
}

LogisticNoise::LogisticNoise(const Logistic& objective, const Matrix& X, double ridge) {
  const Matrix samples = X.transpose();
  largestVariance_ = meanSquaredNorm(samples);
  noiseAtMinimizer_ = largestVariance_;
  const std::vector<Point> minimizers = objective.minimizers();
  if (ridge > 0 && !minimizers.empty()) {
    const GradientSquares squares =
        gradientSquares(objective, minimizers.front().transpose().array());
    noiseAtMinimizer_ = std::min(largestVariance_, squares.term(0) - squares.full(0));
    growth_ = 0.25 * std::sqrt(extremeEigenvalues(fourthMoments(samples)).largest) / ridge;
  }
}

double LogisticNoise::sigma0(double sigma) const {
  const double excess = sigma - 1;
  if (!(excess >= 0)) {
    return infinity;
  }
  if (!(noiseAtMinimizer_ < largestVariance_)) {
    return largestVariance_;
  }
  const double least = std::sqrt(noiseAtMinimizer_);
  const double kink = (std::sqrt(largestVariance_) - least) / growth_;
  const double gap = excess - growth_ * growth_;
  // The peak lies at u = k S* / gap.
  if (gap > 0 && growth_ * least <= kink * gap) {
    return noiseAtMinimizer_ * excess / gap;
  }
  return largestVariance_ - excess * kink * kink;
}

double largestSigmaForStep(double alpha, double smoothness, double varianceFactor) {
  return varianceFactor > 0 ? 1 + (1 / (alpha * smoothness) - 1) / varianceFactor : infinity;
}

}  // namespace wv
