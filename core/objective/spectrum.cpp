#include "objective/spectrum.hpp"

#include <Eigen/Eigenvalues>
#include <limits>

namespace wv {

Extremes extremeEigenvalues(const Matrix& symmetric) {
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(symmetric, Eigen::EigenvaluesOnly);
  const auto& ascending = solver.eigenvalues();
  return {ascending(0), ascending(ascending.size() - 1)};
}

Extremes extremeGramEigenvalues(const Matrix& gram) {
  Extremes ends = extremeEigenvalues(gram);
  const double rounding =
      4 * std::numeric_limits<double>::epsilon() * static_cast<double>(gram.rows()) * ends.largest;
  if (ends.smallest < rounding) {
    ends.smallest = 0;
  }
  return ends;
}

}  // namespace wv
