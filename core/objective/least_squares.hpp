// Ridge regression: f(w) = (1/2n) |Xw - y|^2 + ridge/2 |w|^2.
#pragma once

#include "objective/finite_sum.hpp"

namespace wv {

struct SquaredLoss {
  static double value(double margin, double y) { return 0.5 * (margin - y) * (margin - y); }
  static double slope(double margin, double y) { return margin - y; }
  static double curvature(double, double) { return 1; }
};

// Compiled once, in the file that is compiled for speed: wherever else it were, the linker would
// take the copy that it meets first, small and slow.
extern template class FiniteSum<SquaredLoss>;

class LeastSquares final : public FiniteSum<SquaredLoss> {
 public:
  using FiniteSum::FiniteSum;

  // L and m are the extreme eigenvalues of the (constant) Hessian X^T X / n + ridge I.
  std::optional<Curvature> curvature() const override;
};

}  // namespace wv
