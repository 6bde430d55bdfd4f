// Reinforced belief propagation for the binary perceptron.
#pragma once

#include "perceptron/learner.hpp"

namespace wv {

// Messages U_ai from pattern a to weight i in the Gaussian approximation, damped by 1/2, patterns
// in a new random order each epoch: h_i = tanh(F_i - U_ai), F_i = R_i + sum_a U_ai; with m = sum
// h_i x_i and s^2 = sum (1 - h_i^2), U_ai goes to log(P(+)/P(-))/2 for P(+-) = P(N(m - x_i h_i +-
// x_i, s^2 - 1 + h_i^2) > 0). After each epoch the reinforcement R_i = (Y - 1)(F_i - R_i), 1/Y = (1
// - rate)^epoch, pulls towards what is believed (A. Braunstein, R. Zecchina, PRL 96 (2006)). The
// weights are the signs of F. One field for each weight, one message for each pattern and weight: 8
// n d bytes.
//
// Numbers: Stream::permutation at the epoch.
class BeliefPropagation final : public PerceptronLearner {
 public:
  BeliefPropagation(const PerceptronInstance& instance, const LearnerAddress& address, double rate);

 protected:
  void pass(std::uint32_t epoch) override;

 private:
  void update(int a);

  double rate_, kept_ = 1;
  std::vector<double> field_, reinforcement_, belief_, messages_;
};

}  // namespace wv
