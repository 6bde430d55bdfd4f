#include "method/method.hpp"

namespace wv {

void clearState(State& state, int slotCount) {
  state.step = 0;
  state.gradientEvaluations = 0;
  state.slots.assign(static_cast<std::size_t>(slotCount),
                     Block::Zero(state.x.rows(), state.x.cols()));
}

Block takeGradient(const Context& context, const BlockIn& x, State& state) {
  Block g(x.rows(), x.cols());
  state.gradientEvaluations += context.source.gradient(state.step, x, g);
  return g;
}

}  // namespace wv
