#include "experiment/optimality_gap.hpp"

#include "numeric/constants.hpp"
#include "objective/least_squares.hpp"
#include "objective/logistic.hpp"

namespace wv {

double gapWork(const Objective& objective) {
  constexpr double workOfLogistic = 20;
  const double d = objective.dim();
  const bool isQuadratic = dynamic_cast<const Logistic*>(&objective) == nullptr;
  return isQuadratic ? d * d : objective.terms() * (d + workOfLogistic);
}

OptimalityGap::OptimalityGap(const Objective& objective, const Point& minimizer, double minimum)
    : objective_(objective), minimizer_(minimizer), minimum_(minimum) {
  if (dynamic_cast<const LeastSquares*>(&objective) != nullptr) {
    hessian_ = objective.hessian(minimizer);
  }
}

Column OptimalityGap::operator()(const BlockIn& x) const {
  if (!passesOverTerms()) {
    return quadraticForm(x);
  }
  Column f(x.rows());
  objective_.value(x, f);
  return f - minimum_;
}

// Sum over j, then over k <= j, in order: the bits depend on neither R nor the machine.
Column OptimalityGap::quadraticForm(const BlockIn& x) const {
  const Block error = x.rowwise() - minimizer_.transpose().array();
  Column gap = Column::Zero(x.rows());
  Column product(x.rows());
  for (Eigen::Index j = 0; j < error.cols(); ++j) {
    product = 0.5 * hessian_(j, j) * error.col(j);
    for (Eigen::Index k = 0; k < j; ++k) {
      product += hessian_(j, k) * error.col(k);
    }
    gap += error.col(j) * product;
  }
  return gap;
}

Column gapsOrInfinity(const OptimalityGap& gapOf, const BlockIn& x, bool diverged) {
  return diverged ? Column::Constant(x.rows(), numeric::infinity) : gapOf(x);
}

}  // namespace wv
