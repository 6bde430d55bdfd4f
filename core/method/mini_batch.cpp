#include "method/mini_batch.hpp"

#include <algorithm>

namespace wv {
namespace {

using Eigen::Index;

// A batch is added up for so many replicates at a time, while their gradients are in cache.
constexpr Index kChunk = 256;

}  // namespace

MiniBatchGradient::MiniBatchGradient(const Objective& objective, const Sampler& sampler)
    : objective_(objective),
      sampler_(sampler),
      term_(kChunk),
      termGradient_(kChunk, objective.dim()) {}

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

void MiniBatchGradient::averageTerms(std::uint32_t step, Index row, Index count, const BlockIn& x,
                                     BlockOut g) const {
  auto term = term_.head(count);
  auto termGradient = termGradient_.topRows(count);
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
