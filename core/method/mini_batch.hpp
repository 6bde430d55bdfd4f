// Stochastic gradients. Gradient descent over this source is SGD, the heavy ball SGD with momentum.
#pragma once

#include "method/gradient_source.hpp"
#include "method/sampler.hpp"

namespace wv {

// The mean of the term gradients of the step's batch, added up in the order of its slots; the cost
// is the size of the batch. When the sampler uses every term at every step it is the full gradient,
// bit for bit.
//
// Both the objective (with as many terms as the sampler) and the sampler (of as many replicates as
// there are rows) must outlive it. Scratch memory makes it unfit for several threads.
class MiniBatchGradient final : public GradientSource {
 public:
  MiniBatchGradient(const Objective& objective, const Sampler& sampler);

  const Objective& objective() const override { return objective_; }
  double gradient(std::uint32_t step, const BlockIn& x, BlockOut g) const override;
  double descend(std::uint32_t step, double stepSize, Block& x) const override;

 private:
  // For one replicate and one term; false, with x as it was, where the objective has no short way.
  bool descendAlone(std::uint32_t step, double stepSize, Block& x) const;
  // The mean for the rows row .. row + count - 1.
  void averageTerms(std::uint32_t step, Eigen::Index row, Eigen::Index count, const BlockIn& x,
                    BlockOut g) const;

  const Objective& objective_;
  const Sampler& sampler_;
  mutable IndexColumn term_;
  mutable Column mean_, termGradient_;
};

}  // namespace wv
