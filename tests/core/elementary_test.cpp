#include "numeric/elementary.hpp"

#include <doctest.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <functional>
#include <limits>

#include "golden.hpp"
#include "random/fill.hpp"

namespace {

using namespace wv;
using wv::test::hashOf;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kSmallest = 5e-324;
constexpr int kPoints = 40000;

// The oracle is libm in long double. Where that type is not x87's, some C libraries fall back on
// the double functions, which are themselves off by up to one unit.
constexpr double kOracleUlp = LDBL_MANT_DIG == 64 ? 0 : 1;

using Function = std::function<double(double)>;
using Oracle = std::function<long double(long double)>;

// Distance to the true value in units in the last place of the result.
double ulpError(double result, long double truth) {
  if (std::isinf(static_cast<double>(truth))) {
    return result == static_cast<double>(truth) ? 0 : kInfinity;
  }
  int exponent = 0;
  std::frexp(truth, &exponent);
  const long double unit = std::ldexp(1.0L, std::max(exponent, -1021) - 53);
  return static_cast<double>(std::fabs(result - truth) / unit);
}

// The largest error over `points`; infinite if any result is NaN.
double worstError(const Function& function, const Oracle& oracle, const Column& points) {
  double worst = 0;
  for (double x : points) {
    const double error = ulpError(function(x), oracle(x));
    worst = error <= worst ? worst : (error > worst ? error : kInfinity);
  }
  return worst - kOracleUlp;
}

Column uniformPoints(double low, double high, std::uint32_t seed) {
  Block u(kPoints, 1);
  fillUniform({seed, Stream::instance, 0, 0, 0}, u);
  return low + (high - low) * u.col(0);
}

// Every binade is hit alike: 2^e with e uniform.
Column logUniformPoints(double lowExponent, double highExponent, std::uint32_t seed) {
  return uniformPoints(lowExponent, highExponent, seed).unaryExpr([](double e) {
    return std::exp2(e);
  });
}

// The doubles next to k pi / 2, where sin or cos nearly vanishes.
Column nearQuarterTurns() {
  const long double halfPi = std::acos(0.0L);
  constexpr Eigen::Index kQuarters = 63662;
  Column points(3 * kQuarters);
  for (Eigen::Index k = 1; k <= kQuarters; ++k) {
    const auto x = static_cast<double>(static_cast<long double>(k) * halfPi);
    points.segment<3>(3 * (k - 1)) << std::nextafter(x, 0.0), x, std::nextafter(x, kInfinity);
  }
  return points;
}

// sin and cos of 2 pi u, reduced by whole quarters without error.
long double sinTurnsOracle(long double u, int quarter) {
  const long double quarters = std::floor(4 * u + 0.5L);
  const long double angle = 4 * std::acos(0.0L) * (u - quarters / 4);
  switch ((static_cast<int>(quarters) + quarter) % 4) {
    case 0:
      return std::sin(angle);
    case 1:
      return std::cos(angle);
    case 2:
      return -std::sin(angle);
    default:
      return -std::cos(angle);
  }
}

long double softplusOracle(long double x) {
  return std::fmax(x, 0.0L) + std::log1p(std::exp(-std::fabs(x)));
}

long double logisticOracle(long double x) {
  const long double e = std::exp(-std::fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

double sinOf(double x) { return numeric::sincos(x).sin; }
double cosOf(double x) { return numeric::sincos(x).cos; }

TEST_CASE("exp is within an ulp of the true value") {
  const Oracle oracle = [](long double x) { return std::exp(x); };
  const Function f = [](double x) { return numeric::exp(x); };
  CHECK(worstError(f, oracle, uniformPoints(-708, 709.7, 1)) < 1);
  CHECK(worstError(f, oracle, uniformPoints(-745, -708, 2)) < 1);
  CHECK(worstError(f, oracle, uniformPoints(-1, 1, 3)) < 1);
  CHECK(worstError(f, oracle, logUniformPoints(-1074, 0, 4)) < 1);
}

TEST_CASE("exp at the ends of its range") {
  CHECK(numeric::exp(0.0) == 1);
  CHECK(numeric::exp(-0.0) == 1);
  CHECK(numeric::exp(709.78) < kInfinity);
  CHECK(numeric::exp(709.79) == kInfinity);
  CHECK(numeric::exp(kInfinity) == kInfinity);
  CHECK(numeric::exp(-745.13) == kSmallest);
  CHECK(numeric::exp(-745.14) == 0);
  CHECK(numeric::exp(-kInfinity) == 0);
  CHECK(std::isnan(numeric::exp(kNaN)));
}

TEST_CASE("log is within an ulp of the true value") {
  const Oracle oracle = [](long double x) { return std::log(x); };
  const Function f = [](double x) { return numeric::log(x); };
  CHECK(worstError(f, oracle, logUniformPoints(-1022, 1023.9, 5)) < 1);
  CHECK(worstError(f, oracle, logUniformPoints(-1074, -1022, 6)) < 1);
  CHECK(worstError(f, oracle, uniformPoints(0.4, 2.5, 7)) < 1);
  CHECK(worstError(f, oracle, 1 + logUniformPoints(-52, -1, 8)) < 1);
  CHECK(worstError(f, oracle, 1 - logUniformPoints(-53, -1, 9)) < 1);
}

TEST_CASE("log at the ends of its range") {
  CHECK(numeric::log(1.0) == 0);
  CHECK(numeric::log(0.0) == -kInfinity);
  CHECK(numeric::log(-0.0) == -kInfinity);
  CHECK(numeric::log(kInfinity) == kInfinity);
  CHECK(std::isnan(numeric::log(-kSmallest)));
  CHECK(std::isnan(numeric::log(-kInfinity)));
  CHECK(std::isnan(numeric::log(kNaN)));
}

TEST_CASE("sincos is within two ulp of the true value up to 10^6, at the zeros too") {
  const Oracle sinOracle = [](long double x) { return std::sin(x); };
  const Oracle cosOracle = [](long double x) { return std::cos(x); };
  for (const Column& points :
       {uniformPoints(-10, 10, 10), uniformPoints(-1e5, 1e5, 11), uniformPoints(-1e6, 1e6, 12),
        logUniformPoints(-1074, 0, 13), nearQuarterTurns()}) {
    CHECK(worstError(sinOf, sinOracle, points) < 2);
    CHECK(worstError(cosOf, cosOracle, points) < 2);
  }
}

TEST_CASE("sincos of large arguments") {
  for (double x : logUniformPoints(20, 39.9, 14)) {
    CHECK(std::fabs(sinOf(x) - std::sin(x)) <= x * 0x1p-52);
    CHECK(std::fabs(cosOf(x) - std::cos(x)) <= x * 0x1p-52);
  }
  for (double x : {0x1.0p41, 1e300, -1e300}) {
    CHECK(sinOf(x) == 0);
    CHECK(cosOf(x) == 1);
  }
  for (double x : {kInfinity, -kInfinity, kNaN}) {
    CHECK(std::isnan(sinOf(x)));
    CHECK(std::isnan(cosOf(x)));
  }
}

TEST_CASE("sinCosTurns is within two ulp of the true value, exact at the quarters") {
  const Oracle sinOracle = [](long double u) { return sinTurnsOracle(u, 0); };
  const Oracle cosOracle = [](long double u) { return sinTurnsOracle(u, 1); };
  const Function sinTurns = [](double u) { return numeric::sinCosTurns(u).sin; };
  const Function cosTurns = [](double u) { return numeric::sinCosTurns(u).cos; };
  const Column tiny = logUniformPoints(-1000, -3, 15);
  for (const Column& points : {uniformPoints(0, 1, 16), tiny, Column(0.25 + tiny),
                               Column(0.5 + tiny), Column(0.75 + tiny), Column(1 - tiny)}) {
    CHECK(worstError(sinTurns, sinOracle, points) < 2);
    CHECK(worstError(cosTurns, cosOracle, points) < 2);
  }
  const double quarters[][3] = {{0, 0, 1}, {0.25, 1, 0}, {0.5, 0, -1}, {0.75, -1, 0}};
  for (const auto& [u, sin, cos] : quarters) {
    CHECK(sinTurns(u) == sin);
    CHECK(cosTurns(u) == cos);
  }
}

TEST_CASE("tanh is within two ulp of the true value") {
  const Oracle oracle = [](long double x) { return std::tanh(x); };
  const Function f = [](double x) { return numeric::tanh(x); };
  CHECK(worstError(f, oracle, uniformPoints(-1.5, 1.5, 17)) < 2);
  CHECK(worstError(f, oracle, uniformPoints(-25, 25, 18)) < 2);
  CHECK(worstError(f, oracle, logUniformPoints(-1074, 10, 19)) < 2);
}

TEST_CASE("tanh keeps the sign of zero and saturates") {
  CHECK(numeric::tanh(0.0) == 0);
  CHECK_FALSE(std::signbit(numeric::tanh(0.0)));
  CHECK(std::signbit(numeric::tanh(-0.0)));
  CHECK(numeric::tanh(kSmallest) == kSmallest);
  CHECK(numeric::tanh(18.5) < 1);
  for (double x : {19.1, 25.0, 1e300, kInfinity}) {
    CHECK(numeric::tanh(x) == 1);
    CHECK(numeric::tanh(-x) == -1);
  }
  CHECK(std::isnan(numeric::tanh(kNaN)));
}

TEST_CASE("softplus and logistic are within three ulp of the true value") {
  const Function softplus = [](double x) { return numeric::softplus(x); };
  const Function logistic = [](double x) { return numeric::logistic(x); };
  for (const Column& points : {uniformPoints(-5, 5, 20), uniformPoints(-745, 745, 21),
                               Column(-logUniformPoints(-60, 9, 22))}) {
    CHECK(worstError(softplus, softplusOracle, points) < 3);
    CHECK(worstError(logistic, logisticOracle, points) < 3);
  }
}

TEST_CASE("softplus and logistic at infinity") {
  CHECK(numeric::softplus(kInfinity) == kInfinity);
  CHECK(numeric::softplus(-kInfinity) == 0);
  CHECK(numeric::logistic(kInfinity) == 1);
  CHECK(numeric::logistic(-kInfinity) == 0);
  CHECK(std::isnan(numeric::softplus(kNaN)));
  CHECK(std::isnan(numeric::logistic(kNaN)));
}

TEST_CASE("atan is within two ulp of the true value") {
  const Oracle oracle = [](long double x) { return std::atan(x); };
  const Function f = [](double x) { return numeric::atan(x); };
  CHECK(worstError(f, oracle, uniformPoints(-0.5, 0.5, 24)) < 2);
  CHECK(worstError(f, oracle, uniformPoints(-10, 10, 25)) < 2);
  CHECK(worstError(f, oracle, logUniformPoints(-1022, 1023.9, 26)) < 2);
  CHECK(std::signbit(numeric::atan(-0.0)));
  CHECK(numeric::atan(kInfinity) == std::acos(0.0));
  CHECK(numeric::atan(-kInfinity) == -std::acos(0.0));
  CHECK(std::isnan(numeric::atan(kNaN)));
}

TEST_CASE("erfc is within eight ulp of the true value") {
  const Oracle oracle = [](long double x) { return std::erfc(x); };
  const Function f = [](double x) { return numeric::erfc(x); };
  CHECK(worstError(f, oracle, uniformPoints(-7, 1, 27)) < 8);
  CHECK(worstError(f, oracle, uniformPoints(0, 26, 28)) < 8);
  CHECK(worstError(f, oracle, logUniformPoints(-1074, 0, 29)) < 8);
  CHECK(std::fabs(numeric::erfc(26.9) / std::erfc(26.9) - 1) < 1e-4);
  CHECK(numeric::erfc(kInfinity) == 0);
  CHECK(numeric::erfc(-kInfinity) == 2);
  CHECK(std::isnan(numeric::erfc(kNaN)));
}

TEST_CASE("the normal distribution function, in the tail too") {
  const Oracle oracle = [](long double x) { return std::erfc(-x / std::sqrt(2.0L)) / 2; };
  const Function f = [](double x) { return numeric::normalCdf(x); };
  CHECK(worstError(f, oracle, uniformPoints(-1, 9, 30)) < 8);
  for (const double x : uniformPoints(-36, -1, 31)) {
    CHECK(ulpError(f(x), oracle(x)) < 8 + 2 * x * x);
  }
}

using ArrayForm = void (*)(const ColumnIn&, ColumnOut);

void checkArrayForm(ArrayForm form, const Function& scalar, const Column& x) {
  Column apart(x.size()), same = x;
  form(x, apart);
  form(same, same);
  const Column expected = x.unaryExpr(scalar);
  CHECK(hashOf(apart) == hashOf(expected));
  CHECK(hashOf(same) == hashOf(expected));
}

TEST_CASE("array forms equal the scalars bit for bit, in place too") {
  for (int size : {0, 1, 127, 128, 129, 1001}) {
    const Column x = uniformPoints(-9, 9, 23).head(size);
    checkArrayForm(
        numeric::exp, [](double v) { return numeric::exp(v); }, x);
    checkArrayForm(
        numeric::log, [](double v) { return numeric::log(v); }, x.abs());
    checkArrayForm(
        numeric::tanh, [](double v) { return numeric::tanh(v); }, x);
    checkArrayForm(
        numeric::softplus, [](double v) { return numeric::softplus(v); }, x);
    checkArrayForm(
        numeric::logistic, [](double v) { return numeric::logistic(v); }, x);
    Column sin = x, cos(size);
    numeric::sincos(sin, sin, cos);
    CHECK(hashOf(sin) == hashOf(x.unaryExpr(&sinOf)));
    CHECK(hashOf(cos) == hashOf(x.unaryExpr(&cosOf)));
  }
}

// A grid of 20 001 points of steps that are exact in binary, and the special values.
std::uint64_t hashOfTable(const Function& function, double step) {
  Column table(20001 + 10);
  for (int i = 0; i <= 20000; ++i) table[i] = function((i - 10000) * step);
  table.tail(10) << 0.0, -0.0, kSmallest, -kSmallest, 1e-310, 1e300, -1e300, kInfinity, -kInfinity,
      kNaN;
  table.tail(10) = table.tail(10).unaryExpr(function).eval();
  return hashOf(table);
}

double turnsOf(double x) { return std::fmin(std::fabs(x), 1); }

TEST_CASE("golden hashes of the elementary functions") {
  const Function exp = [](double x) { return numeric::exp(x); };
  const Function log = [](double x) { return numeric::log(x); };
  const Function tanh = [](double x) { return numeric::tanh(x); };
  const Function softplus = [](double x) { return numeric::softplus(x); };
  const Function logistic = [](double x) { return numeric::logistic(x); };
  const Function sinTurns = [](double x) { return numeric::sinCosTurns(turnsOf(x)).sin; };
  const Function cosTurns = [](double x) { return numeric::sinCosTurns(turnsOf(x)).cos; };
  CHECK(hashOfTable(exp, 0x13p-8) == 0x96a064f38771240d);
  CHECK(hashOfTable(log, 0x13p-8) == 0x4e1ef617eedff630);
  CHECK(hashOfTable(sinOf, 0x9bp-4) == 0xd8cc7b07eaf17ede);
  CHECK(hashOfTable(cosOf, 0x9bp-4) == 0xc552e0e7aa6eaf38);
  CHECK(hashOfTable(sinTurns, 0x1ap-18) == 0xb0867c34d310c7be);
  CHECK(hashOfTable(cosTurns, 0x1ap-18) == 0xbf8e7a4c92771310);
  CHECK(hashOfTable(tanh, 0x13p-13) == 0x533ab0bd8921a152);
  CHECK(hashOfTable(softplus, 0x13p-8) == 0x16d36a01c206046e);
  const Function atan = [](double x) { return numeric::atan(x); };
  const Function erfc = [](double x) { return numeric::erfc(x); };
  const Function normalCdf = [](double x) { return numeric::normalCdf(x); };
  CHECK(hashOfTable(atan, 0x13p-11) == 0xb5fe22f86cee5366);
  CHECK(hashOfTable(erfc, 0x13p-16) == 0xa6ad2174f552458);
  CHECK(hashOfTable(normalCdf, 0x13p-15) == 0x327c34078d1d00d9);
  CHECK(hashOfTable(logistic, 0x13p-8) == 0x6d731d35fab4ec7e);
}

}  // namespace
