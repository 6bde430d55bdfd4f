// Entropy-SGD and its replicas against sequences worked out by hand, a hand count of what
// they cost, and the law that the inner loop samples.
#include "method/entropy_sgd.hpp"

#include <doctest.h>

#include <cmath>

#include "method/parle.hpp"
#include "objective/catalogue.hpp"

namespace {

using wv::Block;

wv::EntropySgdSettings noiseless(int innerSteps) {
  wv::EntropySgdSettings settings;
  settings.innerSteps = innerSteps;
  settings.noise = 0;
  settings.gamma0 = 2;
  settings.gamma1 = 0;
  return settings;
}

Block spread() { return wv::Column::LinSpaced(6, -1, 1); }

// f = k x^2 / 2 from the points x.
struct Walk {
  std::unique_ptr<wv::Objective> objective;
  wv::FullGradient source;
  wv::State state;

  Walk(double k, const Block& x) : objective(quadratic(k)), source(*objective) { state.x = x; }
  static std::unique_ptr<wv::Objective> quadratic(double k) {
    wv::LandscapeParameters parameters;
    parameters.curvature = k;
    return wv::makeLandscape("quadratic-1d", parameters);
  }
};

}  // namespace

TEST_CASE("the noiseless inner loop and both outer steps") {
  for (const auto outer : {wv::OuterStep::scaled, wv::OuterStep::gammaFree}) {
    const wv::EntropySgd method(noiseless(3), outer);
    Walk walk(4, Block::Constant(1, 1, 3));
    method.init(walk.state);
    method.step({walk.source, 0.5}, walk.state);
    CHECK(wv::EntropySgd::innerPoint(walk.state)(0, 0) == doctest::Approx(1.128).epsilon(1e-14));
    CHECK(wv::EntropySgd::innerMean(walk.state)(0, 0) == doctest::Approx(1.22475).epsilon(1e-14));
    const double x = outer == wv::OuterStep::scaled ? 1.22475 : 2.112375;
    CHECK(walk.state.x(0, 0) == doctest::Approx(x).epsilon(1e-14));
    CHECK(walk.state.gradientEvaluations == 3);
    CHECK(walk.state.step == 1);
  }
  const wv::EntropySgd longer(noiseless(20), wv::OuterStep::scaled);
  Walk walk(4, Block::Constant(1, 1, 3));
  longer.init(walk.state);
  longer.step({walk.source, 0.5}, walk.state);
  // From 3 with k + gamma = 6 and eta' = 0.1: x' - 1 = 2 * 0.4^n, and, with the newest x' weighted
  // by kappa = 0.75, mu - 1 = 4 * 0.4^n - 2 * 0.25^n. (Weighted by 0.25 it would be 1.00815
  // after 20.)
  CHECK(wv::EntropySgd::innerPoint(walk.state)(0, 0) ==
        doctest::Approx(1.000000021990).epsilon(1e-12));
  CHECK(wv::EntropySgd::innerMean(walk.state)(0, 0) ==
        doctest::Approx(1.000000043979).epsilon(1e-12));
}

TEST_CASE("scoping: gamma grows with the outer steps, and only with them") {
  auto settings = noiseless(5);
  settings.gamma1 = 0.25;
  const wv::EntropySgd method(settings, wv::OuterStep::gammaFree);
  CHECK(method.gammaAt(0) == 2);
  CHECK(method.gammaAt(1) == 2.5);
  CHECK(method.gammaAt(3) == 3.90625);

  // After one inner step x' = x - eta' f'(x), whatever gamma; after two gamma enters.
  Walk walk(1, Block::Constant(1, 1, 1));
  method.init(walk.state);
  for (int outer = 0; outer < 2; ++outer) {
    const double x = walk.state.x(0, 0);
    const double gamma = outer == 0 ? 2 : 2.5;
    method.startInnerLoop(walk.state);
    method.innerStep({walk.source, 0.5}, walk.state);
    CHECK(wv::EntropySgd::innerPoint(walk.state)(0, 0) == doctest::Approx(0.9 * x).epsilon(1e-14));
    method.innerStep({walk.source, 0.5}, walk.state);
    CHECK(wv::EntropySgd::innerPoint(walk.state)(0, 0) ==
          doctest::Approx(0.9 * x - 0.1 * (0.9 * x - gamma * 0.1 * x)).epsilon(1e-14));
    method.outerStep(0.5, walk.state);
  }
}

TEST_CASE("a step is its parts, and a split ensemble is the same ensemble") {
  auto settings = noiseless(4);
  settings.noise = 0.3;
  settings.seed = 5;
  const wv::EntropySgd method(settings, wv::OuterStep::scaled);
  Walk whole(3, spread());
  Walk parts = {3, spread()};
  method.init(whole.state);
  method.init(parts.state);
  for (int t = 0; t < 3; ++t) {
    method.step({whole.source, 0.2}, whole.state);
    method.startInnerLoop(parts.state);
    for (int i = 0; i < 4; ++i) {
      method.innerStep({parts.source, 0.2}, parts.state);
    }
    method.outerStep(0.2, parts.state);
  }
  CHECK((whole.state.x == parts.state.x).all());

  settings.firstReplicate = 4;
  const wv::EntropySgd tail(settings, wv::OuterStep::scaled);
  Walk rest(3, spread().bottomRows(2));
  tail.init(rest.state);
  for (int t = 0; t < 3; ++t) {
    tail.step({rest.source, 0.2}, rest.state);
  }
  CHECK((rest.state.x == whole.state.x.bottomRows(2)).all());
}

TEST_CASE("at noise sqrt 2 the inner loop samples the local Gibbs law of a quadratic") {
  // f + gamma (x - x')^2/2 has curvature k + gamma = 6 about (k a + gamma x)/(k + gamma): the chain
  // of step 0.05 has that mean and variance 1/(6 (1 - 0.05 * 6/2)).
  auto settings = noiseless(200);
  settings.innerStepSize = 0.05;
  settings.noise = std::sqrt(2.0);
  settings.averaging = 1;
  settings.seed = 11;
  const int walkers = 40000;
  const wv::EntropySgd method(settings, wv::OuterStep::scaled);
  Walk walk(4, Block::Constant(walkers, 1, 3));
  method.init(walk.state);
  method.step({walk.source, 0.1}, walk.state);
  const Block& x = wv::EntropySgd::innerPoint(walk.state);
  const double mean = x.mean();
  const double variance = (x - mean).square().sum() / (walkers - 1);
  const double expected = 1 / (6 * (1 - 0.05 * 6 / 2));
  // 4 standard errors, of a mean and of the variance of a Gaussian: a seed fails once in 16 000.
  CHECK(std::fabs(mean - 1) < 4 * std::sqrt(expected / walkers));
  CHECK(std::fabs(variance - expected) < 4 * expected * std::sqrt(2.0 / walkers));
}

TEST_CASE("at noise sqrt 2 the inner loop's mean gives the gradient of the local entropy") {
  // f = (x^2 - 1)^2, x = gamma = 1: <x'> by quadrature, 0.580918939051
  // (tests/core/local_entropy_test). Walkers are independent; the bias of a finite eta' is taken
  // out by two of them.
  const int walkers = 20000;
  const auto mean = [&](double innerStepSize, double& variance) {
    auto settings = noiseless(static_cast<int>(5 / innerStepSize));
    settings.innerStepSize = innerStepSize;
    settings.noise = std::sqrt(2.0);
    settings.gamma0 = 1;
    settings.seed = 3;
    const wv::EntropySgd method(settings, wv::OuterStep::scaled);
    const auto objective = wv::makeLandscape("double-well-1d", {});
    const wv::FullGradient source(*objective);
    wv::State state;
    state.x = Block::Ones(walkers, 1);
    method.init(state);
    method.step({source, 0.1}, state);
    const Block& x = wv::EntropySgd::innerPoint(state);
    variance = (x - x.mean()).square().sum() / (walkers - 1);
    return x.mean();
  };
  double coarse = 0, fine = 0;
  const double far = mean(0.04, coarse), near = mean(0.02, fine);
  const double error = std::sqrt((4 * fine + coarse) / walkers);
  // 4 standard errors of 2 near - far: a seed fails once in 16 000.
  CHECK(std::fabs(2 * near - far - 0.580918939051) < 4 * error);
}

TEST_CASE("replicas: the elastic force draws each to its group's mean") {
  const wv::Parle parle(noiseless(3), wv::OuterStep::gammaFree, 2, 0.4);
  Walk walk(4, Block(4, 1));
  walk.state.x << 3, 1, -2, 0;
  const Block before = walk.state.x;
  parle.init(walk.state);
  parle.step({walk.source, 0.5}, walk.state);

  const wv::EntropySgd alone(noiseless(3), wv::OuterStep::gammaFree);
  Walk single(4, before);
  alone.init(single.state);
  alone.step({single.source, 0.5}, single.state);
  const double means[] = {2, 2, -1, -1};
  for (int r = 0; r < 4; ++r) {
    CAPTURE(r);
    CHECK(walk.state.x(r, 0) ==
          doctest::Approx(single.state.x(r, 0) - 0.5 * 0.4 * (before(r, 0) - means[r])));
  }
  CHECK(walk.state.gradientEvaluations == 3);
}
