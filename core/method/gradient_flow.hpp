// Gradient descent with steps that vanish.
#pragma once

#include "method/method.hpp"

namespace wv {

// x' = -grad f(x) over a time of context.stepSize: the classical Runge-Kutta method of order 4, its
// own steps halved until one and two halves agree to `tolerance` (Hairer, Norsett, Wanner, Solving
// Ordinary Differential Equations I, section II.4), for all rows together. Slot 0, column 0 holds
// the length of the last inner step. Gives up, with what it has, after 10 000 inner steps.
class GradientFlow final : public Method {
 public:
  explicit GradientFlow(double tolerance = 1e-11) : tolerance_(tolerance) {}

  void init(State& state) const override { clearState(state, 1); }
  void step(const Context& context, State& state) const override;

 private:
  double tolerance_;
};

}  // namespace wv
