// Update rules. A method is immutable hyperparameters plus init and step; everything that changes
// lives in one copyable State, so that a snapshot or a rewind is an assignment.
#pragma once

#include <cstdint>
#include <vector>

#include "method/gradient_source.hpp"
#include "numeric/block.hpp"

namespace wv {

struct State {
  std::uint32_t step = 0;
  double gradientEvaluations = 0;  // term gradients, per replicate
  Block x;                         // R x d
  std::vector<Block> slots;        // what the method remembers, R rows each
};

// What one step may use: where gradients come from, and the step size of this step.
struct Context {
  const GradientSource& source;
  double stepSize = 0;
};

class Method {
 public:
  virtual ~Method() = default;

  // Takes x as given, forgets everything else.
  virtual void init(State& state) const = 0;
  virtual void step(const Context& context, State& state) const = 0;
};

// The state from which every method starts: step 0, no cost, `slotCount` slots of zeros.
void clearState(State& state, int slotCount);

// The gradient at x for the state's current step, its cost entered in the state.
Block takeGradient(const Context& context, const BlockIn& x, State& state);

}  // namespace wv
