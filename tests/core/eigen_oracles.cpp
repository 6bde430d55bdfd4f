#include "eigen_oracles.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <Eigen/SVD>

namespace wv::test {

Point eigenvaluesOf(const Matrix& symmetric) {
  return Eigen::SelfAdjointEigenSolver<Matrix>(symmetric, Eigen::EigenvaluesOnly).eigenvalues();
}

Point pencilEigenvaluesOf(const Matrix& A, const Matrix& B) {
  return Eigen::GeneralizedSelfAdjointEigenSolver<Matrix>(A, B).eigenvalues();
}

Point singularValuesOf(const Matrix& A) { return Eigen::JacobiSVD<Matrix>(A).singularValues(); }

Point leastSquaresSolution(const Matrix& A, const Point& b) {
  return A.colPivHouseholderQr().solve(b);
}

}  // namespace wv::test
