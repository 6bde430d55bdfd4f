// Linear models on data: f(w) = (1/n) sum_i loss(x_i . w, y_i) + ridge/2 |w|^2. The batch loops of
// least squares and logistic regression, written once.
#pragma once

#include <algorithm>
#include <span>
#include <utility>

#include "numeric/pair.hpp"
#include "objective/dataset.hpp"
#include "objective/newton.hpp"
#include "objective/objective.hpp"
#include "objective/spectrum.hpp"

namespace wv {

// (1/n) sum_i weight_i x_i x_i^T, d x d; column i of `samples` (d x n) is x_i.
Matrix weightedGram(const Matrix& samples, const Point& weights);

// About `minimizer` (2 entries), so that a path may hop across it, and wide enough to hold the
// origin; equal units on both axes for a picture of 10 : 7.
Window windowAround(const PointIn& minimizer);
// Of four points near the corners of the window, the one farthest from `minimizer`.
Point cornerFarFrom(const PointIn& minimizer, const Window& window);

// Loss has, as static functions of the margin x_i . w and the target y: value, slope and curvature
// (the derivatives by the margin).
//
// Per replicate the order of summation is fixed: margins over the coordinates, then sums over the
// samples, each from first to last. So the bits depend on neither R nor the machine. Both layouts
// of X are kept: margins vectorise over samples, gradients over coordinates.
template <class Loss>
class FiniteSum : public Objective {
 public:
  // Copies what it needs of the design. ridge >= 0.
  FiniteSum(const DesignMatrix& design, double ridge)
      : X_(design.X), samples_(design.X.transpose()), y_(design.y), ridge_(ridge) {}

  int dim() const override { return static_cast<int>(X_.cols()); }
  int terms() const override { return static_cast<int>(X_.rows()); }

  void value(const BlockIn& x, ColumnOut f) const override {
    const Matrix weights = x.matrix().transpose();
    f.setZero();
    double margin[tile];
    for (Eigen::Index begin = 0; begin < X_.rows(); begin += tile) {
      const Eigen::Index count = std::min(tile, X_.rows() - begin);
      for (Eigen::Index r = 0; r < x.rows(); ++r) {
        fillMargins(begin, count, weights.col(r).data(), margin);
        applyLoss<&Loss::value>(begin, count, margin);
        for (Eigen::Index k = 0; k < count; ++k) {
          f(r) += margin[k];
        }
      }
    }
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
      f(r) = f(r) / terms() + 0.5 * ridge_ * squaredNorm(weights.col(r).data());
    }
  }

  void gradient(const BlockIn& x, BlockOut g) const override {
    const Matrix weights = x.matrix().transpose();
    Matrix sums = Matrix::Zero(dim(), x.rows());
    double slope[tile];
    for (Eigen::Index begin = 0; begin < X_.rows(); begin += tile) {
      const Eigen::Index count = std::min(tile, X_.rows() - begin);
      for (Eigen::Index r = 0; r < x.rows(); ++r) {
        fillMargins(begin, count, weights.col(r).data(), slope);
        applyLoss<&Loss::slope>(begin, count, slope);
        addSamples(begin, count, slope, sums.col(r).data());
      }
    }
    for (Eigen::Index j = 0; j < dim(); ++j) {
      for (Eigen::Index r = 0; r < x.rows(); ++r) {
        g(r, j) = sums(j, r) / terms() + ridge_ * weights(j, r);
      }
    }
  }

  void termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const override {
    const Eigen::Index together = x.rows() - x.rows() % 4;
    dim() == 2 ? termGradientsByFours<2>(together, x, term, g)
               : termGradientsByFours<Eigen::Dynamic>(together, x, term, g);
    for (Eigen::Index r = together; r < x.rows(); ++r) {
      termGradientOf(r, x, term, g);
    }
  }

  bool descendTerm(int term, double stepSize, std::span<double> x) const override {
    const Eigen::Index d = X_.cols();
    double* __restrict__ w = x.data();
    const double* __restrict__ sample = sampleAt(term);
    double margin = 0;
    for (Eigen::Index j = 0; j < d; ++j) {
      margin += sample[j] * w[j];
    }
    const double slope = Loss::slope(margin, y_(term));
    for (Eigen::Index j = 0; j < d; ++j) {
      w[j] -= stepSize * (slope * sample[j] + ridge_ * w[j]);
    }
    return true;
  }

  Matrix hessian(const PointIn& x) const override {
    const Point weights = x;
    Point curvature(terms());
    for (Eigen::Index begin = 0; begin < X_.rows(); begin += tile) {
      const Eigen::Index count = std::min(tile, X_.rows() - begin);
      fillMargins(begin, count, weights.data(), curvature.data() + begin);
      applyLoss<&Loss::curvature>(begin, count, curvature.data() + begin);
    }
    Matrix hessian = weightedGram(samples_, curvature);
    hessian.diagonal().array() += ridge_;
    return hessian;
  }

  // The one minimiser by Newton's method; of several (a flat f), one; none when there is none, as
  // with logistic loss and no ridge on data that a plane separates.
  std::vector<Point> minimizers() const override {
    NewtonResult result = minimizeByNewton(*this, Point::Zero(dim()));
    return result.converged ? std::vector<Point>{std::move(result.x)} : std::vector<Point>{};
  }

  Window window() const override {
    return dim() == 2 ? windowAround(minimizerOrOrigin()) : Window{};
  }

  // The origin, where training starts; in two dimensions, where the path is drawn, far out.
  Point start() const override {
    if (dim() != 2) {
      return Point::Zero(dim());
    }
    const Point minimizer = minimizerOrOrigin();
    return cornerFarFrom(minimizer, windowAround(minimizer));
  }

 protected:
  // Of X^T X / n.
  Extremes gramEigenvalues() const {
    return extremeGramEigenvalues(weightedGram(samples_, Point::Ones(terms())));
  }
  double ridge() const { return ridge_; }

 private:
  static constexpr Eigen::Index tile = 64;

  void termGradientOf(Eigen::Index r, const BlockIn& x, const IndexIn& term, BlockOut g) const {
    const Eigen::Index d = dim(), stride = x.outerStride(), gStride = g.outerStride();
    const double* __restrict__ w = x.data() + r;
    double* __restrict__ out = g.data() + r;
    const double* __restrict__ sample = sampleAt(term(r));
    double margin = 0;
    for (Eigen::Index j = 0; j < d; ++j) {
      margin += sample[j] * w[j * stride];
    }
    const double slope = Loss::slope(margin, y_(term(r)));
    for (Eigen::Index j = 0; j < d; ++j) {
      out[j * gStride] = slope * sample[j] + ridge_ * w[j * stride];
    }
  }

  // Four replicates side by side, so that none waits for the sum of another. Two coordinates, those
  // of every picture, are worth a loop without loops in it.
  template <int coordinates>
  void termGradientsByFours(Eigen::Index rows, const BlockIn& x, const IndexIn& term,
                            BlockOut g) const {
    const Eigen::Index d = coordinates == Eigen::Dynamic ? dim() : coordinates;
    const Eigen::Index stride = x.outerStride(), gStride = g.outerStride();
    for (Eigen::Index r = 0; r < rows; r += 4) {
      const double* __restrict__ w = x.data() + r;
      double* __restrict__ out = g.data() + r;
      const double* const sample[] = {sampleAt(term(r)), sampleAt(term(r + 1)),
                                      sampleAt(term(r + 2)), sampleAt(term(r + 3))};
      const auto entries = [&sample](Eigen::Index k, Eigen::Index j) {
        return Pair{sample[2 * k][j], sample[2 * k + 1][j]};
      };
      Pair margin[2] = {};
      for (Eigen::Index j = 0; j < d; ++j) {
        for (Eigen::Index k = 0; k < 2; ++k) {
          margin[k] += entries(k, j) * loadPair(w + j * stride + 2 * k);
        }
      }
      Pair slope[2];
      for (Eigen::Index k = 0; k < 2; ++k) {
        slope[k] = Pair{Loss::slope(margin[k][0], y_(term(r + 2 * k))),
                        Loss::slope(margin[k][1], y_(term(r + 2 * k + 1)))};
      }
      for (Eigen::Index j = 0; j < d; ++j) {
        for (Eigen::Index k = 0; k < 2; ++k) {
          const Pair ofRidge = ridge_ * loadPair(w + j * stride + 2 * k);
          storePair(slope[k] * entries(k, j) + ofRidge, out + j * gStride + 2 * k);
        }
      }
    }
  }

  const double* sampleAt(int term) const { return samples_.data() + X_.cols() * term; }

  // margin[k] = x_{begin + k} . w
  void fillMargins(Eigen::Index begin, Eigen::Index count, const double* __restrict__ w,
                   double* __restrict__ margin) const {
    std::fill(margin, margin + count, 0.0);
    for (Eigen::Index j = 0; j < X_.cols(); ++j) {
      const double* __restrict__ column = X_.col(j).data() + begin;
      for (Eigen::Index k = 0; k < count; ++k) {
        margin[k] += column[k] * w[j];
      }
    }
  }

  template <double (*function)(double margin, double y)>
  void applyLoss(Eigen::Index begin, Eigen::Index count, double* __restrict__ margin) const {
    const double* __restrict__ y = y_.data() + begin;
    for (Eigen::Index k = 0; k < count; ++k) {
      margin[k] = function(margin[k], y[k]);
    }
  }

  // sum += factor[k] x_{begin + k}, one k after the other.
  void addSamples(Eigen::Index begin, Eigen::Index count, const double* __restrict__ factor,
                  double* __restrict__ sum) const {
    for (Eigen::Index k = 0; k < count; ++k) {
      const double* __restrict__ sample = samples_.col(begin + k).data();
      for (Eigen::Index j = 0; j < X_.cols(); ++j) {
        sum[j] += factor[k] * sample[j];
      }
    }
  }

  double squaredNorm(const double* w) const {
    double sum = 0;
    for (Eigen::Index j = 0; j < X_.cols(); ++j) {
      sum += w[j] * w[j];
    }
    return sum;
  }

  Point minimizerOrOrigin() const {
    const std::vector<Point> found = minimizers();
    return found.empty() ? Point::Zero(dim()) : found.front();
  }

  Matrix X_;        // n x d
  Matrix samples_;  // d x n
  Point y_;
  double ridge_;
};

}  // namespace wv
