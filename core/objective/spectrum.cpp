#include "objective/spectrum.hpp"

#include <limits>

#include "numeric/symmetric_eigen.hpp"

namespace wv {

Extremes extremeEigenvalues(const Matrix& symmetric) {
  const Point ascending = numeric::symmetricEigen(symmetric).values;
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
