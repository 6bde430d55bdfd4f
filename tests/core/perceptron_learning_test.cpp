#include <doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "perceptron/annealed_perceptron.hpp"
#include "perceptron/belief_propagation.hpp"
#include "perceptron/clipped_perceptron.hpp"

namespace {

using namespace wv;

// Epochs until no error is left; `most` if one is.
int epochsOf(PerceptronLearner& learner, const PerceptronInstance& instance, int most) {
  for (int t = 0; t < most; ++t) {
    if (perceptronErrors(instance, learner.weights().data()) == 0) {
      return t;
    }
    learner.epoch();
  }
  return most;
}

// Of ten seeds with random labels and d = 1001: the epochs of each, ascending; `most` of those that
// failed.
std::vector<int> epochsOfTen(double load, double cautious, int most) {
  std::vector<int> epochs;
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    const auto instance = makePerceptron(1001, static_cast<int>(std::lround(load * 1001)),
                                         PerceptronLabels::storage, 100 + seed);
    ClippedPerceptron learner(instance, {seed, 0}, cautious);
    epochs.push_back(epochsOf(learner, instance, most));
  }
  std::sort(epochs.begin(), epochs.end());
  return epochs;
}

}  // namespace

TEST_CASE("SBPI solves where the clipped perceptron fails: the bands of our own runs") {
  struct Band {
    double load;
    int median;
  };
  for (const Band band : {Band{0.3, 15}, {0.4, 25}, {0.5, 36}, {0.6, 91}}) {
    CAPTURE(band.load);
    const std::vector<int> epochs = epochsOfTen(band.load, 0.3, 1000);
    CHECK(epochs.back() < 1000);
    // The epochs of ten runs spread by a factor of two or so about their median.
    CHECK(epochs[5] > band.median / 2);
    CHECK(epochs[5] < 2 * band.median);
  }
  // 6 of 10 at 0.7: a binomial count of that probability is 2 to 9 with probability 0.99.
  const std::vector<int> hard = epochsOfTen(0.7, 0.3, 500);
  const auto solved = std::count_if(hard.begin(), hard.end(), [](int t) { return t < 500; });
  CHECK(solved >= 2);
  CHECK(solved <= 9);
  CHECK(epochsOfTen(0.2, 0, 300).back() < 300);
  CHECK(epochsOfTen(0.4, 0, 100).front() == 100);
}

TEST_CASE("with enough patterns SBPI finds the teacher itself") {
  const auto instance = makePerceptron(301, 903, PerceptronLabels::teacher, 5);
  ClippedPerceptron learner(instance, {1, 0}, 0.3);
  CHECK(epochsOf(learner, instance, 200) < 200);
  CHECK(signProduct(learner.weights().data(), instance.teacher.data(), 301) == 301);
}

TEST_CASE("annealing, replicas and belief propagation solve what is easy") {
  const auto instance = makePerceptron(101, 40, PerceptronLabels::storage, 8);
  const LearnerAddress address{2, 0};
  AnnealedPerceptron annealing(instance, address, {1, 0.2, 0});
  AnnealedPerceptron replicated(instance, address, {3, 0.2, 0.02});
  BeliefPropagation beliefs(instance, address, 0.02);
  CHECK(epochsOf(annealing, instance, 150) < 150);
  CHECK(epochsOf(replicated, instance, 150) < 150);
  CHECK(epochsOf(beliefs, instance, 150) < 150);
}

TEST_CASE("a learner's numbers are those of its address; another replicate's are others") {
  const auto instance = makePerceptron(51, 40, PerceptronLabels::storage, 9);
  const auto after = [&](std::uint32_t replicate) {
    ClippedPerceptron learner(instance, {4, replicate}, 0.3);
    learner.epoch();
    learner.epoch();
    return learner.weights();
  };
  CHECK(after(3) == after(3));
  CHECK(after(3) != after(4));
}
