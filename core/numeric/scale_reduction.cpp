#include "numeric/scale_reduction.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/statistics.hpp"

namespace wv::numeric {

ScaleReduction::ScaleReduction(Eigen::Index chains, Eigen::Index quantities, std::uint32_t window)
    : window_(window), origin_(chains, quantities) {
  restart(window);
}

void ScaleReduction::restart(std::uint32_t window) {
  window_ = window;
  count_ = 0;
  for (auto* halves : {&sum_, &squares_}) {
    halves->fill(Block::Zero(origin_.rows(), origin_.cols()));
  }
}

void ScaleReduction::add(const BlockIn& values) {
  if (count_ == 0) {
    origin_ = values;
  }
  const std::size_t half = count_ < window_ / 2 ? 0 : 1;
  const Eigen::Index size = origin_.size();
  const double* const from = origin_.data();
  double* const sum = sum_[half].data();
  double* const squares = squares_[half].data();
  const Block taken = values;
  for (Eigen::Index i = 0; i < size; ++i) {
    const double shifted = taken.data()[i] - from[i];
    sum[i] += shifted;
    squares[i] += shifted * shifted;
  }
  ++count_;
}

double ScaleReduction::value() const {
  const int length = window_ / 2;
  const double n = length;
  const Eigen::Index chains = origin_.rows();
  double largest = 0;
  for (Eigen::Index q = 0; q < origin_.cols(); ++q) {
    Column means(2 * chains), variances(2 * chains);
    for (const std::size_t part : {0, 1}) {
      const Column mean = sum_[part].col(q) / n;
      const auto at = static_cast<Eigen::Index>(part) * chains;
      means.segment(at, chains) = origin_.col(q) + mean;
      variances.segment(at, chains) = (squares_[part].col(q) - n * mean.square()) / (n - 1);
    }
    const double within = numeric::mean(variances);
    if (!(within > 0)) {
      return infinity;
    }
    largest = std::max(largest, std::sqrt((n - 1) / n + sampleVariance(means) / within));
  }
  return largest;
}

}  // namespace wv::numeric
