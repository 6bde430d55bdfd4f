#include "method/mini_batch.hpp"

#include <doctest.h>

#include <cmath>

#include "data_sets.hpp"
#include "method/gd.hpp"
#include "method/momentum.hpp"
#include "objective/least_squares.hpp"
#include "objective/logistic.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

LeastSquares penguins() { return LeastSquares(regressionOf("penguins"), 0.1); }

Logistic penguinClasses() {
  DesignMatrix design = classificationOf("penguins");
  appendIntercept(design);
  return Logistic(design, 0.1);
}

Block startOf(const Objective& objective, Eigen::Index rows) {
  return seededBlock(17, rows, objective.dim());
}

// The states after `steps` steps of a method from x.
State run(const Method& method, const GradientSource& source, const Block& x, double alpha,
          int steps) {
  State state;
  state.x = x;
  method.init(state);
  for (int t = 0; t < steps; ++t) {
    method.step({source, alpha}, state);
  }
  return state;
}

// n x d: the gradient of every term at one point.
Block termGradients(const Objective& objective, const Point& x) {
  const Eigen::Index n = objective.terms();
  Block g(n, x.size());
  objective.termGradient(x.transpose().array().replicate(n, 1),
                         IndexColumn::LinSpaced(n, 0, static_cast<int>(n - 1)), g);
  return g;
}

// R draws of the gradient of step 0, all at x.
Block firstGradients(const Objective& objective, SamplerSettings settings, const Point& x) {
  settings.terms = objective.terms();
  const Sampler sampler(settings);
  Block g(settings.replicates, x.size());
  const MiniBatchGradient source(objective, sampler);
  CHECK(source.gradient(0, x.transpose().array().replicate(settings.replicates, 1), g) ==
        settings.batch);
  return g;
}

// |mean of the sample - expected| in standard errors, estimated from the sample.
double standardErrors(const Column& sample, double expected) {
  const auto count = static_cast<double>(sample.size());
  const double mean = sample.mean();
  const double variance = (sample - mean).square().sum() / (count - 1);
  return std::fabs(mean - expected) / std::sqrt(variance / count);
}

constexpr Eigen::Index kReplicates = 100'000;

}  // namespace

TEST_CASE("one SGD step by hand: the batch's gradients are averaged in the order of the slots") {
  const LeastSquares objective = penguins();
  const Block x = startOf(objective, 300);
  for (const SamplingInfo& info : samplings()) {
    CAPTURE(info.id);
    const Sampler sampler({info.mode, objective.terms(), 3, 1, 0, 300});
    const MiniBatchGradient source(objective, sampler);
    // The second to last epoch's end, where a batch may be short, and what follows it.
    for (std::uint32_t step = 2 * sampler.stepsPerEpoch() - 2;
         step < 2 * sampler.stepsPerEpoch() + 1; ++step) {
      Block g(300, x.cols()), part(300, x.cols());
      Block sum = Block::Zero(300, x.cols());
      const int size = sampler.batchSize(step);
      CHECK(source.gradient(step, x, g) == size);
      for (int slot = 0; slot < size; ++slot) {
        IndexColumn term(300);
        sampler.fillTerms(step, slot, 0, term);
        objective.termGradient(x, term, part);
        sum += part;
      }
      CHECK((g == sum / size).all());
      Block moved = x;
      CHECK(source.descend(step, 0.2, moved) == size);
      CHECK((moved == x - 0.2 * g).all());
    }
  }
}

TEST_CASE("with b = n and no repetition SGD is gradient descent, bit for bit") {
  const LeastSquares squares = penguins();
  const Logistic classes = penguinClasses();
  for (const Objective* objective :
       {static_cast<const Objective*>(&squares), static_cast<const Objective*>(&classes)}) {
    const int n = objective->terms();
    const Block x = startOf(*objective, 5);
    for (const SamplingInfo& info : samplings()) {
      CAPTURE(info.id);
      const Sampler sampler({info.mode, n, n, 2, 0, 5});
      const MiniBatchGradient stochastic(*objective, sampler);
      const FullGradient full(*objective);
      const GradientDescent descent;
      const HeavyBall ball(0.8);
      for (const Method* method :
           {static_cast<const Method*>(&descent), static_cast<const Method*>(&ball)}) {
        const State sgd = run(*method, stochastic, x, 0.1, 60);
        const State gd = run(*method, full, x, 0.1, 60);
        CHECK((sgd.x == gd.x).all() == (info.mode != Sampling::replacement));
        CHECK(sgd.gradientEvaluations == gd.gradientEvaluations);
      }
    }
  }
}

// Four standard errors of the mean over 100 000 replicates in each coordinate.
TEST_CASE("the first gradient of every random mode is unbiased") {
  const LeastSquares squares = penguins();
  const Logistic classes = penguinClasses();
  for (const Objective* objective :
       {static_cast<const Objective*>(&squares), static_cast<const Objective*>(&classes)}) {
    const Point x = row(startOf(*objective, 1), 0);
    const Point expected = gradientAt(*objective, x);
    for (Sampling mode :
         {Sampling::replacement, Sampling::distinct, Sampling::reshuffle, Sampling::shuffleOnce}) {
      for (int b : {1, 5}) {
        const Block g = firstGradients(*objective, {mode, 0, b, 3, 0, kReplicates}, x);
        for (Eigen::Index j = 0; j < g.cols(); ++j) {
          CHECK(standardErrors(g.col(j), expected(j)) < 4);
        }
      }
    }
  }
}

TEST_CASE("the first gradient of cyclic sampling is that of the first terms, and so biased") {
  const LeastSquares objective = penguins();
  const Point x = row(startOf(objective, 1), 0);
  const Block g = firstGradients(objective, {Sampling::cyclic, 0, 5, 3, 0, 10}, x);
  const Point mean = termGradients(objective, x).topRows(5).colwise().mean().transpose();
  for (Eigen::Index r = 0; r < 10; ++r) CHECK((row(g, r) - mean).norm() < 1e-14);
  CHECK((mean - gradientAt(objective, x)).norm() > 0.1);
}

// E |g - grad f|^2 = c(b) (1/n) sum |grad l_i - grad f|^2 with c = 1/b, or (n - b)/((n - 1) b) for
// distinct terms. Four standard errors of the mean square over 100 000 replicates.
TEST_CASE("the variance of a mini-batch falls by c(b)") {
  const LeastSquares objective = penguins();
  const double n = objective.terms();
  const Point x = row(startOf(objective, 1), 0);
  const Point gradient = gradientAt(objective, x);
  const auto deviations = [&](const Block& g) -> Column {
    return (g.rowwise() - gradient.transpose().array()).square().rowwise().sum();
  };
  const double single = deviations(termGradients(objective, x)).mean();
  for (int b : {1, 4, 200}) {
    const double without = (n - b) / ((n - 1) * b);
    const auto errors = [&](Sampling mode, double factor) {
      const Block g = firstGradients(objective, {mode, 0, b, 4, 0, kReplicates}, x);
      return standardErrors(deviations(g), factor * single);
    };
    CHECK(errors(Sampling::replacement, 1.0 / b) < 4);
    CHECK(errors(Sampling::distinct, without) < 4);
    // A batch of an order drawn at random is a batch of distinct terms.
    CHECK(errors(Sampling::reshuffle, without) < 4);
  }
}

TEST_CASE("SGD gives the same bits for a block, for its parts and for a replicate alone") {
  const Logistic objective = penguinClasses();
  const Block x = startOf(objective, 600);
  const GradientDescent method;
  for (const SamplingInfo& info : samplings()) {
    CAPTURE(info.id);
    const auto part = [&](Eigen::Index first, Eigen::Index count) {
      const Sampler sampler(
          {info.mode, objective.terms(), 7, 5, static_cast<std::uint32_t>(first), count});
      return run(method, MiniBatchGradient(objective, sampler), x.middleRows(first, count), 0.2,
                 110)
          .x;
    };
    const Block whole = part(0, 600);
    CHECK((whole.topRows(37) == part(0, 37)).all());
    CHECK((whole.bottomRows(563) == part(37, 563)).all());
    CHECK((whole.row(299) == part(299, 1).row(0)).all());
  }
}

TEST_CASE("a copied state resumes the same path of SGD, also after the sampler went ahead") {
  const LeastSquares objective = penguins();
  const HeavyBall method(0.5);
  for (const SamplingInfo& info : samplings()) {
    CAPTURE(info.id);
    const Sampler sampler({info.mode, objective.terms(), 50, 6, 0, 20});
    const MiniBatchGradient source(objective, sampler);
    State state = run(method, source, startOf(objective, 20), 0.02, 5);
    State copy = state;
    for (int t = 0; t < 20; ++t) method.step({source, 0.02}, state);
    for (int t = 0; t < 20; ++t) method.step({source, 0.02}, copy);
    CHECK((state.x == copy.x).all());
    CHECK(state.gradientEvaluations == copy.gradientEvaluations);
  }
}

TEST_CASE("SGD on oracle 1's data visits the numbers of oracle 7") {
  // a = (1, 2, 3), b = (1, 1, 4.5), alpha = 0.05, x0 = 0, terms 1, 2, 3, 3, 1; the replicates that
  // draw these terms are about 1 in 243.
  DesignMatrix design;
  design.X = Point{{1, 2, 3}};
  design.y = Point{{1, 1, 4.5}};
  const LeastSquares objective(design, 0);
  const Sampler sampler({Sampling::replacement, 3, 1, 7, 0, 2000});
  const MiniBatchGradient source(objective, sampler);
  const int terms[] = {0, 1, 2, 2, 0};
  const double expected[] = {0.05, 0.14, 0.752, 1.0886, 1.08417};
  State state;
  state.x = Block::Zero(2000, 1);
  const GradientDescent method;
  method.init(state);
  Eigen::Array<bool, Eigen::Dynamic, 1> follows = decltype(follows)::Constant(2000, true);
  for (std::uint32_t t = 0; t < 5; ++t) {
    IndexColumn term(2000);
    sampler.fillTerms(t, 0, 0, term);
    follows = follows && term == terms[t];
    method.step({source, 0.05}, state);
    for (Eigen::Index r = 0; r < 2000; ++r) {
      if (follows(r)) CHECK(state.x(r, 0) == doctest::Approx(expected[t]).epsilon(1e-14));
    }
  }
  CHECK(follows.any());
  CHECK(state.gradientEvaluations == 5);
}

TEST_CASE("golden hashes of SGD") {
  const Logistic objective = penguinClasses();
  const auto hash = [&](Sampling mode) {
    const Sampler sampler({mode, objective.terms(), 10, 2024, 1000, 300});
    const MiniBatchGradient source(objective, sampler);
    return hashOf(run(HeavyBall(0.9), source, startOf(objective, 300), 0.1, 80).x);
  };
  CHECK(hash(Sampling::replacement) == 0xb1d4fb6e2dc1362b);
  CHECK(hash(Sampling::distinct) == 0xb67aa580e76b86df);
  CHECK(hash(Sampling::reshuffle) == 0xead280f33789706);
  CHECK(hash(Sampling::shuffleOnce) == 0x18845a763bb76203);
  CHECK(hash(Sampling::cyclic) == 0x134a805e5c3a6f42);
}
