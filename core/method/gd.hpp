#pragma once

#include "method/method.hpp"

namespace wv {

// Gradient descent: x <- x - alpha grad f(x).
class GradientDescent final : public Method {
 public:
  void init(State& state) const override { clearState(state, 0); }
  void step(const Context& context, State& state) const override {
    state.gradientEvaluations += context.source.descend(state.step, context.stepSize, state.x);
    ++state.step;
  }
};

}  // namespace wv
