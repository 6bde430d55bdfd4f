#pragma once

#include <algorithm>

#include "method/method.hpp"

namespace wv {

// Averaged stochastic gradient descent (B. T. Polyak, A. B. Juditsky 1992, in the form of
// L. Bottou, "Stochastic gradient descent tricks", 2012): x <- x - alpha g, then
// a <- a + mu_t (x - a) with mu_t = 1/max(1, t - t0) at the t-th update, t = 1, 2, ... So a is x up
// to t = t0 + 1, and from there on the mean of x_{t0+1}, ..., x_t. Slot 0 is a.
//
// Meant for ScheduleKind::bottouAveraged, which is the caller's choice.
class AveragedSgd final : public Method {
 public:
  explicit AveragedSgd(std::uint32_t averagingStart) : averagingStart_(averagingStart) {}

  // R x d: the average a of a state of this method.
  static const Block& averaged(const State& state) { return state.slots[0]; }

  void init(State& state) const override {
    clearState(state, 1);
    state.slots[0] = state.x;
  }
  void step(const Context& context, State& state) const override {
    state.gradientEvaluations += context.source.descend(state.step, context.stepSize, state.x);
    ++state.step;
    const double count = std::max(1.0, static_cast<double>(state.step) - averagingStart_);
    Block& average = state.slots[0];
    average += (state.x - average) / count;
  }

 private:
  std::uint32_t averagingStart_;
};

}  // namespace wv
