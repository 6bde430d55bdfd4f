// The training of a network, one stochastic gradient at a time, by one of several methods.
#pragma once

#include <memory>
#include <vector>

#include "experiment/network_settings.hpp"
#include "method/entropy_sgd.hpp"
#include "method/network_gradient.hpp"

namespace wv {

// `method`, the hyper-parameters of each, which are live, and `schedule`.
std::vector<Parameter> networkMethodParameters();

// One step is one stochastic gradient, for every method: so that methods at the same step have
// spent the same. Entropy-SGD moves x at every innerSteps-th of them.
class NetworkTraining {
 public:
  NetworkTraining(const NetworkPlan& plan, const Settings& settings);

  const Network& network() const { return network_; }
  std::uint32_t stepsPerEpoch() const { return sampler_.stepsPerEpoch(); }
  // Steps made, and those of the whole budget.
  std::uint32_t stepsMade() const { return step_; }
  std::uint32_t lastStep() const { return lastStep_; }
  double gradientEvaluations() const { return state_.gradientEvaluations; }
  // The solution so far: of Entropy-SGD, the point that its outer steps move.
  Point weights() const { return state_.x.row(0).transpose().matrix(); }

  // A hyper-parameter of the method, between steps.
  void set(std::string_view id, const Value& value);

  // False, with the weights as they were, when one of them would leave +-1e6, where no sum over the
  // network overflows.
  bool step();

 private:
  void makeMethod();
  double shareOfStepSize() const;
  void entropyStep();

  Network network_;
  Sampler sampler_;
  NetworkGradient source_;
  Settings settings_;
  std::uint32_t step_ = 0, lastStep_;
  std::unique_ptr<const Method> rule_;         // of the methods whose step is one gradient
  std::unique_ptr<const EntropySgd> entropy_;  // or this one
  double stepSize_ = 0;
  int innerStep_ = 0;
  State state_;
};

}  // namespace wv
