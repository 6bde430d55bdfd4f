#pragma once

#include "method/gradient_table.hpp"

namespace wv {

// SAGA (A. Defazio, F. Bach, S. Lacoste-Julien, "SAGA: a fast incremental gradient method with
// support for non-strongly convex composite objectives", NIPS 2014):
// x <- x - alpha (grad l_i(x) - y_i + mean(y)), then y_i <- grad l_i(x). Slots: see GradientTable.
//
// The table starts with the gradients at the first x, which costs n; each step costs 1. The sampler
// must outlive the method and have b = 1, and its terms are those of context.source's objective.
class Saga final : public Method {
 public:
  explicit Saga(const Sampler& sampler) : sampler_(sampler) {}

  void init(State& state) const override { GradientTable::clear(state, sampler_.terms()); }
  void step(const Context& context, State& state) const override {
    GradientTable table(state);
    const Block change = table.exchange(context.source.objective(), sampler_);
    state.x -= context.stepSize * (change + table.mean());
    table.moveMean(change);
    ++state.step;
  }

 private:
  const Sampler& sampler_;
};

}  // namespace wv
