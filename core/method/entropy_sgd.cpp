#include "method/entropy_sgd.hpp"

#include <cmath>

#include "numeric/integer_power.hpp"
#include "random/fill.hpp"

namespace wv {

void EntropySgd::init(State& state) const {
  clearState(state, 2);
  state.slots.push_back(Block::Zero(state.x.rows(), 1));
  startInnerLoop(state);
}

void EntropySgd::step(const Context& context, State& state) const {
  startInnerLoop(state);
  for (int i = 0; i < settings_.innerSteps; ++i) {
    innerStep(context, state);
  }
  outerStep(context.stepSize, state);
}

void EntropySgd::startInnerLoop(State& state) const {
  state.slots[0] = state.x;
  state.slots[1] = state.x;
}

void EntropySgd::innerStep(const Context& context, State& state) const {
  Block& inner = state.slots[0];
  Block& mean = state.slots[1];
  const auto made = static_cast<std::uint32_t>(state.slots[2](0, 0));
  Block g(inner.rows(), inner.cols()), xi(inner.rows(), inner.cols());
  state.gradientEvaluations += context.source.gradient(made, inner, g);
  fillNormal({settings_.seed, Stream::normal, made, 0, settings_.firstReplicate}, xi);

  const double step = settings_.innerStepSize;
  inner +=
      std::sqrt(step) * settings_.noise * xi - step * (g - gammaAt(state.step) * (state.x - inner));
  mean = (1 - settings_.averaging) * mean + settings_.averaging * inner;
  state.slots[2] += 1;
}

void EntropySgd::outerStep(double stepSize, State& state) const {
  const double rate = outer_ == OuterStep::scaled ? stepSize * gammaAt(state.step) : stepSize;
  state.x -= rate * (state.x - innerMean(state));
  ++state.step;
}

double EntropySgd::gammaAt(std::uint32_t step) const {
  return settings_.gamma0 * numeric::integerPower(1 + settings_.gamma1, step);
}

}  // namespace wv
