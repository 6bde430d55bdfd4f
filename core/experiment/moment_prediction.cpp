#include "experiment/moment_prediction.hpp"

#include <algorithm>
#include <cmath>

namespace wv {
namespace {

using std::size_t;

constexpr int firstSteps = 256;

bool isIndependentOfThePast(Sampling mode) {
  return mode == Sampling::replacement || mode == Sampling::distinct;
}

// The moments after t updates are affine in those at the start, E e_t in E e_0 alone and E e_t^2 in
// both. Three fixed starts, 0 and +-unit, determine them for a random one.
TransientMoments fromRandomStart(const ScalarMoments& law, const Moments& start, int steps) {
  if (start.second == start.mean * start.mean) {
    return law.transient(start.mean, steps);
  }
  const double unit = std::sqrt(start.second);
  const TransientMoments zero = law.transient(0, steps);
  const TransientMoments plus = law.transient(unit, steps);
  const TransientMoments minus = law.transient(-unit, steps);
  const double mean = start.mean / unit;
  TransientMoments moments = zero;
  for (size_t t = 0; t < zero.meanError.size(); ++t) {
    moments.meanError[t] += 0.5 * mean * (plus.meanError[t] - minus.meanError[t]);
    const double even = 0.5 * (plus.secondMoment[t] + minus.secondMoment[t]);
    const double odd = 0.5 * (plus.secondMoment[t] - minus.secondMoment[t]);
    moments.secondMoment[t] = even + mean * odd;
  }
  return moments;
}

}  // namespace

MomentPrediction::MomentPrediction(const ScalarQuadratic& f, const SamplerSettings& sampling,
                                   double initialError, double alpha)
    : f_(f),
      sampling_(sampling),
      stepsPerEpoch_(Sampler(sampling).stepsPerEpoch()),
      refusal_(scalarMomentsRefusal(f, sampling.mode, sampling.batch)) {
  stretch_.start = {initialError, initialError * initialError};
  stretch_.known = refusal_.empty();
  if (stretch_.known) {
    law_.emplace(f_, sampling_.mode, sampling_.batch, alpha);
  }
  append(stretch_.start.mean, stretch_.start.second);
}

void MomentPrediction::changeStepSize(std::uint32_t step, double alpha) {
  upTo(step);
  const bool known = stretch_.known && series_.exact[step] == 1 && movesOnFrom(step);
  stretch_ = {step, {series_.meanError[step], series_.secondMoment[step]}, known, {}};
  if (law_) {
    law_.emplace(f_, sampling_.mode, sampling_.batch, alpha);
  }
}

const PredictedSeries& MomentPrediction::upTo(std::uint32_t steps) {
  if (stretch_.known) {
    computeMoments(static_cast<int>(steps - stretch_.begin));
  }
  for (size_t t = series_.exact.size(); t <= steps; ++t) {
    if (stretch_.known) {
      const size_t k = t - stretch_.begin;
      append(stretch_.moments.meanError[k], stretch_.moments.secondMoment[k]);
    } else {
      append(std::nan(""), std::nan(""));
    }
  }
  return series_;
}

std::optional<StationaryMoments> MomentPrediction::stationary() const {
  return law_ ? law_->stationary() : std::nullopt;
}

bool MomentPrediction::movesOnFrom(std::uint32_t step) const {
  return step == 0 || isIndependentOfThePast(sampling_.mode) ||
         (sampling_.mode != Sampling::shuffleOnce && step % stepsPerEpoch_ == 0);
}

// Twice as far as before, so that a run which is watched at every step does not pay for all its
// steps each time.
void MomentPrediction::computeMoments(int steps) {
  const int known = static_cast<int>(stretch_.moments.meanError.size()) - 1;
  if (steps > known) {
    stretch_.moments =
        fromRandomStart(*law_, stretch_.start, std::max({steps, firstSteps, 2 * known}));
  }
}

void MomentPrediction::append(double mean, double second) {
  const bool exact = std::isfinite(mean) && std::isfinite(second);
  series_.meanError.push_back(exact ? mean : series_.meanError.back());
  series_.secondMoment.push_back(exact ? second : series_.secondMoment.back());
  series_.exact.push_back(exact ? 1 : 0);
}

}  // namespace wv
