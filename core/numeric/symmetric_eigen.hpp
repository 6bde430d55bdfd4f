// Eigenvalues and eigenvectors of small symmetric matrices.
#pragma once

#include "numeric/block.hpp"

namespace wv::numeric {

struct SymmetricEigen {
  Point values;    // ascending
  Matrix vectors;  // d x d, column k belongs to values(k); orthonormal
};

// Cyclic Jacobi (Golub and Van Loan, Matrix Computations, 4th edition, section 8.5). Reads the
// lower triangle of a d x d matrix, d >= 1; cost about 60 d^3, so meant for d up to a few hundred.
// Errors are of the order of d times the rounding of the largest eigenvalue. NaN in, NaN out.
//
// Our own, because Eigen's solver brings blocked Householder products whose code weighs as much as
// all landscapes together, in every page that is loaded.
SymmetricEigen symmetricEigen(const Matrix& symmetric);

}  // namespace wv::numeric
