#pragma once

#include "method/gradient_table.hpp"

namespace wv {

// Stochastic average gradient (M. Schmidt, N. Le Roux, F. Bach, "Minimizing finite sums with the
// stochastic average gradient", Math. Program. 162 (2017)): y_i <- grad l_i(x) first, then
// x <- x - alpha mean(y). Slots: see GradientTable.
//
// The table starts with the gradients at the first x, which costs n (not with zeros, as the paper
// allows too); each step costs 1. The sampler must outlive the method and have b = 1, and its terms
// are those of context.source's objective. It should draw with replacement: in a reshuffled order
// SAG diverges at step sizes several times smaller.
class Sag final : public Method {
 public:
  explicit Sag(const Sampler& sampler) : sampler_(sampler) {}

  void init(State& state) const override { GradientTable::clear(state, sampler_.terms()); }
  void step(const Context& context, State& state) const override {
    GradientTable table(state);
    const Block change = table.exchange(context.source.objective(), sampler_);
    table.moveMean(change);
    state.x -= context.stepSize * table.mean();
    ++state.step;
  }

 private:
  const Sampler& sampler_;
};

}  // namespace wv
