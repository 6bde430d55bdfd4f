#include "experiment/order_statistics.hpp"

#include <cmath>

#include "numeric/statistics.hpp"

namespace wv {

bool OrderStatistics::isFinite() const {
  return std::isfinite(gap + gapError) && std::isfinite(bias + biasError) &&
         std::isfinite(variance + varianceError);
}

OrderStatistics orderStatistics(const BlockIn& x, const PointIn& minimizer, const ColumnIn& gap) {
  OrderStatistics result;
  const Eigen::Index replicates = x.rows();
  Column squares = Column::Zero(replicates);
  double squaredBias = 0;
  for (Eigen::Index j = 0; j < x.cols(); ++j) {
    const Column error = x.col(j) - minimizer(j);
    const double mean = numeric::mean(error);
    squaredBias += mean * mean;
    result.bias = mean;
    squares += (error - mean).square();
  }
  if (x.cols() > 1) {
    result.bias = std::sqrt(squaredBias);
  }
  result.gap = numeric::mean(gap);
  if (replicates > 1) {
    const double count = static_cast<double>(replicates);
    result.gapError = numeric::standardError(gap);
    result.variance = numeric::sum(squares) / (count - 1);
    result.biasError = std::sqrt(result.variance / count);
    result.varianceError = numeric::standardError(squares);
  }
  return result;
}

}  // namespace wv
