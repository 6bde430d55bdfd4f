// What each operation of a formula makes of numbers: the one definition, for folding constants and
// for the loops of compiled programs.
#pragma once

#include <cmath>

#include "numeric/elementary.hpp"
#include "numeric/integer_power.hpp"
#include "objective/expression_graph.hpp"

namespace wv::operations {

struct Add {
  static double of(double a, double b, double) { return a + b; }
};
struct Subtract {
  static double of(double a, double b, double) { return a - b; }
};
struct Multiply {
  static double of(double a, double b, double) { return a * b; }
};
struct Divide {
  static double of(double a, double b, double) { return a / b; }
};
struct SquareRoot {
  static double of(double a, double, double) { return std::sqrt(a); }
};
struct Exponential {
  static double of(double a, double, double) { return numeric::exp(a); }
};
struct Logarithm {
  static double of(double a, double, double) { return numeric::log(a); }
};
struct Sine {
  static double of(double a, double, double) { return numeric::sincos(a).sin; }
};
struct Cosine {
  static double of(double a, double, double) { return numeric::sincos(a).cos; }
};
struct HyperbolicTangent {
  static double of(double a, double, double) { return numeric::tanh(a); }
};
struct ArcTangent {
  static double of(double a, double, double) { return numeric::atan(a); }
};
struct Softplus {
  static double of(double a, double, double) { return numeric::softplus(a); }
};
struct Logistic {
  static double of(double a, double, double) { return numeric::logistic(a); }
};
struct Absolute {
  static double of(double a, double, double) { return std::fabs(a); }
};
struct Sign {
  static double of(double a, double, double) { return (a > 0 ? 1.0 : 0.0) - (a < 0 ? 1.0 : 0.0); }
};
struct Minimum {
  static double of(double a, double b, double) { return a < b ? a : b; }
};
struct Maximum {
  static double of(double a, double b, double) { return a < b ? b : a; }
};
struct Less {
  static double of(double a, double b, double) { return a < b ? 1.0 : 0.0; }
};
struct LessEqual {
  static double of(double a, double b, double) { return a <= b ? 1.0 : 0.0; }
};
struct Select {
  static double of(double a, double b, double c) { return a != 0 ? b : c; }
};

// By the products that a compiled program makes.
inline double integerPower(double a, double exponent) {
  const double product = numeric::integerPower(a, static_cast<std::uint32_t>(std::fabs(exponent)));
  return exponent < 0 ? 1 / product : product;
}

inline double realPower(double a, double exponent) {
  return numeric::exp(exponent * numeric::log(a));
}

// `use` of the struct for an operation that is neither a leaf nor a power.
template <class Use>
auto dispatch(Operation operation, const Use& use) {
  switch (operation) {
    case Operation::subtract:
      return use(Subtract());
    case Operation::multiply:
      return use(Multiply());
    case Operation::divide:
      return use(Divide());
    case Operation::squareRoot:
      return use(SquareRoot());
    case Operation::exponential:
      return use(Exponential());
    case Operation::logarithm:
      return use(Logarithm());
    case Operation::sine:
      return use(Sine());
    case Operation::cosine:
      return use(Cosine());
    case Operation::hyperbolicTangent:
      return use(HyperbolicTangent());
    case Operation::arcTangent:
      return use(ArcTangent());
    case Operation::softplus:
      return use(Softplus());
    case Operation::logistic:
      return use(Logistic());
    case Operation::absolute:
      return use(Absolute());
    case Operation::sign:
      return use(Sign());
    case Operation::minimum:
      return use(Minimum());
    case Operation::maximum:
      return use(Maximum());
    case Operation::less:
      return use(Less());
    case Operation::lessEqual:
      return use(LessEqual());
    case Operation::select:
      return use(Select());
    default:
      return use(Add());
  }
}

}  // namespace wv::operations
