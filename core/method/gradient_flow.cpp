#include "method/gradient_flow.hpp"

#include <algorithm>
#include <cmath>

namespace wv {
namespace {

constexpr int mostSteps = 10'000;

Block rungeKutta(const Context& context, const Block& x, double h, State& state) {
  const Block k1 = takeGradient(context, x, state);
  const Block k2 = takeGradient(context, x - 0.5 * h * k1, state);
  const Block k3 = takeGradient(context, x - 0.5 * h * k2, state);
  const Block k4 = takeGradient(context, x - h * k3, state);
  return x - h / 6 * (k1 + 2 * (k2 + k3) + k4);
}

}  // namespace

void GradientFlow::step(const Context& context, State& state) const {
  double left = context.stepSize;
  double h = state.step == 0 ? left : state.slots[0](0, 0);
  for (int k = 0; left > 0 && k < mostSteps; ++k) {
    h = std::min(h, left);
    const Block whole = rungeKutta(context, state.x, h, state);
    const Block half = rungeKutta(context, state.x, 0.5 * h, state);
    const Block halves = rungeKutta(context, half, 0.5 * h, state);
    const double error = (halves - whole).abs().maxCoeff() / 15;
    if (!(error <= tolerance_)) {
      h *= 0.5;
      continue;
    }
    state.x = halves;
    left -= h;
    if (left > 0 || h == context.stepSize) {
      state.slots[0].setConstant(h);
    }
    h *= error < tolerance_ / 64 ? 2 : 1;
  }
  ++state.step;
}

}  // namespace wv
