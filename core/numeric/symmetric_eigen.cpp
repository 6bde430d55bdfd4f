#include "numeric/symmetric_eigen.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "numeric/short_sort.hpp"

namespace wv::numeric {
namespace {

// Convergence is quadratic: ten sweeps are plenty, and NaN must not loop for ever.
constexpr int mostSweeps = 40;

struct Rotation {
  double cosine, sine;
};

// Zeroes the entry (p, q) of a matrix with this diagonal by the smaller of the two angles.
Rotation rotationFor(double pp, double pq, double qq) {
  const double tau = (qq - pp) / (2 * pq);
  const double tangent = (tau >= 0 ? 1 : -1) / (std::fabs(tau) + std::sqrt(1 + tau * tau));
  const double cosine = 1 / std::sqrt(1 + tangent * tangent);
  return {cosine, tangent * cosine};
}

void rotateColumns(Matrix& m, Eigen::Index p, Eigen::Index q, Rotation r) {
  for (Eigen::Index i = 0; i < m.rows(); ++i) {
    const double left = m(i, p);
    const double right = m(i, q);
    m(i, p) = r.cosine * left - r.sine * right;
    m(i, q) = r.sine * left + r.cosine * right;
  }
}

void rotateRows(Matrix& m, Eigen::Index p, Eigen::Index q, Rotation r) {
  for (Eigen::Index j = 0; j < m.cols(); ++j) {
    const double upper = m(p, j);
    const double lower = m(q, j);
    m(p, j) = r.cosine * upper - r.sine * lower;
    m(q, j) = r.sine * upper + r.cosine * lower;
  }
}

// Visits every pair once; false when nothing was left to rotate.
bool sweep(Matrix& a, Matrix& vectors) {
  bool rotated = false;
  for (Eigen::Index q = 1; q < a.cols(); ++q) {
    for (Eigen::Index p = 0; p < q; ++p) {
      const double scale = std::sqrt(std::fabs(a(p, p))) * std::sqrt(std::fabs(a(q, q)));
      const double negligible = std::numeric_limits<double>::epsilon() *
                                std::max(scale, std::numeric_limits<double>::epsilon() *
                                                    a.diagonal().cwiseAbs().maxCoeff());
      if (std::fabs(a(p, q)) <= negligible) {
        continue;
      }
      const Rotation r = rotationFor(a(p, p), a(p, q), a(q, q));
      rotateColumns(a, p, q, r);
      rotateRows(a, p, q, r);
      rotateColumns(vectors, p, q, r);
      rotated = true;
    }
  }
  return rotated;
}

}  // namespace

SymmetricEigen symmetricEigen(const Matrix& symmetric) {
  Matrix a = symmetric.selfadjointView<Eigen::Lower>();
  const Eigen::Index d = a.cols();
  Matrix vectors = Matrix::Identity(d, d);
  for (int i = 0; i < mostSweeps && sweep(a, vectors); ++i) {
  }
  std::vector<Eigen::Index> order(static_cast<std::size_t>(d));
  std::iota(order.begin(), order.end(), 0);
  sortShort(order.begin(), order.end(),
            [&](Eigen::Index i, Eigen::Index j) { return a(i, i) < a(j, j); });
  SymmetricEigen result{Point(d), Matrix(d, d)};
  for (Eigen::Index k = 0; k < d; ++k) {
    const Eigen::Index from = order[static_cast<std::size_t>(k)];
    result.values(k) = a(from, from);
    result.vectors.col(k) = vectors.col(from);
  }
  return result;
}

}  // namespace wv::numeric
