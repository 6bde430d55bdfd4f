#pragma once

#include "method/method.hpp"

namespace wv {

// Polyak's heavy ball (1964): v <- mu v - alpha grad f(x), x <- x + v. Slot 0 is the velocity.
class HeavyBall final : public Method {
 public:
  explicit HeavyBall(double momentum) : momentum_(momentum) {}

  void init(State& state) const override { clearState(state, 1); }
  void step(const Context& context, State& state) const override {
    const Block g = takeGradient(context, state.x, state);
    Block& velocity = state.slots[0];
    velocity = momentum_ * velocity - context.stepSize * g;
    state.x += velocity;
    ++state.step;
  }

 private:
  double momentum_;
};

}  // namespace wv
