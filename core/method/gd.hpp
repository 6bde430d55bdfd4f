#pragma once

#include "method/method.hpp"

namespace wv {

// Gradient descent: x <- x - alpha grad f(x).
class GradientDescent final : public Method {
 public:
  void init(State& state) const override { clearState(state, 0); }
  void step(const Context& context, State& state) const override {
    const Block g = takeGradient(context, state.x, state);
    state.x -= context.stepSize * g;
    ++state.step;
  }
};

}  // namespace wv
