// Finite sums of growing size, for counting what each method spends on them.
#pragma once

#include <memory>
#include <optional>

#include "experiment/objective_parameters.hpp"
#include "theory/constants.hpp"

namespace wv {

// n samples of `dimension` features with X^T X / n diagonal, so that L = 1 and m = 1/condition for
// every n: the eigenvalues fall geometrically from 1. The columns are Gaussian, made orthogonal by
// Gram and Schmidt. y = X w + noise times a standard normal, where w gives each direction the same
// share of an initial gap of about 1/2. Numbers come from Stream::instance, so that the Gaussian
// rows of a smaller n are the first rows of a larger one. n >= dimension >= 1, condition >= 1.
DesignMatrix syntheticDesign(int n, int dimension, double condition, double noise,
                             std::uint32_t seed);

// The first n rows of a random order of all rows, which the seed names. Standardised as the whole.
DesignMatrix sampleOfRows(const DesignMatrix& design, int n, std::uint32_t seed);

// The methods, in this order everywhere.
enum class WorkMethod { gradientDescent, sgd, svrg, saga };
inline constexpr int workMethods = 4;

class WorkProblem {
 public:
  // Least squares for a regression, logistic regression (with the design as it is, and a ridge
  // above 0) for a classification.
  WorkProblem(const DesignMatrix& design, Task task, double ridge);

  const Objective& objective() const { return *objective_; }
  const Constants& constants() const { return constants_; }
  // The largest smoothness of a term, max |x_i|^2 + ridge; with logistic loss a quarter of the
  // norm.
  double termSmoothness() const { return termSmoothness_; }
  // f(0) - f*: every method starts at the origin.
  double initialGap() const { return initialGap_; }

  // The step size of update number t = 0, 1, ...: gradient descent 2/(m + L); SGD
  // (2/m)/(t0 + t + 1) with the first one 1/(2 L_max); SVRG 1/(4 L_max); SAGA 1/(3 L_max) as in its
  // paper. L_max is termSmoothness.
  double stepSize(WorkMethod method, std::uint32_t t) const;

  // Term gradients until the gap is `target`, by theory; nothing where more than `most` are needed.
  // Gradient descent: the worst case over all f of this L and m. SGD: where the expected gap,
  // computed by second moments along the eigenvectors of the Hessian (correlations between them
  // are left out), passes the target; with logistic loss that of the quadratic that it is near its
  // minimiser. SVRG and SAGA: (n + L_max/m) log(gap / target), an order of
  // magnitude.
  std::optional<double> predictedWork(WorkMethod method, double target, double most) const;

 private:
  // Of the loss of each term at the minimiser.
  Column lossCurvatures() const;
  double expectedSgdWork(double target, double most) const;

  Matrix X_;
  Task task_;
  double ridge_;
  std::unique_ptr<const Objective> objective_;
  Constants constants_;
  double termSmoothness_ = 0, initialGap_ = 0;
};

}  // namespace wv
