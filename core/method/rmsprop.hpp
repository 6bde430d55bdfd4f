#pragma once

#include "method/method.hpp"

namespace wv {

// RMSProp (Tieleman and Hinton 2012): s <- beta2 s + (1 - beta2) g^2,
// x <- x - alpha g / (sqrt(s) + eps). Slot 0 is s.
class RmsProp final : public Method {
 public:
  explicit RmsProp(double decay = 0.9, double epsilon = 1e-8) : decay_(decay), epsilon_(epsilon) {}

  void init(State& state) const override { clearState(state, 1); }
  void step(const Context& context, State& state) const override {
    const Block g = takeGradient(context, state.x, state);
    Block& meanSquare = state.slots[0];
    meanSquare = decay_ * meanSquare + (1 - decay_) * g * g;
    state.x -= context.stepSize * g / (meanSquare.sqrt() + epsilon_);
    ++state.step;
  }

 private:
  double decay_, epsilon_;
};

}  // namespace wv
