#include <doctest.h>

#include <cmath>

#include "numeric/scale_reduction.hpp"
#include "numeric/statistics.hpp"
#include "random/fill.hpp"

namespace {

using wv::Address;
using wv::Block;
using wv::Column;
using wv::Stream;
using wv::numeric::ScaleReduction;

// R chains of an autoregression with unit variance and the given correlation of neighbours.
struct Autoregression {
  double rho;
  Block x;

  Autoregression(double correlation, int chains) : rho(correlation), x(chains, 1) {
    wv::fillNormal({1, Stream::normal, 0, 0, 0}, x);
  }
  void step(std::uint32_t t) {
    Block xi(x.rows(), 1);
    wv::fillNormal({1, Stream::normal, t, 0, 0}, xi);
    x = rho * x + std::sqrt(1 - rho * rho) * xi;
  }
};

}  // namespace

TEST_CASE("R-hat by the textbook's formula, from chains that were kept") {
  constexpr int chains = 5, window = 20;
  Block kept(window, chains);
  wv::fillUniform({7, Stream::uniform, 0, 0, 0}, kept);
  kept.col(2) += 0.4;
  ScaleReduction reduction(chains, 1, window);
  for (int t = 0; t < window; ++t) {
    CHECK(!reduction.isFull());
    reduction.add(1e3 + kept.row(t).transpose());
  }
  REQUIRE(reduction.isFull());

  Column means(2 * chains), variances(2 * chains);
  for (int c = 0; c < chains; ++c) {
    for (int half = 0; half < 2; ++half) {
      const Column part = kept.col(c).segment(half * window / 2, window / 2);
      means(2 * c + half) = wv::numeric::mean(part);
      variances(2 * c + half) = wv::numeric::sampleVariance(part);
    }
  }
  const double n = window / 2.0;
  const double within = wv::numeric::mean(variances);
  const double between = n * wv::numeric::sampleVariance(means);
  const double expected = std::sqrt(((n - 1) / n * within + between / n) / within);
  CHECK(reduction.value() == doctest::Approx(expected).epsilon(1e-11));
}

TEST_CASE("for a stationary chain R-hat is about the root of 1 + tau/n") {
  constexpr double rho = 0.9;
  constexpr double tau = (1 + rho) / (1 - rho);
  constexpr std::uint32_t window = 2000;
  Autoregression chain(rho, 1000);
  ScaleReduction reduction(1000, 1, window);
  for (std::uint32_t t = 1; t <= window; ++t) {
    chain.step(t);
    reduction.add(chain.x);
  }
  // R-hat^2 - 1 + 1/n is a ratio of variances with 2000 degrees of freedom above: 3 %, so that 15 %
  // is five standard errors; the formula's own error is of order tau/n = 2 %.
  const double excess = reduction.value() * reduction.value() - 1 + 2.0 / window;
  CHECK(excess == doctest::Approx(2 * tau / window).epsilon(0.15));
}

TEST_CASE("chains that stay apart, drift, or do not move at all do not pass") {
  constexpr std::uint32_t window = 400;
  Autoregression chain(0.2, 100);
  ScaleReduction apart(100, 2, window), drifting(100, 1, window), still(100, 1, window);
  Column side = Column::Constant(100, 3);
  side.head(50) = -3;
  for (std::uint32_t t = 1; t <= window; ++t) {
    chain.step(t);
    Block both(100, 2);  // one quantity alone would pass
    both << chain.x, chain.x.col(0) + side;
    apart.add(both);
    drifting.add(chain.x + 0.02 * t);
    still.add(Block::Constant(100, 1, 5));
  }
  CHECK(apart.value() > 2.5);
  CHECK(drifting.value() > 1.3);
  CHECK(std::isinf(still.value()));

  apart.restart(2 * window);
  CHECK(apart.window() == 2 * window);
  CHECK(!apart.isFull());
}
