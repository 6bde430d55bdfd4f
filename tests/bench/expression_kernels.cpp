// A typed function against the same function written by hand: "NAME by hand", then "NAME typed".
#include <memory>
#include <string>

#include "kernel.hpp"
#include "method/langevin.hpp"
#include "objective/expression.hpp"
#include "objective/landscape_2d.hpp"
#include "sizes.hpp"

namespace wv::bench {
namespace {

using Maker = std::shared_ptr<const Objective> (*)();

constexpr int gradientSteps = 200;

std::shared_ptr<const Objective> doubleWell() { return makeDoubleWell2d(0.1); }
std::shared_ptr<const Objective> typedDoubleWell() {
  return makeExpression("(x^2 - 1)^2 + y^2/2 + 0.1x").expression;
}
std::shared_ptr<const Objective> himmelblau() { return makeHimmelblau(); }
std::shared_ptr<const Objective> typedHimmelblau() {
  return makeExpression("(x^2 + y - 11)^2 + (x + y^2 - 7)^2").expression;
}

Kernel gradient(std::string_view id, Maker make) {
  return {id, static_cast<double>(replicates) * gradientSteps, [make] {
            const std::shared_ptr<const Objective> objective = make();
            return [objective] {
              const Block x = Block::Constant(replicates, 2, 0.3);
              Block g(replicates, 2);
              double sum = 0;
              for (int t = 0; t < gradientSteps; ++t) {
                objective->gradient(x, g);
                sum += g(t, 0) + g(t, 1);
              }
              return sum;
            };
          }};
}

Kernel langevinOn(std::string_view id, Maker make) {
  return {id, static_cast<double>(replicates) * ensembleSteps, [make] {
            const std::shared_ptr<const Objective> objective = make();
            return [objective] {
              const auto chain = makeLangevin(Corrector::none, {.beta = beta, .seed = 1});
              const FullGradient source(*objective);
              State state;
              state.x = Block::Zero(replicates, 2);
              chain->init(state);
              for (int t = 0; t < ensembleSteps; ++t) {
                chain->step({source, langevinStepSize}, state);
              }
              return state.x.sum();
            };
          }};
}

}  // namespace

std::vector<Kernel> kernels() {
  return {
      gradient("double-well-gradient by hand", doubleWell),
      gradient("double-well-gradient typed", typedDoubleWell),
      gradient("himmelblau-gradient by hand", himmelblau),
      gradient("himmelblau-gradient typed", typedHimmelblau),
      langevinOn("langevin-step by hand", doubleWell),
      langevinOn("langevin-step typed", typedDoubleWell),
  };
}

}  // namespace wv::bench
