// Formulas as graphs: every distinct subexpression is one node, simplified when it is made, and the
// derivative of a node is a node again.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace wv {

// Arithmetic comes first.
enum class Operation : std::uint8_t {
  constant,      // Node::number
  x,             // the first variable
  y,             // the second
  add,           // a + b
  subtract,      // a - b
  multiply,      // a b
  divide,        // a / b
  integerPower,  // a^number for an integer that is neither 0 nor 1
  realPower,     // a^number for another constant; NaN for a < 0
  squareRoot,
  exponential,
  logarithm,
  sine,
  cosine,
  hyperbolicTangent,
  arcTangent,
  softplus,  // log(1 + e^a)
  logistic,  // 1 / (1 + e^-a)
  absolute,
  sign,     // -1, 0 or 1
  minimum,  // a < b ? a : b
  maximum,  // a < b ? b : a
  less,     // a < b, as 1 or 0; 0 where one of them is NaN
  lessEqual,
  select,  // a != 0 ? b : c; what is not selected may be NaN
};

// An operation's operands are earlier nodes; those that it does not have are -1.
struct Node {
  Operation operation = Operation::constant;
  int a = -1, b = -1, c = -1;
  double number = 0;
};

// What an operation makes of numbers, to the same bits as in a compiled program. `number` is the
// exponent of a power.
double evaluate(Operation operation, double a, double b, double c, double number);

// Powers up to this exponent are products.
inline constexpr double largestIntegerPower = 1024;

class ExpressionGraph {
 public:
  int constant(double number);
  int variable(int index);  // 0: x, 1: y
  int apply(Operation operation, int a, int b = -1, int c = -1);
  // a^b, with products and roots for the exponents that allow it.
  int power(int a, int b);
  // The derivative of a node by variable 0 or 1, forwards along the graph. At a kink it is that of
  // one side; for |a| and sign(a) at 0 it is 0.
  int derivative(int index, int variable);

  const Node& node(int index) const { return nodes_[static_cast<std::size_t>(index)]; }
  int size() const { return static_cast<int>(nodes_.size()); }
  bool isConstant(int index) const { return node(index).operation == Operation::constant; }
  bool dependsOn(int index, int variable) const;
  // Of the nodes up to the last root: which of them the roots are made of.
  std::vector<bool> neededFor(std::span<const int> roots) const;

  // The node as it is, without any simplification; what is known already is not made again.
  int intern(const Node& node);

 private:
  struct Hash {
    std::size_t operator()(const Node& node) const;
  };
  struct Same {
    bool operator()(const Node& left, const Node& right) const;
  };
  // A node as a number times another.
  struct Multiple {
    double factor;
    int of;
  };

  bool is(int index, double number) const;
  double numberOf(int index) const { return node(index).number; }
  Multiple multipleOf(int index) const;
  int powerOf(int a, double exponent);
  int scaled(double factor, int a) { return apply(Operation::multiply, constant(factor), a); }
  // The rules of simplification of one operation; -1 where none applies.
  int simplified(Operation operation, int a, int b, int c);
  int simplifiedSum(int a, int b);
  int simplifiedDifference(int a, int b);
  int simplifiedProduct(int a, int b);
  int simplifiedQuotient(int a, int b);
  int derivativeOf(const Node& of, int self, int da, int db, int dc);

  std::vector<Node> nodes_;
  std::unordered_map<Node, int, Hash, Same> known_;
};

}  // namespace wv
