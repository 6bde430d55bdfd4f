#include "objective/expression_loops.hpp"

#include <algorithm>

#include "objective/expression_operations.hpp"

namespace wv {
namespace {

using Eigen::Index;

template <class Function>
void loopOver(double* __restrict out, const double* a, const double* b, const double* c,
              Index lanes) {
  for (Index i = 0; i < lanes; ++i) {
    out[i] = Function::of(a[i], b[i], c[i]);
  }
}

template <class Outer, class Inner>
struct FusedLeft {
  static double of(double a, double b, double c) { return Outer::of(Inner::of(a, b, 0), c, 0); }
};
template <class Outer, class Inner>
struct FusedRight {
  static double of(double a, double b, double c) { return Outer::of(c, Inner::of(a, b, 0), 0); }
};

template <template <class, class> class Fusion>
ExpressionLoop fusedLoop(Operation outer, Operation inner) {
  using namespace operations;
  const auto with = [inner](auto made) {
    using Outer = decltype(made);
    return inner == Operation::add        ? ExpressionLoop(loopOver<Fusion<Outer, Add>>)
           : inner == Operation::subtract ? ExpressionLoop(loopOver<Fusion<Outer, Subtract>>)
                                          : ExpressionLoop(loopOver<Fusion<Outer, Multiply>>);
  };
  return outer == Operation::add        ? with(Add())
         : outer == Operation::subtract ? with(Subtract())
                                        : with(Multiply());
}

}  // namespace

ExpressionLoop expressionLoop(Operation operation) {
  return operations::dispatch(operation,
                              [](auto made) { return ExpressionLoop(loopOver<decltype(made)>); });
}

ExpressionLoop leftFusedLoop(Operation outer, Operation inner) {
  return fusedLoop<FusedLeft>(outer, inner);
}

ExpressionLoop rightFusedLoop(Operation outer, Operation inner) {
  return fusedLoop<FusedRight>(outer, inner);
}

void copyLoop(double* out, const double* a, const double*, const double*, Index lanes) {
  std::copy_n(a, lanes, out);
}

}  // namespace wv
