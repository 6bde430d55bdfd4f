// Local entropy against closed forms (quadratics, Gaussian mixtures, cosines), against the Gibbs
// law of the coupled function, and against the partial differential equation that it solves.
#include "theory/local_entropy.hpp"

#include <doctest.h>

#include <cmath>
#include <memory>

#include "numeric/quadrature.hpp"
#include "objective/catalogue.hpp"
#include "objective/expression.hpp"

namespace {

using wv::Column;

std::unique_ptr<wv::Objective> landscape(std::string_view id,
                                         const wv::LandscapeParameters& parameters = {}) {
  return wv::makeLandscape(id, parameters);
}

Column one(double x) { return Column::Constant(1, x); }

std::unique_ptr<wv::Expression> typed(std::string_view text) {
  auto result = wv::makeExpression(text, 1);
  REQUIRE(result.expression);
  return std::move(result.expression);
}

constexpr double leastGamma = 0.01, greatestGamma = 1e4;

// Over the picture with its margins, as the experiment takes it.
wv::LocalEntropy entropyOf(const wv::Objective& f, double beta = 1) {
  const wv::Window window = f.window();
  const double margin = 0.25 * (window.xMax - window.xMin);
  return {f, beta, leastGamma, greatestGamma, window.xMin - margin, window.xMax + margin};
}

double normalMass(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

double normal(double x, double variance) {
  return std::exp(-x * x / (2 * variance)) / std::sqrt(2 * M_PI * variance);
}

// I_n(a) by its power series.
double besselI(int n, double a) {
  double term = std::pow(a / 2, n) / std::tgamma(n + 1.0), sum = term;
  for (int k = 1; k < 60; ++k) {
    term *= a * a / (4.0 * k * (k + n));
    sum += term;
  }
  return sum;
}

}  // namespace

TEST_CASE("a quadratic: F, <x'> and the force in closed form, at several beta") {
  wv::LandscapeParameters parameters;
  parameters.curvature = 4;
  const auto f = landscape("quadratic-1d", parameters);
  for (const double beta : {0.5, 1.0, 20.0}) {
    const wv::LocalEntropy entropy(*f, beta, 0.02, 500, -3, 3);
    for (const double gamma : {0.02, 2.0, 500.0}) {
      for (const double x : {-3.0, 0.4, 2.0}) {
        CAPTURE(beta);
        CAPTURE(gamma);
        CAPTURE(x);
        const auto curve = entropy.at(one(x), gamma);
        const double shared = 4 * gamma / (4 + gamma);
        CHECK(curve.logPartition(0) ==
              doctest::Approx(-beta * shared * x * x / 2 +
                              0.5 * std::log(2 * M_PI / (beta * (4 + gamma))))
                  .epsilon(1e-11));
        CHECK(curve.mean(0) == doctest::Approx(gamma * x / (4 + gamma)).epsilon(1e-11));
        CHECK(curve.variance(0) == doctest::Approx(1 / (beta * (4 + gamma))).epsilon(1e-9));
      }
    }
  }
}

TEST_CASE("oracle 11, with its minimum at 1") {
  // F for k = 4, a = 1, gamma = 2, x = 3 is that of a = 0 at x = 2.
  wv::LandscapeParameters parameters;
  parameters.curvature = 4;
  const auto f = landscape("quadratic-1d", parameters);
  const wv::LocalEntropy entropy(*f, 1, 2, 2, -3, 3);
  const auto curve = entropy.at(one(2), 2);
  CHECK(curve.logPartition(0) == doctest::Approx(-2.643607868076).epsilon(1e-12));
  CHECK(curve.mean(0) + 1 == doctest::Approx(5.0 / 3).epsilon(1e-12));
  CHECK(2 * (2 - curve.mean(0)) == doctest::Approx(8.0 / 3).epsilon(1e-12));
}

TEST_CASE("oracle 12: the double well") {
  const auto f = landscape("double-well-1d");
  const wv::LocalEntropy entropy(*f, 1, 1, 10, -2, 2);
  CHECK(entropy.at(one(0), 1).logPartition(0) == doctest::Approx(0.308917744808).epsilon(1e-11));
  const auto curve = entropy.at(one(1), 1);
  CHECK(curve.logPartition(0) == doctest::Approx(0.117437645462).epsilon(1e-11));
  CHECK(curve.mean(0) == doctest::Approx(0.580918939051).epsilon(1e-11));
  CHECK(entropy.at(one(0.5), 10).logPartition(0) ==
        doctest::Approx(-0.721570544804).epsilon(1e-11));
}

TEST_CASE("a Gaussian mixture: every variance grows by 1/gamma, and oracle 13's minimisers") {
  const auto f = landscape("mixture-1d");
  const wv::LocalEntropy entropy(*f, 1, 0.5, 1e4, -3, 4);
  for (const double gamma : {0.5, 4.0, 300.0}) {
    for (const double x : {-2.5, -1.0, 0.1, 1.7}) {
      CAPTURE(gamma);
      CAPTURE(x);
      const double smoothed = -std::log(0.35 * normal(x + 1, 0.01 + 1 / gamma) +
                                        0.65 * normal(x - 1, 0.25 + 1 / gamma));
      CHECK(entropy.at(one(x), gamma).smoothed(0) == doctest::Approx(smoothed).epsilon(1e-10));
    }
  }
  const auto track = wv::trackMinimizers(entropy, {1e4, 20, 10, 4, 1});
  const double expected[] = {-1.000, -0.9996, 1.000, 0.99868, 0.67849};
  const double digits[] = {5e-4, 5e-5, 5e-4, 5e-6, 5e-6};
  for (int k = 0; k < 5; ++k) {
    CAPTURE(k);
    const auto& least = track.least[static_cast<std::size_t>(k)];
    REQUIRE(least.size() == 1);
    CHECK(std::fabs(least[0] - expected[k]) < digits[k]);
  }

  const auto change = wv::overtaking(entropy, track);
  REQUIRE(change);
  CHECK(change->gamma < 20);
  CHECK(change->gamma > 10);
  const double sharp = entropy.at(one(change->before), change->gamma).smoothed(0);
  const double wide = entropy.at(one(change->after), change->gamma).smoothed(0);
  CHECK(sharp == doctest::Approx(wide).epsilon(1e-6));
  CHECK(change->before < 0);
  CHECK(change->after > 0);
}

TEST_CASE("a cosine, which confines nothing: the Bessel series") {
  wv::LandscapeParameters parameters;
  parameters.amplitude = 1.3;
  parameters.omega = 2;
  const auto f = landscape("cosine-1d", parameters);
  const wv::LocalEntropy entropy(*f, 1, 0.2, 10, -3, 3);
  for (const double gamma : {0.2, 1.0, 10.0}) {
    for (const double x : {-3.0, -0.3, 0.0, 1.1}) {
      double sum = besselI(0, 1.3);
      for (int n = 1; n < 30; ++n) {
        sum += 2 * (n % 2 ? -1 : 1) * besselI(n, 1.3) * std::exp(-n * n * 4 / (2 * gamma)) *
               std::cos(2 * n * x);
      }
      CAPTURE(gamma);
      CAPTURE(x);
      CHECK(entropy.at(one(x), gamma).smoothed(0) ==
            doctest::Approx(-std::log(sum)).epsilon(1e-10));
      // f itself, smoothed: A e^(-omega^2/(2 gamma)) cos(omega x).
      CHECK(entropy.gaussianSmoothing(one(x), gamma)(0) ==
            doctest::Approx(1.3 * std::exp(-4 / (2 * gamma)) * std::cos(2 * x)).epsilon(1e-10));
    }
  }
}

TEST_CASE("u solves the viscous Hamilton-Jacobi equation") {
  const auto f = landscape("double-well-1d");
  const double beta = 3;
  const wv::LocalEntropy entropy(*f, beta, 1, 20, -1.5, 1.5);
  const Column x = Column::LinSpaced(7, -1.2, 1.2);
  for (const double t : {0.1, 0.4}) {
    const double dt = 1e-4;
    const auto now = entropy.at(x, 1 / t);
    const Column rate =
        (entropy.at(x, 1 / (t + dt)).smoothed - entropy.at(x, 1 / (t - dt)).smoothed) / (2 * dt);
    const Column slope = (x - now.mean) / t;
    const Column curvature = (1 - beta * now.variance / t) / t;
    // Central differences: the error is O(dt^2), 1e-8 times a third derivative of order 10^2.
    CHECK((rate + 0.5 * slope.square() - curvature / (2 * beta)).abs().maxCoeff() < 1e-5);
  }
}

TEST_CASE("the local Gibbs density integrates to one about its mean") {
  const auto f = landscape("mixture-1d");
  const wv::LocalEntropy entropy(*f, 2, 3, 3, -3, 4);
  const Column points = Column::LinSpaced(4001, -4, 4);
  const Column density = entropy.density(0.2, 3, points);
  const auto curve = entropy.at(one(0.2), 3);
  CHECK(density.sum() * 0.002 == doctest::Approx(1).epsilon(1e-10));
  CHECK((density * points).sum() * 0.002 == doctest::Approx(curve.mean(0)).epsilon(1e-10));
}

TEST_CASE("a well too narrow for its surroundings is told, not computed for minutes") {
  wv::LandscapeParameters parameters;
  parameters.deviations = {1e-4, 0.5};
  const auto f = landscape("mixture-1d", parameters);
  CHECK(!wv::LocalEntropy(*f, 50, 0.01, 1e4, -3, 4).isAffordable());
  CHECK(wv::LocalEntropy(*landscape("mixture-1d"), 50, 0.01, 1e4, -3, 4).isAffordable());
  CHECK(!entropyOf(*typed("abs(sin(2000x)) + x^2")).isAffordable());
}

TEST_CASE("a kink: |x| in closed form, from the stiffest spring to the softest") {
  const auto f = typed("abs(x)");
  for (const double beta : {1.0, 5.0}) {
    const auto entropy = entropyOf(*f, beta);
    REQUIRE(entropy.isAffordable());
    for (const double gamma : {0.01, 0.1, 1.0, 20.0, 1e3, 1e4}) {
      for (const double x : {-1.3, 0.0, 1e-3, 0.5, 3.0}) {
        CAPTURE(beta);
        CAPTURE(gamma);
        CAPTURE(x);
        // e^(-beta|x'|) on each side of the kink completes a square with the spring.
        const double root = std::sqrt(beta * gamma);
        const double right = std::exp(-beta * x) * normalMass(root * (x - 1 / gamma));
        const double left = std::exp(beta * x) * normalMass(-root * (x + 1 / gamma));
        const auto curve = entropy.at(one(x), gamma);
        CHECK(curve.smoothed(0) ==
              doctest::Approx(-1 / (2 * gamma) - std::log(left + right) / beta).epsilon(1e-11));
        const double slope = (right - left) / (right + left);
        CHECK(std::fabs(curve.mean(0) - (x - slope / gamma)) < 1e-11 * (1 + 1 / gamma));
      }
    }
  }
}

TEST_CASE(
    "kinks, a jump, a cusp, a step narrower than the curvatures show: by quadrature in parts") {
  struct Case {
    const char* formula;
    std::vector<double> breaks;
  };
  const Case cases[] = {{"max(x^2, 2) + x/5", {-std::sqrt(2.0), std::sqrt(2.0)}},
                        {"if(x < 0.3, 1, 2) + x^2/20", {0.3}},
                        {"sqrt(abs(x)) + x^2/20", {0}},
                        {"tanh(1000(x - 0.1234)) + x^2/20",
                         {0.11, 0.119, 0.122, 0.1229, 0.1234, 0.1239, 0.1248, 0.1278, 0.137}}};
  for (const Case& each : cases) {
    const auto f = typed(each.formula);
    const auto entropy = entropyOf(*f);
    REQUIRE(entropy.isAffordable());
    for (const double gamma : {0.01, 1.0, 300.0}) {
      for (const double x : {-0.7, 0.1, 1.2}) {
        CAPTURE(each.formula);
        CAPTURE(gamma);
        CAPTURE(x);
        std::vector<double> edges = {-60, -5, -1};
        edges.insert(edges.end(), each.breaks.begin(), each.breaks.end());
        edges.insert(edges.end(), {x, 5, 60});
        std::sort(edges.begin(), edges.end());
        const auto moment = [&](int power) {
          const auto weighted = [&](const Column& at, Column& y) {
            f->value(at, y);
            y = (-y - 0.5 * gamma * (at - x).square()).exp() * (at - x).pow(power);
          };
          return wv::numeric::integratePanels(weighted, edges, 1e-14).value;
        };
        const auto curve = entropy.at(one(x), gamma);
        const double mass = moment(0), offset = moment(1) / mass;
        CHECK(curve.logPartition(0) == doctest::Approx(std::log(mass)).epsilon(1e-10));
        CHECK(std::fabs(curve.mean(0) - x - offset) < 1e-10);
        CHECK(std::fabs(curve.variance(0) - (moment(2) / mass - offset * offset)) < 1e-9);
      }
    }
  }
}

TEST_CASE(
    "|x| smoothed is that of a normal variable, and a cusp of infinite curvature costs no more") {
  const auto f = typed("abs(x)");
  const auto entropy = entropyOf(*f);
  for (const double gamma : {0.01, 4.0, 1e4}) {
    const double deviation = 1 / std::sqrt(gamma);
    for (const double x : {0.0, 0.3 * deviation, 2.0}) {
      const double z = x / deviation;
      const double expected =
          deviation * (std::sqrt(2 / M_PI) * std::exp(-z * z / 2) + z * (2 * normalMass(z) - 1));
      CAPTURE(gamma);
      CAPTURE(x);
      CHECK(std::fabs(entropy.gaussianSmoothing(one(x), gamma)(0) - expected) < 1e-4 * deviation);
    }
  }
  const auto cusp = typed("sqrt(abs(x))");
  CHECK(std::isfinite(entropyOf(*cusp).gaussianSmoothing(one(0), 1)(0)));
}

TEST_CASE("a lattice and panels agree where both will do") {
  const auto f = landscape("mixture-1d");
  const wv::LocalEntropy entropy(*f, 2, 0.01, 1e4, -3, 4);
  std::vector<double> edges;
  for (int i = 0; i <= 80; ++i) {
    edges.push_back(-20 + 0.5 * i);
  }
  const wv::PanelledLaw panels(*f, 2, 1e4, edges);
  REQUIRE(panels.isAffordable());
  CHECK(!panels.hasBreaks());
  for (const double gamma : {0.01, 1.0, 100.0, 1e4}) {
    for (const double x : {-2.5, -1.0, 0.2, 3.0}) {
      CAPTURE(gamma);
      CAPTURE(x);
      const auto curve = entropy.at(one(x), gamma);
      const auto law = panels.around(x, gamma);
      CHECK(law.logMass - 2 * panels.shift() ==
            doctest::Approx(curve.logPartition(0)).epsilon(1e-11));
      CHECK(std::fabs(x + law.offset - curve.mean(0)) < 1e-11);
      CHECK(std::fabs(law.variance - curve.variance(0)) < 1e-10);
    }
  }
}

namespace {

std::vector<double> fallingGammas() {
  std::vector<double> gammas;
  for (int k = 0; k <= 32; ++k) {
    gammas.push_back(greatestGamma * std::pow(leastGamma / greatestGamma, k / 32.0));
  }
  return gammas;
}

}  // namespace

TEST_CASE("equal wells are equally deep at every gamma: nothing overtakes anything") {
  const auto check = [](const wv::Objective& f, std::size_t wells) {
    const auto entropy = entropyOf(f);
    const auto track = wv::trackMinimizers(entropy, fallingGammas());
    CHECK(track.least.front().size() == wells);
    CHECK(!wv::overtaking(entropy, track));
    for (std::size_t k = 0; k < track.gammas.size(); ++k) {
      CAPTURE(track.gammas[k]);
      CHECK(track.least[k].size() == track.minimizers[k].size());
    }
  };
  check(*landscape("double-well-1d"), 2);
  check(*typed("x^4 - x^2"), 2);
  check(*landscape("cosine-1d"), 6);
  check(*typed("abs(x^2 - 1)"), 2);
}

TEST_CASE("between two equal sharp wells the wide one overtakes both") {
  wv::LandscapeParameters parameters;
  parameters.weights = {1, 3, 1};
  parameters.means = {-2, 0, 2};
  parameters.deviations = {0.1, 0.4, 0.1};
  const auto f = landscape("mixture-1d", parameters);
  const auto entropy = entropyOf(*f);
  const auto change = wv::overtaking(entropy, wv::trackMinimizers(entropy, fallingGammas()));
  REQUIRE(change);
  CHECK(std::fabs(change->before) > 1);
  CHECK(std::fabs(change->after) < 1e-6);
  CHECK(entropy.at(one(change->before), change->gamma).smoothed(0) ==
        doctest::Approx(entropy.at(one(change->after), change->gamma).smoothed(0)).epsilon(1e-6));
}

TEST_CASE("a plateau of rounding has no minima") {
  const auto f = landscape("cosine-1d");
  const auto entropy = entropyOf(*f);
  // u' is of the size e^(-omega^2/(2 gamma)) = e^-50 of f'.
  CHECK(entropy.minimizers(0.01).empty());
  CHECK(entropy.minimizers(0.05).size() == 6);
  wv::LandscapeParameters parameters;
  parameters.omega = 6;
  const auto narrow = landscape("cosine-1d", parameters);
  const auto warm = entropyOf(*narrow, 0.3);
  for (const double gamma : {0.01, 0.1, 1.0}) {
    CAPTURE(gamma);
    CHECK(warm.minimizers(gamma).empty());
  }
}
