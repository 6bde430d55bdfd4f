#include "objective/least_squares.hpp"

namespace wv {

template class FiniteSum<SquaredLoss>;

std::optional<Curvature> LeastSquares::curvature() const {
  const Extremes gram = gramEigenvalues();
  return Curvature{gram.largest + ridge(), gram.smallest + ridge()};
}

}  // namespace wv
