// Algorithms that look for weights of +1 and -1 without an error: what all of them are.
#pragma once

#include <cstdint>
#include <vector>

#include "perceptron/instance.hpp"
#include "random/address.hpp"

namespace wv {

// One instance, one run. Its numbers are those of `replicate` under this seed: a pure function of
// both, of the epoch and of the place in it.
struct LearnerAddress {
  std::uint32_t seed = 0, replicate = 0;

  Address at(Stream stream, std::uint32_t epoch, std::uint32_t slot) const {
    return {seed, stream, epoch, slot, replicate};
  }
};

class PerceptronLearner {
 public:
  // The instance must outlive it.
  PerceptronLearner(const PerceptronInstance& instance, const LearnerAddress& address);
  virtual ~PerceptronLearner() = default;

  // One pass: over all patterns, or over as many single flips as there are weights (of replicas:
  // of each).
  void epoch() {
    pass(epoch_);
    ++epoch_;
  }

  // The best weights so far in the algorithm's own view, d entries.
  const std::vector<std::int8_t>& weights() const { return weights_; }
  std::uint32_t epochs() const { return epoch_; }

 protected:
  virtual void pass(std::uint32_t epoch) = 0;

  const PerceptronInstance& instance_;
  LearnerAddress address_;
  std::vector<std::int8_t> weights_;  // at first random: Stream::initial, slots from 0 on

 private:
  std::uint32_t epoch_ = 0;
};

}  // namespace wv
