// Entropy-SGD (P. Chaudhari et al., "Entropy-SGD: biasing gradient descent into wide valleys",
// ICLR 2017, Algorithm 1): descent on the local entropy -F(x, gamma) =
// -log int e^(-f(x') - gamma |x - x'|^2 / 2) dx', whose gradient gamma (x - <x'>) an inner Langevin
// loop estimates.
#pragma once

#include <cstdint>

#include "method/method.hpp"

namespace wv {

struct EntropySgdSettings {
  int innerSteps = 20;         // Lambda >= 1
  double innerStepSize = 0.1;  // eta' > 0
  double noise = 1e-4;         // epsilon >= 0; sqrt(2) samples the local Gibbs law at beta = 1
  double averaging = 0.75;     // kappa in (0, 1]: the weight of the newest x' in the mean mu
  double gamma0 = 1e-4;        // gamma at the first outer step, > 0
  double gamma1 = 1e-3;        // its growth per outer step, >= 0: gamma_t = gamma0 (1 + gamma1)^t
  std::uint32_t seed = 0;
  // Row r of a state is replicate firstReplicate + r: it says which noise belongs to it.
  std::uint32_t firstReplicate = 0;
};

// How the outer step uses mu.
enum class OuterStep {
  scaled,     // x <- x - eta gamma (x - mu), descent on -F with step eta
  gammaFree,  // x <- x - eta (x - mu), the form of the paper's experiments
};

// One step is an outer one: x', mu <- x; Lambda times
//   x' <- x' - eta' (g(x') - gamma (x - x')) + sqrt(eta') epsilon xi,  mu <- (1 - kappa) mu + kappa
//   x';
// then x moves towards mu. eta = context.stepSize; it costs Lambda gradients of context.source,
// whose step is the number of inner steps made before. Slots: x', mu, and (R x 1) that number.
// Settings may change between steps by taking another EntropySgd on the same state.
class EntropySgd : public Method {
 public:
  EntropySgd(const EntropySgdSettings& settings, OuterStep outer)
      : settings_(settings), outer_(outer) {}

  void init(State& state) const override;
  void step(const Context& context, State& state) const override;

  // The parts of a step, for those who watch the inner loop.
  void startInnerLoop(State& state) const;
  void innerStep(const Context& context, State& state) const;
  // Counts the step.
  virtual void outerStep(double stepSize, State& state) const;

  const EntropySgdSettings& settings() const { return settings_; }
  // gamma_t, t outer steps having been made.
  double gammaAt(std::uint32_t step) const;

  static const Block& innerPoint(const State& state) { return state.slots[0]; }
  static const Block& innerMean(const State& state) { return state.slots[1]; }

 private:
  EntropySgdSettings settings_;
  OuterStep outer_;
};

}  // namespace wv
