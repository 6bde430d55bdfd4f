#include "method/network_gradient.hpp"

#include <doctest.h>

#include "method/adam.hpp"
#include "method/gd.hpp"
#include "method/mini_batch.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

Network smallNetwork() {
  LabelledSamples samples;
  samples.inputs = seededBlock(3, 5, 70).matrix();
  samples.labels = IndexColumn::LinSpaced(70, 0, 69).unaryExpr([](int i) { return i % 4; });
  return Network(NetworkShape(5, {6}, 4, Activation::relu), samples, 0.05);
}

State run(const Method& method, const GradientSource& source, const Block& x, int steps) {
  State state;
  state.x = x;
  method.init(state);
  for (int t = 0; t < steps; ++t) {
    method.step({source, 0.05}, state);
  }
  return state;
}

}  // namespace

TEST_CASE("network gradient: the mini-batch gradient of every sampling, to rounding, same cost") {
  const Network network = smallNetwork();
  const Block x = seededBlock(5, 3, network.dim());
  for (const SamplingInfo& info : samplings()) {
    CAPTURE(info.id);
    for (const int batch : {1, 9, 70}) {
      const Sampler sampler({info.mode, 70, batch, 2, 11, 3});
      const NetworkGradient fast(network, sampler, {});
      const MiniBatchGradient slow(network, sampler);
      for (std::uint32_t step : {0U, 7U, 8U}) {
        Block g(3, x.cols()), expected(3, x.cols());
        CHECK(fast.gradient(step, x, g) == slow.gradient(step, x, expected));
        CHECK((g - expected).abs().maxCoeff() < 1e-14);
      }
    }
  }
}

TEST_CASE("network gradient: a replicate alone has the bits it has in a block, dropout too") {
  const Network network = smallNetwork();
  const Block x = seededBlock(6, 4, network.dim());
  const auto trained = [&](std::uint32_t first, Eigen::Index rows) {
    const Sampler sampler({Sampling::reshuffle, 70, 16, 3, first, rows});
    const NetworkGradient source(
        network, sampler, {0.4, {.seed = 3, .stream = Stream::dropout, .firstReplicate = first}});
    return run(Adam(), source, x.middleRows(first, rows), 12).x;
  };
  const Block whole = trained(0, 4);
  CHECK((whole.row(2) == trained(2, 1).row(0)).all());
  CHECK((whole.bottomRows(2) == trained(2, 2)).all());
}

TEST_CASE("network gradient: every term at once is gradient descent, bit for bit") {
  const Network network = smallNetwork();
  const Block x = seededBlock(7, 2, network.dim());
  const Sampler sampler({Sampling::reshuffle, 70, 70, 3, 0, 2});
  const State sgd = run(GradientDescent(), NetworkGradient(network, sampler, {}), x, 8);
  const State descent = run(GradientDescent(), FullGradient(network), x, 8);
  CHECK((sgd.x == descent.x).all());
  CHECK(sgd.gradientEvaluations == descent.gradientEvaluations);
}
