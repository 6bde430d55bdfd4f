#include "perceptron/annealed_perceptron.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"
#include "perceptron/index.hpp"
#include "random/fill.hpp"

namespace wv {
namespace {

// log 2cosh(z) = |z| + log(1 + e^(-2|z|))
double logTwoCosh(double z) { return std::fabs(z) + numeric::softplus(-2 * std::fabs(z)); }

}  // namespace

AnnealedPerceptron::AnnealedPerceptron(const PerceptronInstance& instance,
                                       const LearnerAddress& address, const AnnealingRates& rates)
    : PerceptronLearner(instance, address), rates_(rates), sum_(at(instance.d), 0) {
  const int d = instance.d, n = instance.n;
  columns_.resize(at(d) * at(n));
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j) {
      columns_[at(j) * at(n) + at(i)] = instance.pattern(i)[j];
    }
  }
  // All start together.
  Replica first{weights_, {}};
  for (int i = 0; i < n; ++i) {
    first.margins.push_back(signProduct(instance.pattern(i), weights_.data(), d));
  }
  replicas_.assign(at(rates.replicas), first);
  for (int j = 0; j < d; ++j) {
    sum_[at(j)] = rates.replicas * weights_[at(j)];
  }
}

int AnnealedPerceptron::errorChange(const Replica& replica, int j) const {
  const int n = instance_.n, twice = 2 * replica.w[at(j)];
  const std::int8_t* column = columns_.data() + at(j) * at(n);
  const int* margin = replica.margins.data();
  int change = 0;
  for (int i = 0; i < n; ++i) {
    change += (margin[i] - twice * column[i] < 0 ? 1 : 0) - (margin[i] < 0 ? 1 : 0);
  }
  return change;
}

void AnnealedPerceptron::flip(Replica& replica, int j) {
  const int n = instance_.n, twice = 2 * replica.w[at(j)];
  const std::int8_t* column = columns_.data() + at(j) * at(n);
  for (int i = 0; i < n; ++i) {
    replica.margins[at(i)] -= twice * column[i];
  }
  sum_[at(j)] -= twice;
  replica.w[at(j)] = static_cast<std::int8_t>(-replica.w[at(j)]);
}

void AnnealedPerceptron::pass(std::uint32_t epoch) {
  const double beta = rates_.cooling * epoch, gamma = rates_.coupling * epoch;
  const int proposals = instance_.d * rates_.replicas;
  for (int k = 0; k < proposals; ++k) {
    const auto slot = static_cast<std::uint32_t>(k);
    Replica& replica = replicas_[at(k % rates_.replicas)];
    const int j = indexAt(address_.at(Stream::index, epoch, slot), instance_.d, 0);
    double change = beta * errorChange(replica, j);
    if (rates_.replicas > 1) {
      const int after = sum_[at(j)] - 2 * replica.w[at(j)];
      change -= logTwoCosh(gamma * after) - logTwoCosh(gamma * sum_[at(j)]);
    }
    if (change <= 0 ||
        uniformAt(address_.at(Stream::acceptance, epoch, slot), 0) < numeric::exp(-change)) {
      flip(replica, j);
    }
  }
  chooseBest();
}

void AnnealedPerceptron::chooseBest() {
  int fewest = instance_.n + 1;
  for (const Replica& replica : replicas_) {
    const auto errors = static_cast<int>(std::count_if(
        replica.margins.begin(), replica.margins.end(), [](int margin) { return margin < 0; }));
    if (errors < fewest) {
      fewest = errors;
      weights_ = replica.w;
    }
  }
  if (rates_.replicas > 1) {
    std::vector<std::int8_t> majority;
    for (const int sum : sum_) {
      majority.push_back(sum > 0 ? 1 : -1);
    }
    if (perceptronErrors(instance_, majority.data()) <= fewest) {
      weights_ = majority;
    }
  }
}

}  // namespace wv
