#pragma once

#include "method/method.hpp"
#include "method/sampler.hpp"

namespace wv {

// Stochastic variance reduced gradient (R. Johnson, T. Zhang, "Accelerating stochastic gradient
// descent using predictive variance reduction", NIPS 2013, option I):
// x <- x - alpha (grad l_i(x) - grad l_i(z) + grad f(z)), where the anchor z is x at every
// anchorPeriod-th step from the first one on. Slots: z, grad f(z).
//
// The anchor's gradient costs n, each step 2: the terms' gradients at the anchor are not kept. The
// sampler must outlive the method and have b = 1, and its terms are those of context.source's
// objective. anchorPeriod >= 1.
class Svrg final : public Method {
 public:
  Svrg(const Sampler& sampler, std::uint32_t anchorPeriod)
      : sampler_(sampler), anchorPeriod_(anchorPeriod) {}

  void init(State& state) const override { clearState(state, 2); }
  void step(const Context& context, State& state) const override {
    const Objective& objective = context.source.objective();
    Block& anchor = state.slots[0];
    Block& anchorGradient = state.slots[1];
    if (state.step % anchorPeriod_ == 0) {
      anchor = state.x;
      objective.gradient(anchor, anchorGradient);
      state.gradientEvaluations += objective.terms();
    }
    IndexColumn term(state.x.rows());
    sampler_.fillTerms(state.step, 0, 0, term);
    Block here(state.x.rows(), state.x.cols()), there(state.x.rows(), state.x.cols());
    objective.termGradient(state.x, term, here);
    objective.termGradient(anchor, term, there);
    state.gradientEvaluations += 2;
    state.x -= context.stepSize * (here - there + anchorGradient);
    ++state.step;
  }

 private:
  const Sampler& sampler_;
  std::uint32_t anchorPeriod_;
};

}  // namespace wv
