#include <doctest.h>

#include <cmath>

#include "theory/sample_distance.hpp"

namespace {

using wv::Column;

// E g(N), N binomial, added up.
template <class Function>
double binomialMean(int count, double p, const Function& g) {
  double sum = 0;
  for (int n = 0; n <= count; ++n) {
    const double logWeight = std::lgamma(count + 1) - std::lgamma(n + 1) -
                             std::lgamma(count - n + 1) + n * std::log(p) +
                             (count - n) * std::log1p(-p);
    sum += std::exp(logWeight) * g(n);
  }
  return sum;
}

Column fiveCells(double a, double b, double c, double d, double e) {
  Column cells(5);
  cells << a, b, c, d, e;
  return cells;
}

const Column law = fiveCells(0.4, 0.3, 0.25, 0.045, 0.005);
const Column other = fiveCells(0.3, 0.35, 0.25, 0.09, 0.01);

}  // namespace

TEST_CASE("expected distances of a sample are those of binomial counts") {
  for (const int count : {50, 400, 3000}) {
    CAPTURE(count);
    double kl = 0, variation = 0, exactKl = 0;
    for (int i = 0; i < 5; ++i) {
      const double p = law(i), q = other(i);
      exactKl += p * std::log(p / q);
      kl += binomialMean(count, p,
                         [&](int n) { return n == 0 ? 0 : n * std::log(n / (count * q)) / count; });
      variation += 0.5 * binomialMean(count, p, [&](int n) {
                     return std::fabs(static_cast<double>(n) / count - q);
                   });
    }
    // What chance adds, to 10 %: the counts are taken as Poisson's, only their variance as it is.
    const double expected = wv::expectedSampleKl(law, other, count);
    CHECK(expected - exactKl == doctest::Approx(kl - exactKl).epsilon(0.1));
    CHECK(wv::expectedSampleTotalVariation(law, other, count) ==
          doctest::Approx(variation).epsilon(0.01));
  }
}

TEST_CASE(
    "the errors of both distances by the delta method, and by chi-squared at the law itself") {
  const double count = 1000;
  const auto kl = wv::sampleKl(law, other, count);
  double mean = 0, second = 0;
  for (int i = 0; i < 5; ++i) {
    const double logRatio = std::log(law(i) / other(i));
    mean += law(i) * logRatio;
    second += law(i) * logRatio * logRatio;
  }
  CHECK(kl.value == doctest::Approx(mean).epsilon(1e-12));
  // The delta method, and at most the share that chance has in it.
  const double delta = std::sqrt((second - mean * mean) / count);
  CHECK(kl.standardError <= delta);
  CHECK(kl.standardError >= 0.9 * delta);
  // At the law itself 2 count KL is chi-squared with 4 degrees of freedom: deviation sqrt(8).
  CHECK(wv::sampleKl(law, law, count).standardError ==
        doctest::Approx(std::sqrt(8.0) / (2 * count)).epsilon(1e-12));

  const auto variation = wv::sampleTotalVariation(law, other, count);
  CHECK(variation.value == doctest::Approx(0.1).epsilon(1e-12));
  CHECK(variation.standardError == doctest::Approx(std::sqrt(0.4 * 0.6 / count)).epsilon(1e-12));
}

TEST_CASE("a sample where the law has nothing is far away, at a finite distance") {
  const Column nowhere = fiveCells(0.5, 0.5, 0, 0, 0), there = fiveCells(0, 0, 0, 0, 1);
  const auto kl = wv::sampleKl(there, nowhere, 100);
  CHECK(kl.value == doctest::Approx(300 * std::log(10)).epsilon(1e-12));
  CHECK(kl.standardError == 0);
  CHECK(wv::expectedSampleKl(there, nowhere, 100) == doctest::Approx(kl.value));
  CHECK(wv::sampleTotalVariation(there, nowhere, 100).value == 1);
  CHECK(wv::expectedSampleTotalVariation(there, nowhere, 100) == 1);
}
