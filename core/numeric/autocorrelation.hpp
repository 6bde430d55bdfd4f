// How long a stationary series remembers, and how many independent points it is worth.
#pragma once

#include "numeric/block.hpp"

namespace wv::numeric {

// rho_h, h = 0 .. lags (0 <= lags < T), of the columns of `chains` (T x R, T the time): products
// over all pairs at distance h of all chains, about the mean of all entries, over their number, so
// that no chain is biased by its own mean when there are many. rho_0 = 1. NaN if the entries are
// all equal.
Column autocorrelation(const BlockIn& chains, int lags);

struct AutocorrelationTime {
  // tau = 1 + 2 sum_{h >= 1} rho_h, in steps: the variance of the mean of T steps is tau/T times
  // that of one.
  double steps = 1;
  // W, the last lag in the sum.
  int window = 0;
  // Of tau: tau sqrt(2 (2 W + 1) / (T R)) (N. Madras, A. D. Sokal, J. Stat. Phys. 50
  // (1988), equation 3.19).
  double standardError = 0;
  // Whether the window closed before the lags given ran out, on a positive tau; if not, there are
  // too few points to tell tau.
  bool closed = false;
  // T R / tau.
  double effectiveSampleSize = 0;
};

// With the automatic window of A. D. Sokal ("Monte Carlo methods in statistical mechanics", 1996):
// the least W >= 5 tau(W), among the lags up to `lags`. A chain that goes to and fro, whose rho_h
// have the sign of (-1)^h, has a small tau and yet remembers long: there tau(W) is taken of |rho_h|
// in the rule, and the last lag counts half, which leaves out what oscillates.
AutocorrelationTime autocorrelationTime(const BlockIn& chains, int lags);

}  // namespace wv::numeric
