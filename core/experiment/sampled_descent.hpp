// SGD as the sampling experiments run it: replicates from one start, each with draws of its own.
#pragma once

#include "method/gd.hpp"
#include "method/mini_batch.hpp"
#include "numeric/statistics.hpp"

namespace wv {

class SampledDescent {
 public:
  // The objective must outlive this; the settings must be those of Sampler.
  SampledDescent(const Objective& objective, const SamplerSettings& settings, const Point& start)
      : sampler_(settings), source_(objective, sampler_) {
    state_.x = start.transpose().array().replicate(settings.replicates, 1);
    method_.init(state_);
  }
  SampledDescent(const SampledDescent&) = delete;
  SampledDescent& operator=(const SampledDescent&) = delete;

  void step(double alpha) { method_.step({source_, alpha}, state_); }

  const Sampler& sampler() const { return sampler_; }
  const Block& x() const { return state_.x; }
  double gradientEvaluations() const { return state_.gradientEvaluations; }

 private:
  Sampler sampler_;
  MiniBatchGradient source_;
  GradientDescent method_;
  State state_;
};

// 0 for a single entry, which says nothing of its spread.
inline double standardErrorOrZero(const ColumnIn& values) {
  return values.size() > 1 ? numeric::standardError(values) : 0;
}

}  // namespace wv
