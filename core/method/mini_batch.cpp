#include "method/mini_batch.hpp"

#include <algorithm>

namespace wv {
namespace {

using Eigen::Index;

// So many replicates are moved at a time, while they and their gradients are in cache. A column of
// them is no power of two long: the columns of one replicate would meet in few places of the cache.
constexpr Index replicatesAtOnce = 120;

// Subtracts stepSize g from as many rows of a block whose columns are `stride` apart. Where these
// are all its rows, they are one run of numbers: a single trajectory is not moved in d loops of one
// turn.
void moveRows(double* __restrict__ x, Index stride, const Eigen::Map<Block>& g, double stepSize) {
  const bool isAll = g.rows() == stride;
  const Index length = isAll ? g.size() : g.rows();
  const double* __restrict__ from = g.data();
  for (Index column = 0; column < (isAll ? 1 : g.cols()); ++column) {
    for (Index i = 0; i < length; ++i) {
      x[column * stride + i] -= stepSize * from[column * length + i];
    }
  }
}

}  // namespace

MiniBatchGradient::MiniBatchGradient(const Objective& objective, const Sampler& sampler)
    : objective_(objective),
      sampler_(sampler),
      term_(replicatesAtOnce),
      mean_(replicatesAtOnce * objective.dim()),
      termGradient_(replicatesAtOnce * objective.dim()) {}

double MiniBatchGradient::gradient(std::uint32_t step, const BlockIn& x, BlockOut g) const {
  if (sampler_.usesEveryTerm()) {
    objective_.gradient(x, g);
    return objective_.terms();
  }
  for (Index row = 0; row < x.rows(); row += replicatesAtOnce) {
    const Index count = std::min(replicatesAtOnce, x.rows() - row);
    averageTerms(step, row, count, x.middleRows(row, count), g.middleRows(row, count));
  }
  return sampler_.batchSize(step);
}

double MiniBatchGradient::descend(std::uint32_t step, double stepSize, Block& x) const {
  if (sampler_.usesEveryTerm()) {
    return GradientSource::descend(step, stepSize, x);
  }
  if (x.rows() == 1 && sampler_.batchSize(step) == 1 && descendAlone(step, stepSize, x)) {
    return 1;
  }
  for (Index row = 0; row < x.rows(); row += replicatesAtOnce) {
    const Index count = std::min(replicatesAtOnce, x.rows() - row);
    Eigen::Map<Block> g(mean_.data(), count, x.cols());
    averageTerms(step, row, count, x.middleRows(row, count), g);
    moveRows(x.data() + row, x.rows(), g, stepSize);
  }
  return sampler_.batchSize(step);
}

bool MiniBatchGradient::descendAlone(std::uint32_t step, double stepSize, Block& x) const {
  int term = 0;
  sampler_.fillTerms(step, 0, 0, Eigen::Map<IndexColumn>(&term, 1));
  return objective_.descendTerm(term, stepSize, {x.data(), static_cast<std::size_t>(x.size())});
}

void MiniBatchGradient::averageTerms(std::uint32_t step, Index row, Index count, const BlockIn& x,
                                     BlockOut g) const {
  auto term = term_.head(count);
  Eigen::Map<Block> termGradient(termGradient_.data(), count, x.cols());
  const int size = sampler_.batchSize(step);
  sampler_.fillTerms(step, 0, row, term);
  objective_.termGradient(x, term, g);
  for (int slot = 1; slot < size; ++slot) {
    sampler_.fillTerms(step, slot, row, term);
    objective_.termGradient(x, term, termGradient);
    g += termGradient;
  }
  if (size > 1) {
    g /= size;
  }
}

}  // namespace wv
