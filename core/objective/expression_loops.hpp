// The loops of compiled formulas: one pass over the lanes of a tile for one operation, or for two.
#pragma once

#include <Eigen/Core>

#include "objective/expression_graph.hpp"

namespace wv {

// out[i] from a[i], b[i], c[i]; out overlaps none of them. An operation reads as many as it has
// operands, the others may be anything that has the lanes.
using ExpressionLoop = void (*)(double* out, const double* a, const double* b, const double* c,
                                Eigen::Index lanes);

// Neither for a leaf nor for a power.
ExpressionLoop expressionLoop(Operation operation);

// outer(inner(a, b), c), and outer(c, inner(a, b)): both are sums, differences or products.
ExpressionLoop leftFusedLoop(Operation outer, Operation inner);
ExpressionLoop rightFusedLoop(Operation outer, Operation inner);

// out = a.
void copyLoop(double* out, const double* a, const double*, const double*, Eigen::Index lanes);

}  // namespace wv
