#pragma once

#include "method/gradient_source.hpp"
#include "random/fill.hpp"

namespace wv {

// grad f plus isotropic Gaussian noise of this standard deviation in each coordinate, the same
// everywhere: a stochastic gradient for landscapes that are no finite sums. Numbers:
// Stream::gradient at the step asked for. The objective must outlive it.
class NoisyGradient final : public GradientSource {
 public:
  NoisyGradient(const Objective& objective, double deviation, std::uint32_t seed,
                std::uint32_t firstReplicate)
      : objective_(objective),
        deviation_(deviation),
        seed_(seed),
        firstReplicate_(firstReplicate) {}

  const Objective& objective() const override { return objective_; }
  double gradient(std::uint32_t step, const BlockIn& x, BlockOut g) const override {
    objective_.gradient(x, g);
    if (deviation_ > 0) {
      Block noise(x.rows(), x.cols());
      fillNormal({seed_, Stream::gradient, step, 0, firstReplicate_}, noise);
      g += deviation_ * noise;
    }
    return objective_.terms();
  }

 private:
  const Objective& objective_;
  double deviation_;
  std::uint32_t seed_, firstReplicate_;
};

}  // namespace wv
