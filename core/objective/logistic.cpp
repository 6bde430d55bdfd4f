#include "objective/logistic.hpp"

namespace wv {

template class FiniteSum<LogisticLoss>;

std::optional<Curvature> Logistic::curvature() const {
  return Curvature{0.25 * gramEigenvalues().largest + ridge(), ridge()};
}

}  // namespace wv
