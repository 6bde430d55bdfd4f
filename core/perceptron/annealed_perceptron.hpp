// Simulated annealing of the number of errors by single flips, of one weight vector or of replicas
// that attract each other.
#pragma once

#include "perceptron/learner.hpp"

namespace wv {

struct AnnealingRates {
  int replicas = 1;      // odd, so that their majority has a sign
  double cooling = 0.1;  // beta = cooling * epoch
  double coupling = 0;   // gamma = coupling * epoch
};

// Metropolis's rule for the energy beta sum_a E(W^a) - sum_j log 2cosh(gamma sum_a W^a_j), a over
// the replicas (C. Baldassi, C. Borgs, J. Chayes, A. Ingrosso, C. Lucibello, L. Saglietti,
// R. Zecchina, PNAS 113 (2016)): replicas that keep together find where solutions are dense, which
// is what Entropy-SGD's local entropy does. One replica is plain simulated annealing. The weights
// are those of the replica with the fewest errors, or their majority if it has no more.
//
// Numbers: Stream::index (which weight) and Stream::acceptance at the epoch, one slot for each
// proposal.
class AnnealedPerceptron final : public PerceptronLearner {
 public:
  AnnealedPerceptron(const PerceptronInstance& instance, const LearnerAddress& address,
                     const AnnealingRates& rates);

 protected:
  void pass(std::uint32_t epoch) override;

 private:
  struct Replica {
    std::vector<std::int8_t> w;
    std::vector<int> margins;  // x_i . w
  };

  int errorChange(const Replica& replica, int j) const;
  void flip(Replica& replica, int j);
  void chooseBest();

  AnnealingRates rates_;
  std::vector<std::int8_t> columns_;  // d x n: the patterns by weight
  std::vector<Replica> replicas_;
  std::vector<int> sum_;  // of the replicas' weights
};

}  // namespace wv
