#pragma once

#include "method/method.hpp"

namespace wv {

// Nesterov's accelerated gradient (1983) in the form of Sutskever et al. (2013): the heavy ball
// with its gradient taken ahead, at x + mu v. Slot 0 is the velocity.
class Nesterov final : public Method {
 public:
  explicit Nesterov(double momentum) : momentum_(momentum) {}

  void init(State& state) const override { clearState(state, 1); }
  void step(const Context& context, State& state) const override {
    Block& velocity = state.slots[0];
    const Block ahead = state.x + momentum_ * velocity;
    const Block g = takeGradient(context, ahead, state);
    velocity = momentum_ * velocity - context.stepSize * g;
    state.x += velocity;
    ++state.step;
  }

 private:
  double momentum_;
};

}  // namespace wv
