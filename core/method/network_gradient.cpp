#include "method/network_gradient.hpp"

namespace wv {

using Eigen::Index;

double NetworkGradient::gradient(std::uint32_t step, const BlockIn& x, BlockOut g) const {
  for (Index r = 0; r < x.rows(); ++r) {
    Dropout dropout = dropout_;
    dropout.address.step = step;
    dropout.address.firstReplicate += static_cast<std::uint32_t>(r);
    const Point weights = x.row(r).transpose().matrix();
    g.row(r) = network_.batchGradient(weights, batchOf(step, r), dropout).transpose().array();
  }
  return sampler_.batchSize(step);
}

std::span<const int> NetworkGradient::batchOf(std::uint32_t step, Index replicate) const {
  // Their order would change nothing but the rounding: this is the full gradient, bit for bit.
  if (sampler_.usesEveryTerm()) {
    return network_.allSamples();
  }
  batch_.resize(static_cast<std::size_t>(sampler_.batchSize(step)));
  IndexColumn term(1);
  for (std::size_t slot = 0; slot < batch_.size(); ++slot) {
    sampler_.fillTerms(step, static_cast<int>(slot), replicate, term);
    batch_[slot] = term(0);
  }
  return batch_;
}

}  // namespace wv
