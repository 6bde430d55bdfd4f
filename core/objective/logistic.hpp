// Logistic regression: f(w) = (1/n) sum_i log(1 + exp(-y_i x_i . w)) + ridge/2 |w|^2, y_i = +-1.
#pragma once

#include "numeric/elementary.hpp"
#include "objective/finite_sum.hpp"

namespace wv {

struct LogisticLoss {
  static double value(double margin, double y) { return numeric::softplus(-y * margin); }
  static double slope(double margin, double y) { return -y * numeric::logistic(-y * margin); }
  static double curvature(double margin, double) {
    return numeric::logistic(margin) * numeric::logistic(-margin);
  }
};

extern template class FiniteSum<LogisticLoss>;

class Logistic final : public FiniteSum<LogisticLoss> {
 public:
  using FiniteSum::FiniteSum;

  // L = largest eigenvalue of X^T X / (4n) + ridge, as the loss curves by 1/4 at most. m = ridge:
  // far out the loss is flat, so no larger constant holds everywhere.
  std::optional<Curvature> curvature() const override;
};

}  // namespace wv
