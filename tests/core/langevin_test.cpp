#include "method/langevin.hpp"

#include <doctest.h>

#include <cmath>

#include "golden.hpp"
#include "numeric/autocorrelation.hpp"
#include "numeric/histogram.hpp"
#include "numeric/statistics.hpp"
#include "objective/catalogue.hpp"
#include "objective/landscape_1d.hpp"
#include "objective/landscape_2d.hpp"
#include "random/fill.hpp"
#include "theory/first_passage.hpp"
#include "theory/gibbs.hpp"
#include "theory/langevin_quadratic.hpp"

namespace {

using namespace wv;

// Seeds are fixed. Each statistic may deviate by four standard errors: of a sound chain one seed in
// 16 000 would.
constexpr double kStandardErrors = 4;

// Walkers on an objective, all at one point or spread as N(0, variance).
struct Walkers {
  Walkers(const Objective& objective, Corrector corrector, double alpha, double beta,
          Eigen::Index count, std::uint32_t seed = 1, std::uint32_t first = 0)
      : source(objective),
        method(makeLangevin(corrector, {beta, seed, first})),
        context{source, alpha} {
    state.x = Block::Zero(count, objective.dim());
    method->init(state);
  }

  void spread(double variance) {
    fillNormal({99, Stream::initial, 0, 0, 0}, state.x);
    state.x *= std::sqrt(variance);
  }
  void run(int steps) {
    for (int t = 0; t < steps; ++t) {
      method->step(context, state);
    }
  }

  FullGradient source;
  std::unique_ptr<const Method> method;
  Context context;
  State state;
};

TEST_CASE("correctors by name") {
  for (const CorrectorInfo& info : correctors()) {
    CHECK(findCorrector(info.id) == info.corrector);
  }
  CHECK_FALSE(findCorrector("metropolis"));
}

TEST_CASE("one Langevin step by hand") {
  const auto f = makeQuadratic2d(4);
  Block xi(3, 2), next(3, 2);
  fillNormal({7, Stream::normal, 0, 0, 10}, xi);
  fillNormal({7, Stream::normal, 1, 0, 10}, next);
  Block x(3, 2), g(3, 2);
  x << 1, 2, -1, 0.5, 0, 3;
  f->gradient(x, g);
  for (const Corrector corrector : {Corrector::none, Corrector::leimkuhlerMatthews}) {
    Walkers walkers(*f, corrector, 0.1, 5, 3, 7, 10);
    walkers.state.x = x;
    walkers.run(1);
    const Block noise = corrector == Corrector::none ? xi : Block(0.5 * (xi + next));
    const Block expected = x - 0.1 * g + std::sqrt(0.04) * noise;
    CHECK((walkers.state.x - expected).abs().maxCoeff() < 1e-15);
    CHECK(walkers.state.gradientEvaluations == 1);
  }
}

TEST_CASE("MALA accepts by the ratio of densities, and rejects what overflows") {
  const auto f = makeDoubleWell1d(0.2);
  const double alpha = 0.4, beta = 2;
  constexpr int count = 200;
  Walkers walkers(*f, Corrector::mala, alpha, beta, count);
  walkers.spread(1);
  const Block x = walkers.state.x;
  Block xi(count, 1), u(count, 1), g(count, 1), gy(count, 1);
  fillNormal({1, Stream::normal, 0, 0, 0}, xi);
  fillUniform({1, Stream::acceptance, 0, 0, 0}, u);
  f->gradient(x, g);
  const Block y = x - alpha * g + std::sqrt(2 * alpha / beta) * xi;
  f->gradient(y, gy);
  Column fx(count), fy(count);
  f->value(x, fx);
  f->value(y, fy);
  walkers.run(1);
  int accepted = 0;
  for (int r = 0; r < count; ++r) {
    const double forth = y(r, 0) - x(r, 0) + alpha * g(r, 0);
    const double back = x(r, 0) - y(r, 0) + alpha * gy(r, 0);
    const double ratio =
        std::exp(-beta * (fy(r) - fx(r)) - beta * (back * back - forth * forth) / (4 * alpha));
    CHECK(std::fabs(walkers.state.x(r, 0) - (u(r, 0) < ratio ? y(r, 0) : x(r, 0))) < 1e-14);
    CHECK(acceptedProposals(walkers.state)(r) == (u(r, 0) < ratio ? 1 : 0));
    accepted += u(r, 0) < ratio;
  }
  CHECK(accepted > 20);
  CHECK(accepted < 180);
  CHECK(walkers.state.gradientEvaluations == 4);

  Walkers wild(*f, Corrector::mala, 1e200, beta, 5);
  wild.state.x.setConstant(3);
  wild.run(5);
  CHECK((wild.state.x == 3).all());
}

TEST_CASE("stationary variance on a parabola: biased as predicted, and not at all when corrected") {
  const double k = 2, beta = 3;
  constexpr int count = 6000;
  const auto f = makeQuadratic1d(k);
  for (const double q : {0.1, 0.5, 1.0, 1.5}) {
    for (const CorrectorInfo& info : correctors()) {
      CAPTURE(q);
      CAPTURE(std::string(info.id));
      const LangevinQuadratic chain{q / k, beta, k};
      Walkers walkers(*f, info.corrector, chain.alpha, beta, count);
      walkers.spread(0.5 * chain.gibbsVariance());
      // What the start still counts for: (1 - q)^80 of its variance, below 1e-3 of an error.
      walkers.run(q < 0.2 ? 80 : 40);
      const double expected = *stationaryVariance(info.corrector, chain);
      const double error = expected * std::sqrt(2.0 / count);
      CHECK(std::fabs(numeric::sampleVariance(walkers.state.x.col(0)) - expected) <
            kStandardErrors * error);
    }
  }
}

TEST_CASE("MALA accepts on a parabola as often as the closed form says") {
  const double k = 2, beta = 3;
  constexpr int count = 4000, steps = 50;
  const auto f = makeQuadratic1d(k);
  for (const double q : {0.1, 0.5, 1.0, 1.5, 3.0}) {
    CAPTURE(q);
    const LangevinQuadratic chain{q / k, beta, k};
    Walkers walkers(*f, Corrector::mala, chain.alpha, beta, count);
    walkers.spread(chain.gibbsVariance());
    walkers.run(steps);
    const Column rate = acceptedProposals(walkers.state) / steps;
    CHECK(std::fabs(numeric::mean(rate) - malaAcceptance(chain)) <
          kStandardErrors * numeric::standardError(rate));
  }
}

TEST_CASE("the chain remembers as long as its correlations say") {
  constexpr int chains = 20, steps = 4000;
  const auto f = makeQuadratic1d(2);
  const LangevinQuadratic chain{0.25, 3, 2};
  for (const Corrector corrector : {Corrector::none, Corrector::leimkuhlerMatthews}) {
    CAPTURE(static_cast<int>(corrector));
    Walkers walkers(*f, corrector, chain.alpha, chain.beta, chains);
    walkers.run(50);
    Block path(steps, chains);
    for (int t = 0; t < steps; ++t) {
      path.row(t) = walkers.state.x.col(0).transpose();
      walkers.run(1);
    }
    const Column rho = numeric::autocorrelation(path, 5);
    for (int lag = 0; lag <= 5; ++lag) {
      // Bartlett: the variance of rho_h is at most 1 + 2 sum rho^2 < 2 over the entries.
      CHECK(std::fabs(rho(lag) - *lagCorrelation(corrector, chain, lag)) <
            kStandardErrors * std::sqrt(2.0 / (chains * steps)));
    }
    const numeric::AutocorrelationTime time = numeric::autocorrelationTime(path, 200);
    CHECK(time.closed);
    // The window leaves out e^-5 of the sum.
    const double expected = *autocorrelationTime(corrector, chain);
    CHECK(std::fabs(time.steps - expected) <
          kStandardErrors * time.standardError + 0.01 * expected);
    CHECK(time.effectiveSampleSize == doctest::Approx(chains * steps / time.steps));
  }
}

TEST_CASE("chains that go to and fro have a short autocorrelation time, and never a negative one") {
  // Where alpha k > 1 each step goes to the other side: rho_h = (1 - alpha k)^h.
  const auto f = makeQuadratic1d(1);
  constexpr int chains = 64, steps = 600;
  for (const double alpha : {1.3, 1.5, 1.7, 1.9}) {
    CAPTURE(alpha);
    const LangevinQuadratic chain{alpha, 2, 1};
    Walkers walkers(*f, Corrector::none, alpha, 2, chains);
    walkers.spread(*stationaryVariance(Corrector::none, chain));
    Block path(steps, chains);
    for (int t = 0; t < steps; ++t) {
      path.row(t) = walkers.state.x.col(0).transpose();
      walkers.run(1);
    }
    const numeric::AutocorrelationTime time = numeric::autocorrelationTime(path, steps / 2);
    CHECK(time.closed);
    const double expected = *autocorrelationTime(Corrector::none, chain);
    CHECK(expected == doctest::Approx((2 - alpha) / alpha));
    CHECK(std::fabs(time.steps - expected) < kStandardErrors * time.standardError);
    CHECK(time.standardError < 0.25 * expected);
  }
}

TEST_CASE("walkers of the tilted double well fill its wells as the Gibbs law says") {
  const auto f = makeDoubleWell1d(0.3);
  constexpr int count = 1500;
  constexpr double alpha = 0.15;
  const double right[] = {0.378407, 0.261080, 0.055082};
  const double betas[] = {1, 2, 5};
  for (int i = 0; i < 3; ++i) {
    CAPTURE(betas[i]);
    Walkers walkers(*f, Corrector::mala, alpha, betas[i], count);
    walkers.state.x.topRows(count / 2).setConstant(1);
    walkers.state.x.bottomRows(count / 2).setConstant(-1);
    // Of the half and half of the start, e^-6.5 is left: a third of a standard error at most.
    const double gap = spectralGap(*GibbsLaw::onLine(*f, betas[i]));
    walkers.run(static_cast<int>(6.5 / (gap * alpha)));
    const double share = static_cast<double>((walkers.state.x.col(0) > 0).count()) / count;
    const double error = std::sqrt(right[i] * (1 - right[i]) / count);
    CHECK(std::fabs(share - right[i]) < (kStandardErrors + 0.33) * error);
  }
}

TEST_CASE("the histogram of MALA is no farther from the law than chance, unadjusted is") {
  const auto f = makeDoubleWell1d(0);
  const double alpha = 0.1, beta = 2;
  constexpr int count = 10000;
  const GibbsLaw law = *GibbsLaw::onLine(*f, beta);
  const Column quantiles = law.midpointQuantiles(count);
  double kl[2], tv[2];
  int i = 0;
  for (const Corrector corrector : {Corrector::mala, Corrector::none}) {
    Walkers walkers(*f, corrector, alpha, beta, count);
    walkers.state.x.col(0) = quantiles;
    walkers.run(100);
    numeric::Histogram bins(-2.2, 2.2, 44);
    bins.add(walkers.state.x.col(0));
    const Column masses = law.binMasses(bins.edges());
    kl[i] =
        numeric::klDivergence(bins.shares(), masses) / numeric::expectedKlDivergence(masses, count);
    tv[i] = numeric::totalVariation(bins.shares(), masses) /
            numeric::expectedTotalVariation(masses, count);
    ++i;
  }
  // 2 count KL is chi-squared with 45 degrees of freedom: deviation sqrt(2/45) of its mean.
  CHECK(std::fabs(kl[0] - 1) < kStandardErrors * std::sqrt(2.0 / 45));
  CHECK(tv[0] < 1.5);
  CHECK(kl[1] > 3);
  CHECK(tv[1] > 2);
}

TEST_CASE("a walker depends on its address alone, whatever block it is in") {
  const auto f = makeHimmelblau();
  for (const CorrectorInfo& info : correctors()) {
    CAPTURE(std::string(info.id));
    Walkers all(*f, info.corrector, 0.003, 0.5, 300),
        part(*f, info.corrector, 0.003, 0.5, 63, 1, 137);
    all.run(30);
    part.run(12);
    State later = part.state;
    part.run(18);
    for (int t = 0; t < 18; ++t) {
      part.method->step(part.context, later);
    }
    CHECK((all.state.x.middleRows(137, 63) == part.state.x).all());
    CHECK((later.x == part.state.x).all());
    CHECK((all.state.slots[0].middleRows(137, 63) == part.state.slots[0]).all());
    CHECK((all.state.x.row(0) != all.state.x.row(1)).any());
  }
}

TEST_CASE("golden hashes of Langevin chains") {
  const auto f = makeLandscape("mixture-1d", {});
  std::uint64_t hash = 0;
  for (const CorrectorInfo& info : correctors()) {
    Walkers walkers(*f, info.corrector, 0.02, 1.5, 40);
    walkers.run(100);
    hash = wv::test::hashOf(walkers.state.x, hash);
  }
  CHECK(hash == 0x9c5acfb9e72c33a1);
}

}  // namespace
