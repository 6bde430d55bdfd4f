#include "perceptron/belief_propagation.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"
#include "perceptron/index.hpp"
#include "random/permutation.hpp"

namespace wv {
namespace {

constexpr double damping = 0.5;
constexpr double largestMessage = 50, leastVariance = 1e-9, mostReinforced = 1e4;
// The first beliefs: not 0, where all are alike.
constexpr double firstField = 0.01;

// log P(N(mean, 1) > 0), with its tail's expansion where the probability underflows.
double logProbability(double mean) {
  const double p = numeric::normalCdf(mean);
  return p > 1e-290 ? numeric::log(p)
                    : -0.5 * mean * mean - numeric::log(-mean * 2.5066282746310002);
}

}  // namespace

BeliefPropagation::BeliefPropagation(const PerceptronInstance& instance,
                                     const LearnerAddress& address, double rate)
    : PerceptronLearner(instance, address),
      rate_(rate),
      reinforcement_(at(instance.d), 0),
      belief_(at(instance.d), 0),
      messages_(at(instance.d) * at(instance.n), 0) {
  for (const std::int8_t sign : weights_) {
    field_.push_back(firstField * sign);
  }
  reinforcement_ = field_;
}

void BeliefPropagation::update(int a) {
  const int d = instance_.d;
  const std::int8_t* x = instance_.pattern(a);
  double* message = messages_.data() + at(a) * at(d);
  double mean = 0, variance = 0;
  for (int i = 0; i < d; ++i) {
    const double h = numeric::tanh(field_[at(i)] - message[i]);
    belief_[at(i)] = h;
    mean += h * x[i];
    variance += 1 - h * h;
  }
  for (int i = 0; i < d; ++i) {
    const double h = belief_[at(i)];
    const double scale = 1 / std::sqrt(std::max(variance - (1 - h * h), leastVariance));
    const double rest = mean - x[i] * h;
    const double ratio =
        0.5 * (logProbability((rest + x[i]) * scale) - logProbability((rest - x[i]) * scale));
    const double bounded = std::clamp(ratio, -largestMessage, largestMessage);
    const double next = damping * message[i] + (1 - damping) * bounded;
    field_[at(i)] += next - message[i];
    message[i] = next;
  }
}

void BeliefPropagation::pass(std::uint32_t epoch) {
  IndexTable order(1, instance_.n);
  fillPermutations(address_.at(Stream::permutation, epoch, 0), order);
  for (int k = 0; k < instance_.n; ++k) {
    update(order(0, k));
  }
  kept_ *= 1 - rate_;
  const double strength = std::min(1 / kept_ - 1, mostReinforced);
  for (int i = 0; i < instance_.d; ++i) {
    const double told = field_[at(i)] - reinforcement_[at(i)];
    reinforcement_[at(i)] = std::clamp(strength * told, -largestMessage, largestMessage);
    field_[at(i)] = told + reinforcement_[at(i)];
    weights_[at(i)] = field_[at(i)] < 0 ? -1 : 1;
  }
}

}  // namespace wv
