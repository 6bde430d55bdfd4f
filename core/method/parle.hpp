#pragma once

#include "method/entropy_sgd.hpp"

namespace wv {

// Parle (P. Chaudhari et al., "Parle: parallelizing stochastic gradient descent", 2017): replicas
// of Entropy-SGD that an elastic force holds together,
// x_a <- x_a - eta (x_a - mu_a) - eta rho (x_a - mean of the replicas' x).
// `replicas` (>= 1) consecutive rows of a state form one group; its rows and the settings'
// firstReplicate are multiples of it. rho >= 0. Slots and cost (per row) are those of Entropy-SGD.
class Parle final : public EntropySgd {
 public:
  Parle(const EntropySgdSettings& settings, OuterStep outer, int replicas, double rho)
      : EntropySgd(settings, outer), replicas_(replicas), rho_(rho) {}

  void outerStep(double stepSize, State& state) const override {
    const Block means = groupMeans(state.x);
    const Block before = state.x;
    EntropySgd::outerStep(stepSize, state);
    state.x -= stepSize * rho_ * (before - means);
  }

  // R x d: in each row the mean over its group.
  Block groupMeans(const Block& x) const {
    Block means(x.rows(), x.cols());
    for (Eigen::Index first = 0; first < x.rows(); first += replicas_) {
      for (Eigen::Index j = 0; j < x.cols(); ++j) {
        double sum = 0;
        for (int a = 0; a < replicas_; ++a) {
          sum += x(first + a, j);
        }
        means.block(first, j, replicas_, 1).setConstant(sum / replicas_);
      }
    }
    return means;
  }

 private:
  int replicas_;
  double rho_;
};

}  // namespace wv
