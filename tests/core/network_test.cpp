#include "objective/network.hpp"

#include <doctest.h>

#include <algorithm>
#include <cmath>

#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

// Samples with entries in [-1, 1) and labels that visit every class.
LabelledSamples seededSamples(int features, int n, int classes) {
  LabelledSamples samples;
  samples.inputs = seededBlock(3, features, n).matrix();
  samples.labels.resize(n);
  for (int i = 0; i < n; ++i) {
    samples.labels(i) = (5 * i + 2) % classes;
  }
  return samples;
}

struct Case {
  std::vector<int> hidden;
  Activation activation;
  double ridge;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {{{4}, Activation::relu, 0},
                                        {{4}, Activation::tanh, 0.3},
                                        {{5, 3}, Activation::relu, 0.1},
                                        {{3, 4, 2}, Activation::tanh, 0},
                                        {{9, 2, 3}, Activation::relu, 0}};
  return all;
}

// More samples than a tile, and not a whole number of groups.
Network networkOf(const Case& of, int n = 43) {
  return Network(NetworkShape(3, of.hidden, 4, of.activation), seededSamples(3, n, 4), of.ridge);
}

// -log p(label) of one sample, from the definition alone: nested loops in long double.
long double lossOf(const Network& network, const Point& weights, int sample) {
  std::vector<long double> a(network.samples().inputs.col(sample).begin(),
                             network.samples().inputs.col(sample).end());
  Eigen::Index at = 0;
  const auto& layers = network.shape().layers();
  for (std::size_t l = 0; l < layers.size(); ++l) {
    std::vector<long double> z(static_cast<std::size_t>(layers[l].units), 0);
    for (auto& unit : z) {
      for (const long double input : a) {
        unit += weights(at++) * input;
      }
    }
    for (auto& unit : z) {
      unit += weights(at++);
      if (l + 1 < layers.size()) {
        unit = network.shape().activation() == Activation::relu ? std::max(unit, 0.0L)
                                                                : std::tanh(unit);
      }
    }
    a = z;
  }
  long double sum = 0;
  for (const long double logit : a) {
    sum += std::exp(logit);
  }
  return std::log(sum) - a[static_cast<std::size_t>(network.samples().labels(sample))];
}

std::vector<int> firstSamples(int count) {
  std::vector<int> all(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    all[static_cast<std::size_t>(i)] = i;
  }
  return all;
}

}  // namespace

TEST_CASE("network: the weights are laid out layer by layer, row by row, biases last") {
  const NetworkShape shape(64, {64, 32}, 10, Activation::relu);
  CHECK(shape.dim() == 64 * 64 + 64 + 64 * 32 + 32 + 32 * 10 + 10);
  CHECK(shape.layers()[1].weights == 64 * 64 + 64);
  CHECK(shape.layers()[1].biases == 64 * 64 + 64 + 64 * 32);
}

TEST_CASE("network: the loss is that of nested loops in long double") {
  for (const Case& of : cases()) {
    const Network network = networkOf(of);
    const Point weights = row(seededBlock(11, 1, network.dim()), 0);
    long double sum = 0;
    for (int i = 0; i < network.terms(); ++i) {
      const long double exact = lossOf(network, weights, i);
      CHECK(network.meanLoss(weights, {&i, 1}) == doctest::Approx(double(exact)).epsilon(1e-14));
      sum += exact;
    }
    CHECK(network.evaluate(weights).loss ==
          doctest::Approx(double(sum / network.terms())).epsilon(1e-14));
  }
}

TEST_CASE("network: the gradient and the Hessian products are the slopes of the loss") {
  for (const Case& of : cases()) {
    const Network network = networkOf(of, 11);
    checkDerivatives(network, seededBlock(5, 2, network.dim()));
  }
}

TEST_CASE("network: blocks, parts of blocks and single terms have the same bits") {
  for (const Case& of : cases()) {
    const Network network = networkOf(of);
    const Block points = seededBlock(7, 6, network.dim());
    checkBatch(network, points);
    checkTerms(network, row(points, 0));
  }
}

TEST_CASE("network: a batch of every sample is the gradient, in any tiles, bit for bit") {
  const Network network = networkOf(cases()[2], 100);
  const Point weights = row(seededBlock(8, 1, network.dim()), 0);
  CHECK(network.batchGradient(weights, network.allSamples()) == gradientAt(network, weights));
  // The order of summation is that of the batch: 70 samples as 70 terms, added one by one.
  const auto batch = firstSamples(70);
  Point sums = Point::Zero(network.dim());
  const Network bare(network.shape(), network.samples(), 0);
  for (const int i : batch) {
    sums += bare.batchGradient(weights, {&i, 1});
  }
  CHECK(bare.batchGradient(weights, batch) == sums / 70);
}

TEST_CASE("network: a direction's Hessian product over some samples is the mean over each") {
  const Network network = networkOf(cases()[3]);
  const Point weights = row(seededBlock(9, 1, network.dim()), 0);
  const Point direction = row(seededBlock(10, 1, network.dim()), 0);
  Point mean = Point::Zero(network.dim());
  for (int i = 0; i < 37; ++i) {
    mean += network.hessianProduct(weights, {&i, 1}, direction) / 37;
  }
  const Point product = network.hessianProduct(weights, firstSamples(37), direction);
  CHECK((product - mean).norm() < 1e-14 * mean.norm());
}

TEST_CASE("network: dropout is a function of its address, keeps the mean and is no-op at rate 0") {
  const Network network = networkOf({{16, 8}, Activation::tanh, 0}, 64);
  const Point weights = 0.5 * row(seededBlock(12, 1, network.dim()), 0);
  const auto batch = firstSamples(40);
  const auto at = [&](std::uint32_t step) {
    return network.batchGradient(weights, batch,
                                 {0.5, {.seed = 4, .stream = Stream::dropout, .step = step}});
  };
  CHECK(at(1) == at(1));
  CHECK(at(1) != at(2));
  CHECK(network.batchGradient(weights, batch, {0, {}}) == network.batchGradient(weights, batch));
  // A slot's mask does not depend on the slots beside it: the gradient of a batch of 40 less that
  // of its first 33 samples is a matter of the last 7 slots alone.
  const auto part = [&](int count) -> Point {
    return count * network.batchGradient(weights, firstSamples(count), {0.5, {.seed = 4}});
  };
  Point alone = part(40) - part(33);
  CHECK(alone.norm() > 0.1);
  std::vector<int> others = batch;
  std::reverse(others.begin(), others.begin() + 33);
  const auto reversed = [&](int count) -> Point {
    return count * network.batchGradient(weights, {others.data(), static_cast<std::size_t>(count)},
                                         {0.5, {.seed = 4}});
  };
  CHECK((alone - (reversed(40) - reversed(33))).norm() < 1e-12);
}

// The derivative by the last layer's biases sees the mask only through the probabilities; the one
// by a last weight is the mask's own share of a hidden unit: over many steps its mean is without
// bias when the logits do not depend on the mask, as with last weights of 0. Four standard errors.
TEST_CASE("network: inverted dropout leaves the expected hidden unit as it was") {
  const NetworkShape shape(3, {8}, 4, Activation::relu);
  const Network network(shape, seededSamples(3, 32, 4), 0);
  Point weights = row(seededBlock(13, 1, network.dim()), 0);
  const NetworkLayer& last = shape.layers()[1];
  weights.segment(last.weights, last.end() - last.weights).setZero();
  const Point whole = network.batchGradient(weights, network.allSamples());
  constexpr int draws = 3000;
  Point sum = Point::Zero(network.dim()), squares = sum;
  for (std::uint32_t step = 0; step < draws; ++step) {
    const Point g = network.batchGradient(weights, network.allSamples(),
                                          {0.3, {.stream = Stream::dropout, .step = step}});
    sum += g;
    squares += g.cwiseAbs2();
  }
  for (Eigen::Index i = last.weights; i < last.biases; ++i) {
    const double mean = sum(i) / draws;
    const double error = std::sqrt((squares(i) / draws - mean * mean) / draws);
    CHECK(std::fabs(mean - whole(i)) <= 4 * error + 1e-15);
  }
}

TEST_CASE("network: initial weights have the variances of He and of Glorot, biases are 0") {
  for (const Activation activation : {Activation::relu, Activation::tanh}) {
    const NetworkShape shape(64, {64}, 10, activation);
    const Point weights = initialWeights(shape, 1, 0);
    const double variance = weights.head(4096).squaredNorm() / 4096;
    // A sum of 4096 squares has a relative standard error of sqrt(2/4096) = 2.2 %.
    const double expected = activation == Activation::relu ? 2.0 / 64 : 2.0 / 128;
    CHECK(variance == doctest::Approx(expected).epsilon(4 * 0.022));
    CHECK(weights.segment(4096, 64).norm() == 0);
    CHECK(initialWeights(shape, 1, 0) == weights);
    CHECK(initialWeights(shape, 1, 1) != weights);
    CHECK(initialWeights(shape, 2, 0) != weights);
  }
}

TEST_CASE("network: weights that overflow give no finite loss and do not trap") {
  const Network network = networkOf(cases()[2]);
  const double loss = valueAt(network, Point::Constant(network.dim(), 1e200));
  CHECK(!std::isfinite(loss));
}

TEST_CASE("network: golden hashes") {
  std::uint64_t hash = kHashOffset;
  for (const Case& of : cases()) {
    const Network network = networkOf(of);
    const Block points = seededBlock(6, 3, network.dim());
    hash = hashOf(Column::Constant(1, double(hashOfObjective(network, points) >> 12)), hash);
    const Point product =
        network.hessianProduct(row(points, 0), network.allSamples(), row(points, 1));
    hash = hashOf(product, hash);
  }
  CHECK(hash == 0xbd036a20bba069cf);
}
