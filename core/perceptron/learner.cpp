#include "perceptron/learner.hpp"

#include "random/fill.hpp"

namespace wv {

PerceptronLearner::PerceptronLearner(const PerceptronInstance& instance,
                                     const LearnerAddress& address)
    : instance_(instance), address_(address) {
  Block u(1, instance.d);
  fillUniform(address.at(Stream::initial, 0, 0), u);
  for (int j = 0; j < instance.d; ++j) {
    weights_.push_back(u(0, j) < 0.5 ? -1 : 1);
  }
}

}  // namespace wv
