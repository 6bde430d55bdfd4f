// Elementary functions with the same bits on every compiler and machine.
//
// Only IEEE + - * / and integer operations on the representation are used, never libm and never a
// fused multiply-add (the build sets -ffp-contract=off), so native code and WebAssembly agree bit
// for bit. There are selects but no branches: plain loops over these functions vectorise.
//
// "n ulp" bounds the distance to the true value in units of the last place of the result. The
// polynomial coefficients are minimax (Remez exchange in 60 digits, then rounded to double); each
// one's error is below a tenth of a rounding of the result.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "numeric/block.hpp"
#include "numeric/constants.hpp"

namespace wv::numeric {

struct SinCos {
  double sin = 0;
  double cos = 0;
};

namespace detail {

// The builtin behind std::bit_cast, which some standard libraries in use do not have yet.
inline std::uint64_t bitsOf(double x) { return __builtin_bit_cast(std::uint64_t, x); }
inline double fromBits(std::uint64_t bits) { return __builtin_bit_cast(double, bits); }

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Adding 1.5 * 2^52 rounds to an integer, which then stands in the low bits of the sum (in two's
// complement). No conversion instruction between double and 64-bit integer is needed, and neither
// SSE2 nor WebAssembly has one.
constexpr double kRoundingShift = 0x1.8p52;

// ln 2 and pi / 2 in parts of 33 bits, so that a part times an integer below 2^20 is exact. The
// last part is a full double.
constexpr double kLn2Hi = 0x1.62e42fefp-1;
constexpr double kLn2Lo = 0x1.473de6af278edp-34;
constexpr double kHalfPi1 = 0x1.921fb544p0;
constexpr double kHalfPi2 = 0x1.0b4611a6p-34;
constexpr double kHalfPi3 = 0x1.3198a2ep-69;
constexpr double kHalfPi4 = 0x1.b839a252049c1p-104;

// 2^k for an integer -1022 <= k <= 1023.
inline double powerOfTwo(double k) { return fromBits(bitsOf(k + (kRoundingShift + 1023)) << 52); }

// e^x = 2^exponent * mantissa, with a mantissa in [0.7, 1.42], for |x| < 2^19.
struct ScaledExp {
  double exponent;
  double mantissa;
};

inline ScaledExp scaledExp(double x) {
  constexpr double kLog2E = 0x1.71547652b82fep0;
  const double k = (x * kLog2E + kRoundingShift) - kRoundingShift;
  const double r = (x - k * kLn2Hi) - k * kLn2Lo;
  double p = 2.4978410608047666e-08;
  p = p * r + 2.7625177963731182e-07;
  p = p * r + 2.7557640705120965e-06;
  p = p * r + 2.4801508703202678e-05;
  p = p * r + 0.00019841269466466655;
  p = p * r + 0.0013888888926781278;
  p = p * r + 0.0083333333334998944;
  p = p * r + 0.041666666666603992;
  p = p * r + 0.16666666666666433;
  return {k, 1 + (r + r * r * (0.5 + r * p))};
}

// k ln 2 + log(1 + f) for sqrt(1/2) - 1 <= f <= sqrt(2) - 1 and an integer k, as
// log(1 + f) = 2 atanh(s) with s = f / (2 + f), rearranged so that f itself enters exactly.
inline double logOfScaled(double k, double f) {
  const double s = f / (2 + f);
  const double z = s * s;
  double p = 0.1479611029065811;
  p = p * z + 0.15314035386313879;
  p = p * z + 0.18183564882060421;
  p = p * z + 0.2222219856325805;
  p = p * z + 0.28571428742475907;
  p = p * z + 0.39999999999414326;
  p = p * z + 0.6666666666666734;
  const double halfSquare = 0.5 * f * f;
  return k * kLn2Hi - ((halfSquare - (s * (halfSquare + z * p) + k * kLn2Lo)) - f);
}

// log(x 2^shift) for a positive, finite, normal x: what `log` is without its special cases.
inline double logOfNormal(double x, double shift = 0) {
  constexpr std::uint64_t kSqrtHalf = 0x3fe6a09e00000000;
  constexpr std::uint64_t kMantissa = 0x000fffffffffffff;
  constexpr std::uint64_t kTwo52 = 0x4330000000000000;
  // Counted from sqrt(1/2), the exponent field holds k + 1023 with x = 2^k m, m in [0.7, 1.42].
  const std::uint64_t bits = bitsOf(x) + (0x3ff0000000000000 - kSqrtHalf);
  const double k = fromBits((bits >> 52) | kTwo52) - (0x1p52 + 1023) + shift;
  const double m = fromBits((bits & kMantissa) + kSqrtHalf);
  return logOfScaled(k, m - 1);
}

// log(1 + t) for 0 <= t <= 1, accurate relative to the result.
inline double log1pOfUnit(double t) {
  const bool halve = t > 0.41421356237309503;
  return logOfScaled(halve ? 1 : 0, halve ? 0.5 * (t - 1) : t);
}

// a - b = difference + error exactly (Knuth).
struct ExactDifference {
  double difference;
  double error;
};

inline ExactDifference subtractExactly(double a, double b) {
  const double d = a - b;
  const double minusB = d - a;
  return {d, (a - (d - minusB)) - (b + minusB)};
}

// Turns (sin r, cos r) into (sin, cos) of r + quadrant * pi / 2; only the low two bits count.
inline SinCos rotate(double sinR, double cosR, std::uint64_t quadrant) {
  const std::uint64_t s = bitsOf(sinR), c = bitsOf(cosR);
  const std::uint64_t swap = (s ^ c) & (0 - (quadrant & 1));
  return {fromBits((s ^ swap) ^ ((quadrant << 62) & kSignBit)),
          fromBits((c ^ swap) ^ (((quadrant + 1) << 62) & kSignBit))};
}

}  // namespace detail

// Within 2 ulp, subnormal results included. inf above 709.79, 0 below -745.14.
inline double exp(double x) {
  x = x < -746 ? -746 : x;
  x = x > 710 ? 710 : x;
  const detail::ScaledExp scaled = detail::scaledExp(x);
  // Two factors: 2^1024 and 2^-1075 are no doubles, and a subnormal result is rounded once only.
  const double half = (0.5 * scaled.exponent + detail::kRoundingShift) - detail::kRoundingShift;
  return (scaled.mantissa * detail::powerOfTwo(half)) * detail::powerOfTwo(scaled.exponent - half);
}

// Within 2 ulp, subnormal arguments included. log(0) = -inf, log(x < 0) = NaN.
inline double log(double x) {
  const bool subnormal = x < std::numeric_limits<double>::min();
  double y = detail::logOfNormal(subnormal ? x * 0x1p54 : x, subnormal ? -54 : 0);
  y = x == infinity ? infinity : y;
  const double notPositive = x == 0 ? -infinity : detail::kNaN;
  return x > 0 ? y : notPositive;
}

// Within 2 ulp for |x| <= 10^6, near the multiples of pi / 2 too (Cody-Waite reduction in four
// parts). Up to 2^40 the error is below |x| 2^-52, the spacing of the arguments; beyond that, which
// only a diverged run reaches, the result is that of 0. NaN for infinite x; sin(-0) is +0.
inline SinCos sincos(double x) {
  using namespace detail;
  constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
  constexpr double kLargest = 0x1p40;
  x = std::fabs(x) <= kLargest ? x : x - x;
  const double shifted = x * kTwoOverPi + kRoundingShift;
  const double k = shifted - kRoundingShift;
  const ExactDifference a = subtractExactly(x - k * kHalfPi1, k * kHalfPi2);
  const ExactDifference b = subtractExactly(a.difference, k * kHalfPi3);
  const double tail = (a.error + b.error) - k * kHalfPi4;
  const double r = b.difference + tail;
  const double rest = (b.difference - r) + tail;

  const double z = r * r;
  double p = 1.5896795893423207e-10;
  p = p * z - 2.5050758119531132e-08;
  p = p * z + 2.7557313691944283e-06;
  p = p * z - 0.00019841269829807873;
  p = p * z + 0.0083333333333224131;
  p = p * z - 0.16666666666666632;
  // sin(r + rest) = sin r + rest cos r, cos(r + rest) = cos r - rest sin r, to first order.
  const double sinR = r + (rest * (1 - 0.5 * z) + r * z * p);

  double q = -1.1358514026061201e-11;
  q = q * z + 2.087570041744563e-09;
  q = q * z - 2.7557314176249206e-07;
  q = q * z + 2.4801587288841428e-05;
  q = q * z - 0.0013888888888873041;
  q = q * z + 0.041666666666666595;
  const double halfSquare = 0.5 * z;
  const double w = 1 - halfSquare;
  const double cosR = w + (((1 - w) - halfSquare) + (z * z * q - r * rest));
  return rotate(sinR, cosR, bitsOf(shifted));
}

// sin and cos of 2 pi u for 0 <= u <= 1, within 2 ulp: the reduction to an eighth of a turn is
// exact.
inline SinCos sinCosTurns(double u) {
  using namespace detail;
  const double shifted = 4 * u + kRoundingShift;
  const double r = u - 0.25 * (shifted - kRoundingShift);
  const double z = r * r;
  double p = 3.7813664669037004;
  p = p * z - 15.093829325488423;
  p = p * z + 42.058685506801702;
  p = p * z - 76.705859708785042;
  p = p * z + 81.605249275968234;
  p = p * z - 41.341702240399677;
  const double sinR = r * twoPi + r * z * p;

  double q = -1.697789866844934;
  q = q * z + 7.9031451971201285;
  q = q * z - 26.426252114758107;
  q = q * z + 60.244641342498845;
  q = q * z - 85.456817206602977;
  q = q * z + 64.939394022668182;
  constexpr double kTwoPiSquared = 0x1.3bd3cc9be45dep4;
  const double cosR = 1 - z * (kTwoPiSquared - z * q);
  return rotate(sinR, cosR, bitsOf(shifted));
}

// Within 2 ulp; tanh(-0) = -0, exactly +-1 from |x| = 19.1 on.
inline double tanh(double x) {
  double a = std::fabs(x);
  a = a > 20 ? 20 : a;
  const bool small = a < 0.625;
  const double z = a * a;
  // Lambert's continued fraction of tanh, eight levels deep.
  const double numerator = ((z + 594) * z + 45045) * z + 675675;
  const double denominator = (((z + 630) * z + 51975) * z + 945945) * z + 2027025;
  const detail::ScaledExp scaled = detail::scaledExp(2 * a);
  const double e = scaled.mantissa * detail::powerOfTwo(scaled.exponent);
  const double ratio = (small ? numerator : 2) / (small ? denominator : e + 1);
  const double y = small ? a - a * z * ratio : 1 - ratio;
  return detail::fromBits(detail::bitsOf(y) | (detail::bitsOf(x) & detail::kSignBit));
}

// log(1 + e^x), within 3 ulp everywhere.
inline double softplus(double x) {
  const double tail = detail::log1pOfUnit(exp(-std::fabs(x)));
  return (x < 0 ? 0 : x) + tail;
}

// 1 / (1 + e^-x), the derivative of softplus, within 3 ulp everywhere.
inline double logistic(double x) {
  const double e = exp(-std::fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

// Within 2 ulp; atan(-0) = -0, atan(+-inf) = +-pi/2.
inline double atan(double x) {
  // Of the inverse, or about 1, or as it is: what is left is at most tan(pi/8).
  const double a = std::fabs(x);
  const bool large = a > 2.4142135623730949, middle = a > 0.41421356237309503;
  const double r = (large ? -1 : (middle ? a - 1 : a)) / (large ? a : (middle ? a + 1 : 1));
  const double base = large ? 0x1.921fb54442d18p+0 : (middle ? 0x1.921fb54442d18p-1 : 0);
  const double rest = large ? 0x1.1a62633145c07p-54 : (middle ? 0x1.1a62633145c07p-55 : 0);
  const double z = r * r;
  double p = 0.016307790745435612;
  p = p * z - 0.034591389278187515;
  p = p * z + 0.045524434847662901;
  p = p * z - 0.052306504663272003;
  p = p * z + 0.058789571146020063;
  p = p * z - 0.066664274748099592;
  p = p * z + 0.076922965281862238;
  p = p * z - 0.090909087591509438;
  p = p * z + 0.11111111105277102;
  p = p * z - 0.14285714285661172;
  p = p * z + 0.1999999999999981;
  p = p * z - 0.33333333333333331;
  const double y = base + (r + (r * z * p + rest));
  return detail::fromBits(detail::bitsOf(y) | (detail::bitsOf(x) & detail::kSignBit));
}

// The complementary error function 1 - erf(x), within 8 ulp up to x = 26, where it is 1e-296;
// beyond, where results become subnormal, to some digits. As (1 + 2x) e^(x^2) erfc(x), nearly a
// constant, in powers of (x - 3.75)/(x + 3.75) (M. M. Shepherd, J. G. Laframboise, Math. Comp. 36
// (1981)).
inline double erfc(double x) {
  double a = std::fabs(x);
  a = a > 28 ? 28 : a;
  const double t = (a - 3.75) / (a + 3.75);
  double p = 3.1114333809799254e-10;
  p = p * t - 2.6231073471334759e-09;
  p = p * t - 3.7442100809620191e-09;
  p = p * t + 3.1979266716668042e-08;
  p = p * t + 2.3263508708859124e-08;
  p = p * t - 2.4857126248016745e-07;
  p = p * t - 5.7218230603224086e-08;
  p = p * t + 1.7419821586224816e-06;
  p = p * t - 9.7355989673677497e-07;
  p = p * t - 1.1438048033346894e-05;
  p = p * t + 2.2384239155082231e-05;
  p = p * t + 5.1646529741774162e-05;
  p = p * t - 0.00029015408054084172;
  p = p * t + 0.00029371437804495801;
  p = p * t + 0.0017556258528952954;
  p = p * t - 0.0097465796832652621;
  p = p * t + 0.028362277418956406;
  p = p * t - 0.05869339857664934;
  p = p * t + 0.092304321160377484;
  p = p * t - 0.10880393014244462;
  p = p * t + 0.082276738490145204;
  p = p * t + 0.0035854154854790257;
  p = p * t - 0.14024059858554697;
  p = p * t + 1.2375126308378275;
  // The upper half of the digits has an exact square.
  const double upper = detail::fromBits(detail::bitsOf(a) & 0xfffffffff8000000);
  const double e = exp(-upper * upper) * exp((upper - a) * (upper + a));
  const double y = e * p / (1 + 2 * a);
  return x < 0 ? 2 - y : y;
}

// P(N(0, 1) < x). Within 8 ulp for x > -1; farther out within 2 x^2 ulp, as the rounding of x
// itself makes it.
inline double normalCdf(double x) { return 0.5 * erfc(-0x1.6a09e667f3bcdp-1 * x); }

// The same, entry by entry. x and y have equal length and may be the same memory, but not overlap
// in part; for sincos the outputs are two distinct columns, either of which may be x.
void exp(const ColumnIn& x, ColumnOut y);
void log(const ColumnIn& x, ColumnOut y);
void tanh(const ColumnIn& x, ColumnOut y);
void softplus(const ColumnIn& x, ColumnOut y);
void logistic(const ColumnIn& x, ColumnOut y);
void sincos(const ColumnIn& x, ColumnOut sin, ColumnOut cos);

}  // namespace wv::numeric
