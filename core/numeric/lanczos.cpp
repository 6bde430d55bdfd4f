#include "numeric/lanczos.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "numeric/short_sort.hpp"
#include "numeric/statistics.hpp"
#include "numeric/symmetric_eigen.hpp"

namespace wv::numeric {
namespace {

using Eigen::Index;

// Four partial sums side by side, so that the sum vectorises and has one order everywhere.
double dot(const double* __restrict__ a, const double* __restrict__ b, Index n) {
  double sum[4] = {};
  Index i = 0;
  for (; i + 4 <= n; i += 4) {
    for (Index k = 0; k < 4; ++k) {
      sum[k] += a[i + k] * b[i + k];
    }
  }
  for (; i < n; ++i) {
    sum[0] += a[i] * b[i];
  }
  return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

double norm(const Point& v) { return std::sqrt(dot(v.data(), v.data(), v.size())); }

// Takes out of v what lies along each of the first `count` columns, which are orthonormal.
void orthogonalize(const Matrix& basis, Index count, Point& v) {
  for (Index j = 0; j < count; ++j) {
    const double share = dot(basis.col(j).data(), v.data(), v.size());
    v -= share * basis.col(j);
  }
}

// Of the symmetric tridiagonal matrix; `next` is the entry that would follow the last row.
RitzValues ritzValues(const std::vector<double>& diagonal, const std::vector<double>& beside,
                      double next) {
  const auto steps = static_cast<Index>(diagonal.size());
  Matrix projected = Matrix::Zero(steps, steps);
  for (Index k = 0; k < steps; ++k) {
    projected(k, k) = diagonal[static_cast<std::size_t>(k)];
    if (k > 0) {
      projected(k, k - 1) = beside[static_cast<std::size_t>(k - 1)];
    }
  }
  const SymmetricEigen eigen = symmetricEigen(projected);
  RitzValues result;
  result.values = eigen.values;
  result.weights = eigen.vectors.row(0).transpose().cwiseAbs2();
  result.residuals = next * eigen.vectors.row(steps - 1).transpose().cwiseAbs();
  return result;
}

}  // namespace

RitzValues lanczos(const SymmetricMap& matrix, const Point& start, int steps) {
  Matrix basis(start.size(), steps);
  std::vector<double> diagonal, beside;
  Point v = start / norm(start);
  double scale = 0, next = 0;
  for (Index k = 0; k < steps; ++k) {
    basis.col(k) = v;
    Point image = matrix(v);
    diagonal.push_back(dot(v.data(), image.data(), v.size()));
    scale = std::max(scale, norm(image));
    orthogonalize(basis, k + 1, image);
    orthogonalize(basis, k + 1, image);
    next = norm(image);
    // What is left is rounding: the Krylov space is exhausted.
    constexpr double rounding = 16 * std::numeric_limits<double>::epsilon();
    if (!(next > rounding * std::sqrt(static_cast<double>(v.size())) * scale)) {
      next = 0;
      break;
    }
    beside.push_back(next);
    v = image / next;
  }
  return ritzValues(diagonal, beside, next);
}

SpectralDensity spectralDensity(const SymmetricMap& matrix, const Matrix& starts, int steps) {
  struct Node {
    double value, weight;
  };
  std::vector<Node> nodes;
  Column traces(starts.cols());
  for (Index probe = 0; probe < starts.cols(); ++probe) {
    const RitzValues ritz = lanczos(matrix, starts.col(probe), steps);
    double mean = 0;
    for (Index k = 0; k < ritz.values.size(); ++k) {
      nodes.push_back({ritz.values(k), ritz.weights(k) / static_cast<double>(starts.cols())});
      mean += ritz.weights(k) * ritz.values(k);
    }
    traces(probe) = static_cast<double>(starts.rows()) * mean;
  }
  sortShort(nodes.begin(), nodes.end(),
            [](const Node& a, const Node& b) { return a.value < b.value; });
  SpectralDensity density;
  density.values.resize(static_cast<Index>(nodes.size()));
  density.weights.resize(density.values.size());
  for (Index k = 0; k < density.values.size(); ++k) {
    density.values(k) = nodes[static_cast<std::size_t>(k)].value;
    density.weights(k) = nodes[static_cast<std::size_t>(k)].weight;
  }
  density.trace = mean(traces);
  density.traceStandardError = standardError(traces);
  return density;
}

double SpectralDensity::shareWithin(double limit) const {
  double share = 0;
  for (Index k = 0; k < values.size(); ++k) {
    share += std::fabs(values(k)) <= limit ? weights(k) : 0;
  }
  return share;
}

}  // namespace wv::numeric
