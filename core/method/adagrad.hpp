#pragma once

#include "method/method.hpp"

namespace wv {

// AdaGrad (Duchi, Hazan, Singer 2011), diagonal: s <- s + g^2, x <- x - alpha g / (sqrt(s) + eps).
// Slot 0 is s.
class AdaGrad final : public Method {
 public:
  explicit AdaGrad(double epsilon = 1e-8) : epsilon_(epsilon) {}

  void init(State& state) const override { clearState(state, 1); }
  void step(const Context& context, State& state) const override {
    const Block g = takeGradient(context, state.x, state);
    Block& sum = state.slots[0];
    sum += g * g;
    state.x -= context.stepSize * g / (sum.sqrt() + epsilon_);
    ++state.step;
  }

 private:
  double epsilon_;
};

}  // namespace wv
