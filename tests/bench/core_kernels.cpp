// The kernels as this project's core does them.
#include <memory>

#include "kernel.hpp"
#include "method/entropy_sgd.hpp"
#include "method/gd.hpp"
#include "method/langevin.hpp"
#include "method/mini_batch.hpp"
#include "method/momentum.hpp"
#include "method/network_gradient.hpp"
#include "objective/landscape_2d.hpp"
#include "objective/least_squares.hpp"
#include "perceptron/enumeration.hpp"
#include "random/fill.hpp"
#include "sizes.hpp"

namespace wv::bench {
namespace {

DesignMatrix randomDesign(int d) {
  Block numbers(terms, d + 1);
  fillNormal({.seed = 1, .stream = Stream::instance}, numbers);
  DesignMatrix design;
  design.X = numbers.leftCols(d).matrix();
  design.y = design.X.rowwise().sum() + numbers.col(d).matrix();
  return design;
}

double endOf(const Method& method, const Context& context, const Block& start, int steps) {
  State state;
  state.x = start;
  method.init(state);
  for (int t = 0; t < steps; ++t) {
    method.step(context, state);
  }
  return state.x.sum();
}

LabelledSamples randomSamples() {
  Block numbers(pixels, samples);
  fillUniform({.seed = 1, .stream = Stream::instance}, numbers);
  LabelledSamples all;
  all.inputs = numbers.matrix();
  all.labels.resize(samples);
  fillIndex({.seed = 1, .stream = Stream::index}, classes, all.labels);
  return all;
}

}  // namespace

Kernel sgd(std::string_view id, int d, int rows, int steps) {
  return {id, static_cast<double>(rows) * steps, [=] {
            const auto objective = std::make_shared<LeastSquares>(randomDesign(d), 0);
            const auto sampler = std::make_shared<Sampler>(
                SamplerSettings{.terms = terms, .seed = 1, .replicates = rows});
            const auto source = std::make_shared<MiniBatchGradient>(*objective, *sampler);
            return [=, keep = std::pair{objective, sampler}] {
              return endOf(GradientDescent(), {*source, stepSize}, Block::Zero(rows, d), steps);
            };
          }};
}

Kernel langevin(std::string_view id) {
  return {id, static_cast<double>(replicates) * ensembleSteps, [] {
            const std::shared_ptr<const Objective> objective = makeDoubleWell2d(0.1);
            return [=] {
              const auto chain = makeLangevin(Corrector::none, {.beta = beta, .seed = 1});
              const FullGradient source(*objective);
              return endOf(*chain, {source, langevinStepSize}, Block::Zero(replicates, 2),
                           ensembleSteps);
            };
          }};
}

Kernel normalVariates(std::string_view id) {
  return {id, normals, [] {
            const auto numbers = std::make_shared<Block>(normals / 2, 2);
            return [=] {
              fillNormal({.seed = 1, .stream = Stream::normal}, *numbers);
              return numbers->sum();
            };
          }};
}

Kernel entropySgd(std::string_view id) {
  return {id, static_cast<double>(walkers) * outerSteps, [] {
            const std::shared_ptr<const Objective> objective = makeDoubleWell2d(0.1);
            return [=] {
              const EntropySgd method({.innerSteps = innerSteps,
                                       .innerStepSize = innerStepSize,
                                       .noise = innerNoise,
                                       .averaging = averaging,
                                       .gamma0 = gamma,
                                       .gamma1 = 0,
                                       .seed = 1},
                                      OuterStep::gammaFree);
              const FullGradient source(*objective);
              return endOf(method, {source, 1}, Block::Zero(walkers, 2), outerSteps);
            };
          }};
}

Kernel networkEpoch(std::string_view id) {
  return {id, 1, [] {
            const auto network = std::make_shared<Network>(
                NetworkShape(pixels, {hidden}, classes, Activation::relu), randomSamples(), 0);
            return [=] {
              const Sampler sampler({.mode = Sampling::reshuffle,
                                     .terms = samples,
                                     .batch = batch,
                                     .seed = 1,
                                     .replicates = 1});
              const NetworkGradient source(*network, sampler, {});
              return endOf(HeavyBall(momentum), {source, networkStepSize},
                           network->start().transpose().array(),
                           static_cast<int>(sampler.stepsPerEpoch()));
            };
          }};
}

Kernel enumeration(std::string_view id) {
  return {id, static_cast<double>(1 << enumerated), [] {
            const auto instance =
                makePerceptron(enumerated, enumeratedPatterns, PerceptronLabels::teacher, 1);
            return [=] {
              PerceptronEnumeration all(instance);
              all.advance(all.blocks());
              return all.histogram()[0];
            };
          }};
}

}  // namespace wv::bench
