#include "objective/expression_graph.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "numeric/elementary.hpp"
#include "objective/expression_operations.hpp"

namespace wv {
namespace {

bool isCommutative(Operation operation) {
  return operation == Operation::add || operation == Operation::multiply;
}

}  // namespace

double evaluate(Operation operation, double a, double b, double c, double number) {
  switch (operation) {
    case Operation::integerPower:
      return operations::integerPower(a, number);
    case Operation::realPower:
      return operations::realPower(a, number);
    default:
      return operations::dispatch(operation, [&](auto made) { return made.of(a, b, c); });
  }
}

std::size_t ExpressionGraph::Hash::operator()(const Node& node) const {
  // FNV-1a over the fields.
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto mix = [&](std::uint64_t word) { hash = (hash ^ word) * 0x100000001b3; };
  mix(static_cast<std::uint64_t>(node.operation));
  mix(static_cast<std::uint32_t>(node.a));
  mix(static_cast<std::uint32_t>(node.b));
  mix(static_cast<std::uint32_t>(node.c));
  const std::uint64_t bits = numeric::detail::bitsOf(node.number);
  mix(bits);
  mix(bits >> 32);
  return static_cast<std::size_t>(hash ^ (hash >> 29));
}

bool ExpressionGraph::Same::operator()(const Node& left, const Node& right) const {
  return left.operation == right.operation && left.a == right.a && left.b == right.b &&
         left.c == right.c &&
         numeric::detail::bitsOf(left.number) == numeric::detail::bitsOf(right.number);
}

int ExpressionGraph::intern(const Node& node) {
  const auto [entry, isNew] = known_.try_emplace(node, size());
  if (isNew) {
    nodes_.push_back(node);
  }
  return entry->second;
}

int ExpressionGraph::constant(double number) {
  return intern({.operation = Operation::constant, .number = number});
}

int ExpressionGraph::variable(int index) {
  return intern({.operation = index == 0 ? Operation::x : Operation::y});
}

bool ExpressionGraph::is(int index, double number) const {
  return isConstant(index) && numberOf(index) == number;
}

ExpressionGraph::Multiple ExpressionGraph::multipleOf(int index) const {
  const Node& product = node(index);
  if (product.operation == Operation::multiply && isConstant(product.a)) {
    return {numberOf(product.a), product.b};
  }
  return {1, index};
}

int ExpressionGraph::apply(Operation operation, int a, int b, int c) {
  const bool isFixed = isConstant(a) && (b < 0 || isConstant(b)) && (c < 0 || isConstant(c));
  if (isFixed) {
    return constant(
        evaluate(operation, numberOf(a), b < 0 ? 0 : numberOf(b), c < 0 ? 0 : numberOf(c), 0));
  }
  // A constant comes first, so that equal sums and products are found equal.
  if (isCommutative(operation) && (isConstant(b) || (!isConstant(a) && b < a))) {
    std::swap(a, b);
  }
  const int simple = simplified(operation, a, b, c);
  return simple >= 0 ? simple : intern({operation, a, b, c, 0});
}

int ExpressionGraph::simplified(Operation operation, int a, int b, int c) {
  switch (operation) {
    case Operation::add:
      return simplifiedSum(a, b);
    case Operation::subtract:
      return simplifiedDifference(a, b);
    case Operation::multiply:
      return simplifiedProduct(a, b);
    case Operation::divide:
      return simplifiedQuotient(a, b);
    case Operation::minimum:
    case Operation::maximum:
      return a == b ? a : -1;
    case Operation::select:
      if (isConstant(a)) {
        return numberOf(a) != 0 ? b : c;
      }
      return b == c ? b : -1;
    default:
      return -1;
  }
}

int ExpressionGraph::simplifiedSum(int a, int b) {
  if (is(a, 0)) {
    return b;
  }
  const Node right = node(b);
  if (isConstant(a)) {
    if (right.operation == Operation::add && isConstant(right.a)) {
      return apply(Operation::add, constant(numberOf(a) + numberOf(right.a)), right.b);
    }
    return -1;
  }
  const Multiple first = multipleOf(a), second = multipleOf(b);
  if (first.of == second.of) {
    return scaled(first.factor + second.factor, first.of);
  }
  if (second.factor == -1) {
    return apply(Operation::subtract, a, second.of);
  }
  return first.factor == -1 ? apply(Operation::subtract, b, first.of) : -1;
}

int ExpressionGraph::simplifiedDifference(int a, int b) {
  if (isConstant(b)) {
    return apply(Operation::add, constant(-numberOf(b)), a);
  }
  if (is(a, 0)) {
    return scaled(-1, b);
  }
  const Multiple first = multipleOf(a), second = multipleOf(b);
  if (first.of == second.of) {
    return scaled(first.factor - second.factor, first.of);
  }
  return second.factor == -1 ? apply(Operation::add, a, second.of) : -1;
}

int ExpressionGraph::simplifiedProduct(int a, int b) {
  if (isConstant(a)) {
    if (is(a, 0)) {
      return a;
    }
    if (is(a, 1)) {
      return b;
    }
    const Multiple inner = multipleOf(b);
    return inner.factor == 1 ? -1 : scaled(numberOf(a) * inner.factor, inner.of);
  }
  const Multiple first = multipleOf(a), second = multipleOf(b);
  if (first.factor != 1 || second.factor != 1) {
    return scaled(first.factor * second.factor, apply(Operation::multiply, first.of, second.of));
  }
  const auto powerIn = [this](int index) {
    const Node& known = node(index);
    return known.operation == Operation::integerPower ? std::pair(known.a, known.number)
                                                      : std::pair(index, 1.0);
  };
  const auto [base, exponent] = powerIn(a);
  const auto [otherBase, otherExponent] = powerIn(b);
  // x^-1 x would be 1 where x = 0 too.
  const bool areAlike = base == otherBase && (exponent > 0) == (otherExponent > 0);
  const double sum = exponent + otherExponent;
  return areAlike && std::fabs(sum) <= largestIntegerPower ? powerOf(base, sum) : -1;
}

int ExpressionGraph::simplifiedQuotient(int a, int b) {
  if (isConstant(b) && numberOf(b) != 0 && std::isfinite(1 / numberOf(b))) {
    return scaled(1 / numberOf(b), a);
  }
  if (is(a, 0)) {
    return a;
  }
  if (isConstant(a)) {
    return is(a, 1) ? -1 : scaled(numberOf(a), apply(Operation::divide, constant(1), b));
  }
  const Multiple above = multipleOf(a);
  return above.factor == 1 ? -1 : scaled(above.factor, apply(Operation::divide, above.of, b));
}

int ExpressionGraph::power(int a, int b) {
  if (isConstant(b)) {
    return powerOf(a, numberOf(b));
  }
  const int logarithm = apply(Operation::logarithm, a);
  return apply(Operation::exponential, apply(Operation::multiply, b, logarithm));
}

int ExpressionGraph::powerOf(int a, double exponent) {
  if (exponent == 0 || exponent == 1) {
    return exponent == 0 ? constant(1) : a;
  }
  const bool isInteger = std::trunc(exponent) == exponent;
  const bool isProduct = isInteger && std::fabs(exponent) <= largestIntegerPower;
  const Operation operation = isProduct ? Operation::integerPower : Operation::realPower;
  if (isConstant(a)) {
    return constant(evaluate(operation, numberOf(a), 0, 0, exponent));
  }
  if (exponent == 0.5) {
    return apply(Operation::squareRoot, a);
  }
  return intern({.operation = operation, .a = a, .number = exponent});
}

std::vector<bool> ExpressionGraph::neededFor(std::span<const int> roots) const {
  const int last = *std::max_element(roots.begin(), roots.end());
  std::vector<bool> needed(static_cast<std::size_t>(last) + 1, false);
  for (const int root : roots) {
    needed[static_cast<std::size_t>(root)] = true;
  }
  for (int i = last; i >= 0; --i) {
    const Node& at = node(i);
    for (const int operand : {at.a, at.b, at.c}) {
      if (needed[static_cast<std::size_t>(i)] && operand >= 0) {
        needed[static_cast<std::size_t>(operand)] = true;
      }
    }
  }
  return needed;
}

bool ExpressionGraph::dependsOn(int index, int variable) const {
  const Operation leaf = variable == 0 ? Operation::x : Operation::y;
  const std::vector<bool> needed = neededFor({&index, 1});
  for (int i = 0; i <= index; ++i) {
    if (needed[static_cast<std::size_t>(i)] && node(i).operation == leaf) {
      return true;
    }
  }
  return false;
}

int ExpressionGraph::derivative(int index, int variable) {
  // Operands come before what is made of them, so one pass in order will do.
  const std::vector<bool> needed = neededFor({&index, 1});
  const Operation leaf = variable == 0 ? Operation::x : Operation::y;
  const int zero = constant(0), one = constant(1);
  std::vector<int> derivatives(static_cast<std::size_t>(index) + 1, zero);
  for (int i = 0; i <= index; ++i) {
    if (!needed[static_cast<std::size_t>(i)]) {
      continue;
    }
    const Node at = node(i);
    const auto of = [&](int operand) {
      return operand < 0 ? zero : derivatives[static_cast<std::size_t>(operand)];
    };
    const int da = of(at.a), db = of(at.b), dc = of(at.c);
    const bool isFlat = is(da, 0) && is(db, 0) && is(dc, 0);
    derivatives[static_cast<std::size_t>(i)] =
        at.operation == leaf ? one : (isFlat ? zero : derivativeOf(at, i, da, db, dc));
  }
  return derivatives.back();
}

// By the chain rule; da, db and dc are the operands' derivatives, not all of them 0.
int ExpressionGraph::derivativeOf(const Node& of, int self, int da, int db, int dc) {
  const auto make = [this](Operation operation, int a, int b = -1, int c = -1) {
    return apply(operation, a, b, c);
  };
  const auto times = [&](int a, int b) { return make(Operation::multiply, a, b); };
  const auto over = [&](int a, int b) { return make(Operation::divide, a, b); };
  const int one = constant(1);
  switch (of.operation) {
    case Operation::add:
    case Operation::subtract:
      return make(of.operation, da, db);
    case Operation::multiply:
      return make(Operation::add, times(da, of.b), times(of.a, db));
    case Operation::divide:
      return over(make(Operation::subtract, da, times(self, db)), of.b);
    case Operation::integerPower:
    case Operation::realPower:
      return times(scaled(of.number, powerOf(of.a, of.number - 1)), da);
    case Operation::squareRoot:
      return over(scaled(0.5, da), self);
    case Operation::exponential:
      return times(self, da);
    case Operation::logarithm:
      return over(da, of.a);
    case Operation::sine:
      return times(make(Operation::cosine, of.a), da);
    case Operation::cosine:
      return times(scaled(-1, make(Operation::sine, of.a)), da);
    case Operation::hyperbolicTangent:
      return times(make(Operation::subtract, one, powerOf(self, 2)), da);
    case Operation::arcTangent:
      return over(da, make(Operation::add, one, powerOf(of.a, 2)));
    case Operation::softplus:
      return times(make(Operation::logistic, of.a), da);
    case Operation::logistic:
      return times(times(self, make(Operation::subtract, one, self)), da);
    case Operation::absolute:
      return times(make(Operation::sign, of.a), da);
    case Operation::minimum:
      return make(Operation::select, make(Operation::lessEqual, of.a, of.b), da, db);
    case Operation::maximum:
      return make(Operation::select, make(Operation::lessEqual, of.b, of.a), da, db);
    case Operation::select:
      return make(Operation::select, of.a, db, dc);
    // Steps are flat wherever they have a derivative.
    case Operation::sign:
    case Operation::less:
    case Operation::lessEqual:
    case Operation::constant:
    case Operation::x:
    case Operation::y:
      break;
  }
  return constant(0);
}

}  // namespace wv
