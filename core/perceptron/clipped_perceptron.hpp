// Perceptron learning of weights that are the signs of hidden odd integers.
#pragma once

#include "perceptron/learner.hpp"

namespace wv {

// Patterns in a new random order each epoch. With D = y w . x: where D < 0, h_j += 2 y x_j for all
// j (the clipped perceptron, M. Rosen-Zvi 2000). Where 0 < D <= 1, with probability `cautious`,
// h_j += 2 y x_j for those j with y w_j x_j = +1: stochastic belief-propagation-inspired learning
// (C. Baldassi, A. Braunstein, N. Brunel, R. Zecchina, PNAS 104 (2007); C. Baldassi, J. Stat. Phys.
// 136 (2009)). With `cautious` 0 it is the clipped perceptron.
//
// Numbers: Stream::permutation at the epoch, and Stream::uniform at the epoch with the place in the
// order as slot.
class ClippedPerceptron final : public PerceptronLearner {
 public:
  ClippedPerceptron(const PerceptronInstance& instance, const LearnerAddress& address,
                    double cautious);

 protected:
  void pass(std::uint32_t epoch) override;

 private:
  void move(int j, int step);

  double cautious_;
  std::vector<int> hidden_;
};

}  // namespace wv
