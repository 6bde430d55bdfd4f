#include "numeric/histogram.hpp"

#include <doctest.h>

#include <cmath>
#include <limits>

#include "numeric/statistics.hpp"
#include "random/fill.hpp"

namespace {

using namespace wv;
using doctest::Approx;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Column columnOf(std::initializer_list<double> values) {
  return Eigen::Map<const Column>(values.begin(), static_cast<Eigen::Index>(values.size()));
}

TEST_CASE("histogram by hand, edges, outsiders and NaN") {
  numeric::Histogram bins(-1, 1, 4);
  CHECK(bins.shares().isZero());
  bins.add(columnOf({-1, -0.5, -0.25, 0.99, 1, 1.5, kInfinity, kNaN, -1.01, -kInfinity}));
  const Column expected = columnOf({2, 1, 2, 0, 2, 3}) / 10;
  CHECK((bins.shares() - expected).abs().maxCoeff() < 1e-16);
  CHECK(bins.density()(1) == Approx(0.4));
  CHECK(bins.width() == 0.5);
  bins.add(columnOf({0, 0}));
  CHECK(bins.total() == 12);
  CHECK(bins.shares()(3) == 2.0 / 12);
  bins.clear();
  CHECK(bins.total() == 0);
}

TEST_CASE("plane histogram by hand") {
  numeric::PlaneHistogram cells(0, 3, 3, 0, 2, 2);
  Block x(5, 2);
  x << 0.5, 0.5, 2.5, 0, 3, 2, 1.5, 1.5, -0.1, 1;
  cells.add(x);
  const Column expected = columnOf({1, 0, 1, 0, 1, 1, 1}) / 5;
  CHECK((cells.shares() - expected).abs().maxCoeff() < 1e-16);
}

TEST_CASE("distances between laws by hand") {
  const Column p = columnOf({0.5, 0.5, 0}), q = columnOf({0.25, 0.5, 0.25});
  CHECK(numeric::klDivergence(p, q) == Approx(0.5 * std::log(2.0)));
  CHECK(numeric::klDivergence(q, p) == kInfinity);
  CHECK(numeric::klDivergence(q, q) == 0);
  CHECK(numeric::totalVariation(p, q) == Approx(0.25));
  CHECK(numeric::wasserstein2(columnOf({3, 1, 2}), columnOf({1, 2, 3})) == 0);
  CHECK(numeric::wasserstein2(columnOf({3, 1, 2}), columnOf({5, 6, 7})) == Approx(4));
  CHECK(numeric::wasserstein2(columnOf({-2, 2}), columnOf({-1, 1})) == Approx(1));
  CHECK(std::isnan(numeric::wasserstein2(columnOf({1, kNaN}), columnOf({1, 2}))));
}

TEST_CASE("chance alone makes the distances that are expected") {
  constexpr int samples = 400, count = 2000, bins = 25;
  const Column law = Column::Constant(bins + 2, 1.0 / bins);
  Column exact = law;
  exact(0) = exact(bins + 1) = 0;
  Column kl(samples), tv(samples);
  Block u(count, 1);
  for (int i = 0; i < samples; ++i) {
    fillUniform({5, Stream::uniform, static_cast<std::uint32_t>(i), 0, 0}, u);
    numeric::Histogram histogram(0, 1, bins);
    histogram.add(u.col(0));
    kl(i) = numeric::klDivergence(histogram.shares(), exact);
    tv(i) = numeric::totalVariation(histogram.shares(), exact);
  }
  // Four standard errors, and one percent for the higher orders in 1/count.
  const double expectedKl = numeric::expectedKlDivergence(exact, count);
  CHECK(expectedKl == Approx(24.0 / 4000));
  CHECK(std::fabs(numeric::mean(kl) - expectedKl) <
        4 * numeric::standardError(kl) + 0.01 * expectedKl);
  const double expectedTv = numeric::expectedTotalVariation(exact, count);
  CHECK(std::fabs(numeric::mean(tv) - expectedTv) <
        4 * numeric::standardError(tv) + 0.01 * expectedTv);
}

}  // namespace
