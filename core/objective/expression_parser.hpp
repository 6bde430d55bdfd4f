// Formulas as people type them: "x^2 + sin(3y)", "if(x < 0, -x, 2x)".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "objective/expression_graph.hpp"

namespace wv {

inline constexpr int longestExpression = 500;  // characters

// A formula in x, or in x and y: `root` is its node.
struct ParsedExpression {
  ExpressionGraph graph;
  int root = -1;
};

// Where reading stopped, and why.
struct ExpressionError {
  std::size_t position = 0;  // in characters, from 0
  std::string message;       // one sentence, with the place and its surroundings
};

// One of the two.
struct ExpressionReading {
  std::optional<ParsedExpression> parsed;
  ExpressionError error;
};

// Any bytes will do; what is no formula is an error. Sums, products, quotients and powers with the
// usual precedence (-x^2 is -(x^2), a^b^c is a^(b^c)); a factor may follow another without a sign
// ("2x (x + 1)"); comparisons are 1 or 0. The signs − · × ÷ ² ³ π ≤ ≥ are understood. With one
// variable y is an error; a formula that depends on no variable always is.
ExpressionReading parseExpression(std::string_view text, int variables = 2);

// "exp, log, ...": what may be called.
std::string expressionFunctions();

}  // namespace wv
