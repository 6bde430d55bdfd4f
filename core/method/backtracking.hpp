#pragma once

#include "method/method.hpp"

namespace wv {

// Gradient descent with Armijo's rule (Nocedal and Wright, Numerical Optimization, Algorithm 3.1):
// each replicate starts at the given step size and halves its own until
// f(x - a g) <= f(x) - a |g|^2 / 10000, at most 60 times. Slot 0, column 0 holds the step taken.
// Values of f cost a term evaluation each, and are counted as such.
class Backtracking final : public Method {
 public:
  void init(State& state) const override { clearState(state, 1); }

  void step(const Context& context, State& state) const override {
    const Objective& objective = context.source.objective();
    const Block g = takeGradient(context, state.x, state);
    const Column slope = sufficientDecrease * g.square().rowwise().sum();
    const Column before = valueAt(objective, state.x, state);
    Column alpha = Column::Constant(state.x.rows(), context.stepSize);
    for (int halving = 0; halving < maxHalvings; ++halving) {
      const Block candidate = state.x - g.colwise() * alpha;
      const Column after = valueAt(objective, candidate, state);
      const auto accepted = (after <= before - alpha * slope).eval();
      if (accepted.all()) {
        break;
      }
      alpha = accepted.select(alpha, 0.5 * alpha);
    }
    state.x -= g.colwise() * alpha;
    state.slots[0].col(0) = alpha;
    ++state.step;
  }

 private:
  static constexpr double sufficientDecrease = 1e-4;
  static constexpr int maxHalvings = 60;

  static Column valueAt(const Objective& objective, const BlockIn& x, State& state) {
    Column f(x.rows());
    objective.value(x, f);
    state.gradientEvaluations += objective.terms();
    return f;
  }
};

}  // namespace wv
