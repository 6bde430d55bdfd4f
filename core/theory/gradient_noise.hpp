// How noisy the gradient of one term, or of a batch, is: E |grad f_w|^2 <= sigma0 + sigma |grad
// f|^2 (the lecture's Lemma 6; Bottou, Curtis, Nocedal, SIAM Review 60 (2018), Assumption 4.3).
#pragma once

#include <memory>

#include "objective/logistic.hpp"
#include "objective/objective.hpp"

namespace wv {

// full(r) = |grad f|^2 and term(r) = E |grad l_i|^2, i uniform, at row r of x (R x d). Costs n term
// gradients a row.
struct GradientSquares {
  Column full, term;
};
GradientSquares gradientSquares(const Objective& objective, const BlockIn& x);

// c with Var grad f_B = c Var grad l_i for the mean over a batch of b terms: 1/b drawn with
// replacement, (n - b)/((n - 1) b) drawn distinct (0 for b = n).
double replacementVarianceFactor(int batch);
double distinctVarianceFactor(int terms, int batch);

// E |grad f_B|^2 = |grad f|^2 + c (E |grad l_i|^2 - |grad f|^2).
double batchSquare(double fullSquare, double termSquare, double varianceFactor);

// In E |grad f_w|^2 <= sigma0 + sigma |grad f|^2.
struct NoiseConstants {
  double sigma0 = 0, sigma = 1;
};

// Of a batch: only the variance falls by c, so sigma0 -> c sigma0, sigma -> 1 + c (sigma - 1).
NoiseConstants ofBatch(const NoiseConstants& term, double varianceFactor);

// The pairs (sigma0, sigma) that are valid for all x, for single terms: one sigma0 for each sigma.
class NoiseBound {
 public:
  virtual ~NoiseBound() = default;

  // Below it no sigma0 is enough. At least 1, by Jensen.
  virtual double leastSigma() const = 0;
  // Falls as sigma grows; infinite if none is known for this sigma.
  virtual double sigma0(double sigma) const = 0;
  // Whether sigma0 is the least one that is valid.
  virtual bool isTight() const = 0;

  // Twice leastSigma. Theorem 7 trades sigma0 (the floor) against sigma (the largest step,
  // 1/(L sigma)). This choice stays clear of leastSigma, where sigma0 may blow up, and allows half
  // of the longest step that any choice can allow. When the step is known, largestSigmaForStep is
  // better.
  double defaultSigma() const { return 2 * leastSigma(); }
};

// The scalar quadratic: sigma0 = E r^2 + (E a^2 r)^2 / (sigma A^2 - E a^4), sigma > E a^4 / A^2,
// is the case d = 1 of this. Let e = w - w*, r_i = -grad l_i(w*), and H_i = x_i x_i^T + ridge I,
// so that grad l_i = H_i e - r_i and g = grad f = H e with H = E H_i. Then
//   E |grad l_i|^2 = g^T M g - 2 g^T v + E |r|^2,  M = H^-1 E[H_i^2] H^-1,  v = H^-1 E[H_i r_i],
// and the largest value of this minus sigma |g|^2 is E |r|^2 + v^T (sigma I - M)^-1 v, taken at
// g = -(sigma I - M)^-1 v, if sigma is above the largest eigenvalue of M. On the null space of H
// all terms are constant, so it is left out.
class LeastSquaresNoise final : public NoiseBound {
 public:
  // X is n x d, y has n entries; f(w) = (1/2n) |Xw - y|^2 + ridge/2 |w|^2. For a ScalarQuadratic
  // X = a, y = b, ridge = 0.
  LeastSquaresNoise(const Matrix& X, const Point& y, double ridge);

  double leastSigma() const override { return leastSigma_; }
  double sigma0(double sigma) const override;
  bool isTight() const override { return true; }

  // E |r|^2, what sigma0 tends to as sigma grows.
  double noiseAtMinimizer() const { return noiseAtMinimizer_; }
  // The w at which the inequality is an equality; sigma > leastSigma().
  Point maximizer(double sigma) const;

 private:
  double leastSigma_ = 1, noiseAtMinimizer_ = 0;
  Point minimizer_;
  Point eigenvalues_;  // of M
  Point components_;   // of v along its eigenvectors
  Matrix toWeights_;   // from these components of g to e
};

// Logistic regression has no closed form; this is a bound. The ridge shifts all terms alike, so
// only S = sqrt(Var) of the loss gradients s_i(w) y_i x_i counts, and E |grad l_i|^2 = |grad f|^2 +
// S^2. Two bounds on S:
//   S <= X = sqrt(E |x_i|^2), as |s_i| <= 1;
//   S <= S* + K |w - w*| by Minkowski, S* taken at w*, K^2 = lambda_max(E[|x|^2 x x^T]) / 16, as
//   the logistic function has slopes up to 1/4; and |w - w*| <= |grad f| / m with m = ridge.
// So with u = |grad f|, k = K/m and t = sigma - 1, sigma0 = max_u min(X, S* + k u)^2 - t u^2: that
// is S*^2 t / (t - k^2) if its u is below the kink u_X = (X - S*)/k, else X^2 - t u_X^2.
class LogisticNoise final : public NoiseBound {
 public:
  // The objective must be of this X (n x d) and this ridge. Without ridge, or without a minimiser,
  // sigma0 = X^2 for all sigma.
  LogisticNoise(const Logistic& objective, const Matrix& X, double ridge);

  double leastSigma() const override { return 1; }
  double sigma0(double sigma) const override;
  bool isTight() const override { return false; }

 private:
  double largestVariance_ = 0;   // X^2
  double noiseAtMinimizer_ = 0;  // S*^2
  double growth_ = 0;            // k
};

// For a given step size the floor of Theorem 7 grows with sigma0, so the best sigma is the largest
// that the theorem allows, 1 + c (sigma - 1) = 1 / (alpha L). Infinite for c = 0. May be below
// leastSigma(): then the step is too long for the theorem.
double largestSigmaForStep(double alpha, double smoothness, double varianceFactor);

}  // namespace wv
