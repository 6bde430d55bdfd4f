#include "objective/finite_sum.hpp"

#include <cmath>

namespace wv {
namespace {

constexpr double pictureAspect = 10.0 / 7;
constexpr double smallestHalfHeight = 0.35;

}  // namespace

Matrix weightedGram(const Matrix& samples, const Point& weights) {
  const Eigen::Index d = samples.rows(), n = samples.cols();
  Matrix gram = Matrix::Zero(d, d);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double* __restrict__ sample = samples.col(i).data();
    for (Eigen::Index a = 0; a < d; ++a) {
      const double factor = weights(i) * sample[a];
      double* __restrict__ column = gram.col(a).data();
      for (Eigen::Index b = a; b < d; ++b) {
        column[b] += factor * sample[b];
      }
    }
  }
  gram /= static_cast<double>(n);
  for (Eigen::Index a = 0; a < d; ++a) {
    for (Eigen::Index b = a + 1; b < d; ++b) {
      gram(a, b) = gram(b, a);
    }
  }
  return gram;
}

Window windowAround(const PointIn& minimizer) {
  constexpr double reach = 1.6;
  const double halfHeight = std::max({smallestHalfHeight, reach * std::fabs(minimizer(1)),
                                      reach * std::fabs(minimizer(0)) / pictureAspect});
  const double halfWidth = halfHeight * pictureAspect;
  return {minimizer(0) - halfWidth, minimizer(0) + halfWidth, minimizer(1) - halfHeight,
          minimizer(1) + halfHeight};
}

Point cornerFarFrom(const PointIn& minimizer, const Window& window) {
  constexpr double inset = 0.15;
  Point farthest = minimizer;
  for (const double u : {inset, 1 - inset}) {
    for (const double v : {inset, 1 - inset}) {
      Point corner(2);
      corner << window.xMin + u * (window.xMax - window.xMin),
          window.yMin + v * (window.yMax - window.yMin);
      if ((corner - minimizer).squaredNorm() > (farthest - minimizer).squaredNorm()) {
        farthest = corner;
      }
    }
  }
  return farthest;
}

}  // namespace wv
