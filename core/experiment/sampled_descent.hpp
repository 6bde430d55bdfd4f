// SGD and its relatives as the sampling experiments run them: replicates from one start, each with
// draws of its own.
#pragma once

#include "experiment/descent_rule.hpp"
#include "method/averaged_sgd.hpp"
#include "method/mini_batch.hpp"
#include "numeric/statistics.hpp"

namespace wv {

class SampledDescent {
 public:
  // The objective must outlive this; the settings must be those of Sampler, with b = 1 where the
  // rule draws single terms.
  SampledDescent(const Objective& objective, const SamplerSettings& settings, const Point& start,
                 const DescentRule& rule = {})
      : sampler_(settings),
        source_(objective, sampler_),
        method_(makeStochasticMethod(rule.method->id, rule.options, sampler_)),
        averages_(dynamic_cast<const AveragedSgd*>(method_.get()) != nullptr) {
    state_.x = start.transpose().array().replicate(settings.replicates, 1);
    method_->init(state_);
  }
  SampledDescent(const SampledDescent&) = delete;
  SampledDescent& operator=(const SampledDescent&) = delete;

  void step(double alpha) { method_->step({source_, alpha}, state_); }

  const Sampler& sampler() const { return sampler_; }
  // What the method offers as its approximation of the minimiser: the iterates, or their averages.
  const Block& x() const { return averages_ ? AveragedSgd::averaged(state_) : state_.x; }
  double gradientEvaluations() const { return state_.gradientEvaluations; }

 private:
  Sampler sampler_;
  MiniBatchGradient source_;
  std::unique_ptr<const Method> method_;
  bool averages_;
  State state_;
};

// 0 for a single entry, which says nothing of its spread.
inline double standardErrorOrZero(const ColumnIn& values) {
  return values.size() > 1 ? numeric::standardError(values) : 0;
}

}  // namespace wv
