// Stochastic gradients of a network: a batch of one weight vector at once.
#pragma once

#include <vector>

#include "method/gradient_source.hpp"
#include "method/sampler.hpp"
#include "objective/network.hpp"

namespace wv {

// What MiniBatchGradient gives, to rounding, at a fraction of its cost: it goes through the network
// once for a batch, not once for each sample of it.
//
// Both the network (with as many samples as the sampler has terms) and the sampler must outlive it.
// Scratch memory makes it unfit for several threads.
class NetworkGradient final : public GradientSource {
 public:
  // The masks of row r at a step are those of the dropout's address with this step and its
  // replicate moved on by r.
  NetworkGradient(const Network& network, const Sampler& sampler, const Dropout& dropout)
      : network_(network), sampler_(sampler), dropout_(dropout) {}

  const Objective& objective() const override { return network_; }
  double gradient(std::uint32_t step, const BlockIn& x, BlockOut g) const override;

 private:
  std::span<const int> batchOf(std::uint32_t step, Eigen::Index replicate) const;

  const Network& network_;
  const Sampler& sampler_;
  Dropout dropout_;
  mutable std::vector<int> batch_;
};

}  // namespace wv
