#pragma once

#include "method/method.hpp"
#include "numeric/integer_power.hpp"

namespace wv {

// Adam (Kingma and Ba 2015, Algorithm 1), with both bias corrections. Slots: first and second
// moment of the gradient.
class Adam final : public Method {
 public:
  explicit Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
      : beta1_(beta1), beta2_(beta2), epsilon_(epsilon) {}

  void init(State& state) const override { clearState(state, 2); }
  void step(const Context& context, State& state) const override {
    const Block g = takeGradient(context, state.x, state);
    Block& mean = state.slots[0];
    Block& meanSquare = state.slots[1];
    mean = beta1_ * mean + (1 - beta1_) * g;
    meanSquare = beta2_ * meanSquare + (1 - beta2_) * g * g;
    ++state.step;
    const double correction1 = 1 - numeric::integerPower(beta1_, state.step);
    const double correction2 = 1 - numeric::integerPower(beta2_, state.step);
    state.x -=
        context.stepSize * (mean / correction1) / ((meanSquare / correction2).sqrt() + epsilon_);
  }

 private:
  double beta1_, beta2_, epsilon_;
};

}  // namespace wv
