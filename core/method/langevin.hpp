// Langevin chains: gradient descent with noise whose strength is a temperature 1/beta, so that
// late steps are (nearly) samples of the Gibbs law e^(-beta f)/Z.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "method/method.hpp"

namespace wv {

// What is done about the bias of a finite step size.
enum class Corrector { none, mala, leimkuhlerMatthews };

struct CorrectorInfo {
  Corrector corrector;
  std::string_view id, label, formula;
};

// The one list of ids, labels and formulas.
std::span<const CorrectorInfo> correctors();
// Nothing when no corrector has this id.
std::optional<Corrector> findCorrector(std::string_view id);

struct LangevinSettings {
  double beta = 1;  // > 0
  std::uint32_t seed = 0;
  // Row r of a state is replicate firstReplicate + r: it says which noise belongs to it.
  std::uint32_t firstReplicate = 0;
};

// With alpha = context.stepSize, g = grad f(x) from context.source, xi_t standard normal:
//
// none: x <- x - alpha g + sqrt(2 alpha/beta) xi_t, the unadjusted Langevin chain.
// leimkuhlerMatthews: the same with (xi_t + xi_{t+1})/2 for xi_t (B. Leimkuhler, C. Matthews,
//   Appl. Math. Res. Express 2013): exact on quadratics, bias O(alpha^2) elsewhere.
// mala: the step of `none` from x is a proposal y, accepted with probability
//   min(1, e^{-beta (f(y) - f(x))} q(x | y)/q(y | x)), q the Gaussian density of the step
//   (G. O. Roberts, R. L. Tweedie, Bernoulli 2 (1996)): the Gibbs law exactly, for any alpha. It
//   needs exact gradients (a FullGradient), and a proposal whose f overflows is rejected.
//
// All have one slot, R x 1: how many proposals have been accepted (only mala counts). Nothing else
// is remembered: alpha, beta and the corrector may change between steps by taking another method on
// the same state. The cost is that of the gradients and values taken: n a step; 4 n for mala, which
// takes both at both ends.
//
// Numbers: Stream::normal at the step (and, for leimkuhlerMatthews, the next one), slots 0 ..
// ceil(d/2) - 1; Stream::acceptance at the step, slot 0.
std::unique_ptr<const Method> makeLangevin(Corrector corrector, const LangevinSettings& settings);

// R entries: the accepted proposals of a state of such a method.
inline ColumnIn acceptedProposals(const State& state) { return state.slots[0].col(0); }

}  // namespace wv
