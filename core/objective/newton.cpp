#include "objective/newton.hpp"

#include <Eigen/Cholesky>
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
    const Point step = -hessian.ldlt().solve(current.gradient);
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
