#include "method/mini_batch.hpp"

#include <algorithm>

namespace wv {
namespace {

using Eigen::Index;

// So many replicates are moved at a time, while they and their gradients are in cache. A column of
// them is no power of two long: the columns of one replicate would meet in few places of the cache.
constexpr Index kChunk = 120;

}  // namespace

MiniBatchGradient::MiniBatchGradient(const Objective& objective, const Sampler& sampler)
    : objective_(objective),
      sampler_(sampler),
      term_(kChunk),
      mean_(kChunk * objective.dim()),
      termGradient_(kChunk * objective.dim()) {}

double MiniBatchGradient::gradient(std::uint32_t step, const BlockIn& x, BlockOut g) const {
  if (sampler_.usesEveryTerm()) {
    objective_.gradient(x, g);
    return objective_.terms();
  }
  for (Index row = 0; row < x.rows(); row += kChunk) {
    const Index count = std::min(kChunk, x.rows() - row);
    averageTerms(step, row, count, x.middleRows(row, count), g.middleRows(row, count));
  }
  return sampler_.batchSize(step);
}

double MiniBatchGradient::descend(std::uint32_t step, double stepSize, Block& x) const {
  if (sampler_.usesEveryTerm()) {
    return GradientSource::descend(step, stepSize, x);
  }
  for (Index row = 0; row < x.rows(); row += kChunk) {
    const Index count = std::min(kChunk, x.rows() - row);
    Eigen::Map<Block> g(mean_.data(), count, x.cols());
    averageTerms(step, row, count, x.middleRows(row, count), g);
    if (count == x.rows()) {
      x -= stepSize * g;  // without a gap from column to column: a single row is one loop
    } else {
      x.middleRows(row, count) -= stepSize * g;
    }
  }
  return sampler_.batchSize(step);
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
