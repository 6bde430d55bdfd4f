// The exact moments of an ensemble on the parabolas of one weight, step by step, through live
// changes of the step size.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "theory/scalar_moments.hpp"

namespace wv {

// Entry t is the moment after t updates where exact[t] is 1; elsewhere the last exact one.
struct PredictedSeries {
  std::vector<double> meanError, secondMoment, exact;
};

class MomentPrediction {
 public:
  // All replicates start from x* + initialError. Where scalarMomentsRefusal refuses, step 0 alone
  // is exact. `f` must outlive it.
  MomentPrediction(const ScalarQuadratic& f, const SamplerSettings& sampling, double initialError,
                   double alpha);

  // From `step` on, at least the last change's, the step size is another one. Where the law of what
  // follows depends on more than the moments at `step` (within an epoch, and for an order that is
  // kept), nothing later is exact.
  void changeStepSize(std::uint32_t step, double alpha);

  // With entries 0 .. steps, never fewer than before. Valid until the next call.
  const PredictedSeries& upTo(std::uint32_t steps);

  // Of the step size now in force. Nothing where there is no limit law or no exact value.
  std::optional<StationaryMoments> stationary() const;
  // "" or why there are no exact moments.
  const std::string& refusal() const { return refusal_; }

 private:
  // From `begin` on, with these moments at `begin`.
  struct Stretch {
    std::uint32_t begin = 0;
    Moments start;
    bool known = true;
    TransientMoments moments;  // as many entries as have been needed yet
  };

  bool movesOnFrom(std::uint32_t step) const;
  void computeMoments(int steps);
  void append(double mean, double second);

  const ScalarQuadratic& f_;
  SamplerSettings sampling_;
  std::uint32_t stepsPerEpoch_;
  std::string refusal_;
  std::optional<ScalarMoments> law_;
  Stretch stretch_;
  PredictedSeries series_;
};

}  // namespace wv
