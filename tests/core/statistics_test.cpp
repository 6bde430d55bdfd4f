#include "numeric/statistics.hpp"

#include <doctest.h>

#include <cmath>
#include <limits>

#include "golden.hpp"
#include "random/fill.hpp"

namespace {

using namespace wv;
using doctest::Approx;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Column columnOf(std::initializer_list<double> values) {
  return Eigen::Map<const Column>(values.begin(), static_cast<Eigen::Index>(values.size()));
}

Column uniformColumn(int n) {
  Block block(n, 1);
  fillUniform({1, Stream::instance, 0, 0, 0}, block);
  return block.col(0);
}

TEST_CASE("sum of every length up to several leaves") {
  for (int n = 0; n <= 700; ++n) {
    const Column x = Column::LinSpaced(n, 1, n);
    CHECK(numeric::sum(x) == 0.5 * n * (n + 1));
  }
}

TEST_CASE("the sum's rounding error does not grow with the length") {
  constexpr int kLength = 1000003;
  const Column x = Column::Constant(kLength, 0.1);
  const double exact = 0.1 * kLength;
  CHECK(std::fabs(numeric::sum(x) - exact) <= 8 * 0x1p-53 * exact);
}

TEST_CASE("mean and variances of a sample by hand") {
  const Column x = columnOf({2, 4, 4, 4, 5, 5, 7, 9});
  CHECK(numeric::sum(x.data(), 3) == 10);
  CHECK(numeric::mean(x) == 5);
  CHECK(numeric::populationVariance(x) == 4);
  CHECK(numeric::sampleVariance(x) == Approx(32.0 / 7));
  CHECK(numeric::standardError(x) == Approx(std::sqrt(4.0 / 7)));
}

TEST_CASE("the variance survives a large mean") {
  const Column x = 1e9 + columnOf({4, 7, 13, 16});
  CHECK(numeric::sampleVariance(x) == 30);
  CHECK(numeric::populationVariance(x) == 22.5);
}

TEST_CASE("samples too small, NaN and infinity") {
  CHECK(std::isnan(numeric::mean(Column(0))));
  CHECK(std::isnan(numeric::populationVariance(Column(0))));
  CHECK(numeric::populationVariance(columnOf({3})) == 0);
  CHECK(std::isnan(numeric::sampleVariance(columnOf({3}))));
  CHECK(std::isnan(numeric::standardError(columnOf({3}))));
  CHECK(std::isnan(numeric::mean(columnOf({1, kNaN}))));
  CHECK(numeric::mean(columnOf({1, kInfinity})) == kInfinity);
}

TEST_CASE("quantiles of type 7 by hand") {
  const Column x = columnOf({15, 1, 3, 6, 10});
  CHECK(numeric::quantile(x, 0) == 1);
  CHECK(numeric::quantile(x, 0.25) == 3);
  CHECK(numeric::quantile(x, 0.5) == 6);
  CHECK(numeric::quantile(x, 1) == 15);
  CHECK(numeric::quantile(x, 0.1) == Approx(1.8));
  CHECK(numeric::quantile(x, 0.9) == Approx(13));
  CHECK(numeric::quantile(columnOf({4, 1, 3, 2}), 0.5) == 2.5);
  CHECK(numeric::quantile(columnOf({7}), 0.3) == 7);
  CHECK(x[0] == 15);
}

TEST_CASE("quantiles of odd samples") {
  const Column infinite = columnOf({-kInfinity, 0, kInfinity, kInfinity});
  CHECK(numeric::quantile(infinite, 0.1) == -kInfinity);
  CHECK(numeric::quantile(infinite, 1.0 / 3) == Approx(0));
  CHECK(numeric::quantile(infinite, 0.9) == kInfinity);
  CHECK(std::isnan(numeric::quantile(columnOf({1, kNaN, 2}), 0.5)));
  CHECK(std::isnan(numeric::quantile(Column(0), 0.5)));
  for (double p : {-0.1, 1.1, kNaN}) CHECK(std::isnan(numeric::quantile(columnOf({1, 2}), p)));
}

TEST_CASE("golden hash of the statistics") {
  const Column x = uniformColumn(12345);
  Column results(5);
  results << numeric::sum(x), numeric::mean(x), numeric::sampleVariance(x),
      numeric::standardError(x), numeric::quantile(x, 0.9);
  CHECK(wv::test::hashOf(results) == 0x25c5fa10ed19a83e);
}

}  // namespace
