// The lecture's model of SGD, its equation (3): gradient descent plus Gaussian noise.
#pragma once

#include <vector>

#include "method/method.hpp"
#include "objective/objective.hpp"

namespace wv {

enum class ModelNoise {
  matched,   // covariance c Cov grad l_i(x): SGD's own, which changes with x
  identity,  // c I: the lecture's Assumption 14
};

// The covariance of one term's gradient of the linear model (1/2n) sum (x_i . w - y_i)^2 as a
// quadratic form in (w, -1): with z_i = (x_i, y_i) the gradient is x_i (z_i . (w, -1)), so that
// Cov_jk = (w, -1)^T C_jk (w, -1), C_jk the covariance matrix of x_ij z_i and x_ik z_i. It costs
// no sum over the n terms. A ridge shifts all terms alike and is not seen.
class TermCovariance {
 public:
  // X is n x d with d = 1 or 2, y has n entries.
  TermCovariance(const Matrix& X, const Point& y);

  // R x d(d+1)/2 at the rows of x (R x d): the variance for d = 1; Cov_11, Cov_12, Cov_22 for d
  // = 2.
  void fill(const BlockIn& x, BlockOut covariance) const;

 private:
  std::vector<Matrix> forms_;
};

// x <- x - alpha grad f(x) + alpha sqrt(c) S(x) xi, S S^T the covariance of the noise and c the
// variance factor of the batch (1/b drawn with replacement). Immutable; not a Method over a
// GradientSource, as its noise belongs to the terms and not to the gradient.
//
// Numbers: Stream::normal at the step, from slot 0 on; row r of a state is replicate
// firstReplicate + r.
class GaussianModel {
 public:
  // The objective is that of the linear model X, y, with any ridge; it is read here only.
  GaussianModel(const Objective& objective, const Matrix& X, const Point& y, ModelNoise noise,
                double varianceFactor, std::uint32_t seed, std::uint32_t firstReplicate = 0);

  // d x d, of the noise of one step from x over alpha^2.
  Matrix covariance(const PointIn& x) const;

  // Costs n term gradients, as the model has it; computed by the gradient at 0 and the Hessian.
  void step(double alpha, State& state) const;

 private:
  // c Cov at the rows of x, in the layout of TermCovariance.
  Block covariances(const BlockIn& x) const;

  Point gradientAtZero_;
  Matrix hessian_;
  int terms_;
  TermCovariance termCovariance_;
  ModelNoise noise_;
  double factor_;
  std::uint32_t seed_, firstReplicate_;
};

// xi S^T in place of xi (R x d, d = 1 or 2), S the lower triangular root of the covariance in each
// row (the layout of TermCovariance), or of the one row that it has.
void colour(const BlockIn& covariance, BlockOut xi);

}  // namespace wv
