// The exact law of SGD on the parabolas of one weight (ScalarQuadratic), up to second moments, for
// every order in which the terms can be visited. e = x - x* throughout.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "method/sampler.hpp"
#include "objective/scalar_quadratic.hpp"
#include "theory/random_order.hpp"

namespace wv {

// Up to here shuffle-once is followed through each of the n! orders.
inline constexpr int mostEnumeratedTerms = 7;

// "" or a sentence: there are exact moments for replacement, distinct and cyclic always (with at
// most mostScalarTerms terms); for reshuffle up to mostRandomOrderTerms terms; for shuffle-once up
// to as many if batch = 1, else up to mostEnumeratedTerms. With a batch of all n terms the orders
// are one, and are never refused.
std::string scalarMomentsRefusal(const ScalarQuadratic& f, Sampling sampling, int batch);

// Entry t, for t = 0 .. steps, is the moment over replicates after t updates. NaN where there is
// no exact value: within the epochs of shuffle-once with more than mostEnumeratedTerms terms.
struct TransientMoments {
  std::vector<double> meanError;     // E e_t
  std::vector<double> secondMoment;  // E e_t^2
};

// Of the limit law: of any late step for replacement and distinct, of the ends of late epochs for
// the others. Over replicates, so the variance of shuffle-once is that of its fixed points over the
// orders, and that of cyclic is 0.
struct StationaryMoments {
  double bias = 0;  // E e
  double variance = 0;
  double excess = 0;  // E f - f* = A (variance + bias^2) / 2
};

class ScalarMoments {
 public:
  // Of what scalarMomentsRefusal accepts. alpha > 0; batch as in SamplerSettings. Costs O(n) for
  // replacement, distinct and cyclic, and up to O(n^3) (0.02 s for n = 200) for random orders.
  ScalarMoments(const ScalarQuadratic& f, Sampling sampling, int batch, double alpha);

  // The factor by which a step (replacement, distinct) or an epoch (the others) multiplies the
  // second moment of what is left of the start; of shuffle-once the largest over the orders. The
  // limit law exists if it is below 1.
  double contraction() const { return contraction_; }

  // From e_0 in every replicate. Moments that overflow are infinite or NaN.
  TransientMoments transient(double initialError, int steps) const;

  // Nothing if contraction() >= 1.
  std::optional<StationaryMoments> stationary() const;

 private:
  // The update e -> factor e + offset.
  struct Update {
    double factor = 1, offset = 0;
  };
  // Of one order: entry k is the first k updates together.
  using Epoch = std::vector<Update>;

  Update termUpdate(Eigen::Index term) const;
  // The mean of the updates of order[begin] .. order[end - 1].
  Update batchUpdate(const std::vector<int>& order, std::size_t begin, std::size_t end) const;
  Epoch epochOf(const std::vector<int>& order) const;

  void useIndependentSteps(double varianceFactor);
  void useRandomOrder();
  void enumerateOrders();
  void addOrder(const std::vector<int>& order);

  TransientMoments overOrders(double initialError, int steps) const;
  TransientMoments atEpochEnds(double initialError, int steps) const;
  std::optional<StationaryMoments> summary(double bias, double second) const;

  const Column a_;
  Column residual_;  // r_i = a_i (b_i - a_i x*) = -l_i'(x*)
  double meanSquare_;
  int batch_;
  double alpha_;
  double contraction_ = 0;
  // The orders of which each replicate keeps one, all equally likely, and which are followed one by
  // one.
  std::vector<Epoch> orders_;
  // Otherwise the period, a step or an epoch: entry k is its first k updates together. Periods are
  // independent, or repeat the order of the first; then only the whole period is of use.
  std::vector<AffineMoments> period_;
  bool repeatsItsOrder_ = false;
};

// Where the step size stops being stable.
struct StepLimit {
  double alpha = 0;
  // Whether the second moment is bounded for every smaller step size, and for this one not; else
  // only the former is known.
  bool sharp = false;
  std::string condition;  // "α < 2A/E a⁴ = 0.2857", for the reader
};

// Replacement and distinct: 2 A / (A^2 + c Var a^2), c the batch variance factor
// (theory/gradient_noise.hpp); 2 A / E a^4 for b = 1. Orders of single terms, and cyclic batches:
// the least alpha with |prod (1 - alpha s)| = 1, where s are the mean a_i^2 of the batches, for at
// most mostRandomOrderTerms of them. Otherwise 2 over the largest mean a_i^2 that a batch can have.
StepLimit scalarStepLimit(const ScalarQuadratic& f, Sampling sampling, int batch);

}  // namespace wv
