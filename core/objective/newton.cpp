#include "objective/newton.hpp"

#include <algorithm>
#include <cmath>

namespace wv {
namespace {

constexpr int mostIterations = 100;
constexpr int mostHalvings = 60;
constexpr double gradientTolerance = 1e-12;
constexpr double stepTolerance = 1e-6;
constexpr double relativeShift = 1e-10;
constexpr double sufficientDecrease = 1e-4;

struct Iterate {
  Point x;
  double f = 0;
  Point gradient;
  double gradientNorm = 0;
};

Iterate evaluate(const Objective& objective, Point x) {
  const Block row = x.transpose().array();
  Column f(1);
  Block g(1, x.size());
  objective.value(row, f);
  objective.gradient(row, g);
  Point gradient = g.row(0).transpose().matrix();
  const double norm = std::sqrt(gradient.squaredNorm());
  return {std::move(x), f(0), std::move(gradient), norm};
}

// A^{-1} b by A = L D L^T, written over the lower triangle (Golub and Van Loan, Matrix
// Computations, algorithm 4.1.2). Without pivoting: the shift keeps A positive definite wherever f
// is convex.
Point solveShifted(Matrix A, Point b) {
  const Eigen::Index d = A.cols();
  for (Eigen::Index j = 0; j < d; ++j) {
    for (Eigen::Index k = 0; k < j; ++k) {
      const double scaled = A(j, k) * A(k, k);
      for (Eigen::Index i = j; i < d; ++i) {
        A(i, j) -= A(i, k) * scaled;
      }
    }
    for (Eigen::Index i = j + 1; i < d; ++i) {
      A(i, j) /= A(j, j);
      b(i) -= A(i, j) * b(j);
    }
  }
  for (Eigen::Index i = d - 1; i >= 0; --i) {
    b(i) /= A(i, i);
    for (Eigen::Index j = i + 1; j < d; ++j) {
      b(i) -= A(j, i) * b(j);
    }
  }
  return b;
}

// Near the minimiser f no longer tells points apart, but the gradient still does.
bool isProgress(const Iterate& from, const Iterate& to, double slope) {
  return to.f <= from.f + sufficientDecrease * slope || to.gradientNorm < from.gradientNorm;
}

}  // namespace

NewtonResult minimizeByNewton(const Objective& objective, const PointIn& start) {
  Iterate current = evaluate(objective, start);
  double hessianScale = 0;
  double stepLength = 0;
  for (int i = 0; i < mostIterations && current.gradientNorm > 0; ++i) {
    Matrix hessian = objective.hessian(current.x);
    hessianScale = hessian.diagonal().cwiseAbs().maxCoeff();
    hessian.diagonal().array() += relativeShift * hessianScale;
    const Point step = -solveShifted(hessian, current.gradient);
    const double slope = std::min(0.0, step.dot(current.gradient));
    double share = 1;
    Iterate next = evaluate(objective, current.x + step);
    for (int h = 0; h < mostHalvings && !isProgress(current, next, share * slope); ++h) {
      share *= 0.5;
      next = evaluate(objective, current.x + share * step);
    }
    stepLength = std::sqrt(step.squaredNorm());
    const bool isDone = !(next.gradientNorm < current.gradientNorm) && !(next.f < current.f);
    if (isDone) {
      break;
    }
    current = std::move(next);
  }
  const double length = std::sqrt(current.x.squaredNorm());
  const bool converged = current.gradientNorm <= gradientTolerance * std::max(1.0, hessianScale) &&
                         stepLength <= stepTolerance * (1 + length);
  return {std::move(current.x), converged};
}

}  // namespace wv
