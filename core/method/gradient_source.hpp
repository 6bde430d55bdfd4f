// Where a method's gradients come from. The same update rule is deterministic over FullGradient and
// stochastic over a sampled source.
#pragma once

#include <cstdint>

#include "objective/objective.hpp"

namespace wv {

class GradientSource {
 public:
  virtual ~GradientSource() = default;

  virtual const Objective& objective() const = 0;
  // Writes the estimate of grad f at each row of x (R x d) that belongs to this step, and returns
  // its cost in term-gradient evaluations per replicate.
  virtual double gradient(std::uint32_t step, const BlockIn& x, BlockOut g) const = 0;

  // x <- x - stepSize (the estimate of grad f at x), row by row as `gradient` would give it, with
  // the same cost. A source that comes by its rows in parts moves each while it is in cache.
  virtual double descend(std::uint32_t step, double stepSize, Block& x) const;
};

class FullGradient final : public GradientSource {
 public:
  explicit FullGradient(const Objective& objective) : objective_(objective) {}

  const Objective& objective() const override { return objective_; }
  double gradient(std::uint32_t step, const BlockIn& x, BlockOut g) const override;

 private:
  const Objective& objective_;
};

}  // namespace wv
