#include "perceptron/clipped_perceptron.hpp"

#include "random/fill.hpp"
#include "random/permutation.hpp"

namespace wv {

ClippedPerceptron::ClippedPerceptron(const PerceptronInstance& instance,
                                     const LearnerAddress& address, double cautious)
    : PerceptronLearner(instance, address),
      cautious_(cautious),
      hidden_(weights_.begin(), weights_.end()) {}

void ClippedPerceptron::move(int j, int step) {
  int& h = hidden_[static_cast<std::size_t>(j)];
  h += step;
  weights_[static_cast<std::size_t>(j)] = h > 0 ? 1 : -1;
}

void ClippedPerceptron::pass(std::uint32_t epoch) {
  const int d = instance_.d;
  IndexTable order(1, instance_.n);
  fillPermutations(address_.at(Stream::permutation, epoch, 0), order);
  for (int k = 0; k < instance_.n; ++k) {
    const std::int8_t* x = instance_.pattern(order(0, k));
    const int margin = signProduct(x, weights_.data(), d);
    if (margin < 0) {
      for (int j = 0; j < d; ++j) {
        move(j, 2 * x[j]);
      }
    } else if (margin == 1 && cautious_ > 0 &&
               uniformAt(address_.at(Stream::uniform, epoch, static_cast<std::uint32_t>(k)), 0) <
                   cautious_) {
      for (int j = 0; j < d; ++j) {
        if (weights_[static_cast<std::size_t>(j)] == x[j]) {
          move(j, 2 * x[j]);
        }
      }
    }
  }
}

}  // namespace wv
