// Eigen's own solvers, which the core does without, as oracles. They take longest of all to
// compile: once, here.
#pragma once

#include "objective/objective.hpp"

namespace wv::test {

// Ascending, of a symmetric matrix.
Point eigenvaluesOf(const Matrix& symmetric);

// The lambda of A v = lambda B v, ascending; A symmetric, B symmetric and positive definite.
Point pencilEigenvaluesOf(const Matrix& A, const Matrix& B);

// Descending.
Point singularValuesOf(const Matrix& A);

// The x of least |A x - b|.
Point leastSquaresSolution(const Matrix& A, const Point& b);

}  // namespace wv::test
