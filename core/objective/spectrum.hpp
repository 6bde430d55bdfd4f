// The two ends of a symmetric matrix's spectrum.
#pragma once

#include "numeric/block.hpp"

namespace wv {

struct Extremes {
  double smallest = 0, largest = 0;
};

// Reads the lower triangle of a symmetric d x d matrix, d >= 1. Both ends are exact to about
// 1e-15 times the larger of their moduli.
Extremes extremeEigenvalues(const Matrix& symmetric);

// The same of a Gram matrix, which has no negative eigenvalue: a smallest one that rounding cannot
// tell from 0 is 0.
Extremes extremeGramEigenvalues(const Matrix& gram);

}  // namespace wv
