// f - f* of an ensemble at every step, which for a quadratic must not cost a pass over its terms.
#pragma once

#include "numeric/block.hpp"
#include "objective/objective.hpp"

namespace wv {

// What one look at f - f* costs a replicate, in products: d^2 for a quadratic; with logistic loss a
// pass over the terms, whose exponential counts for twenty.
double gapWork(const Objective& objective);

class OptimalityGap {
 public:
  // `minimizer` and `minimum` are those of the objective, which must outlive this. Least squares is
  // quadratic: f - f* = (w - w*)^T H (w - w*) / 2 costs d^2 for each replicate instead of n d, and
  // does not subtract two numbers that are nearly equal. Every other objective is evaluated.
  OptimalityGap(const Objective& objective, const Point& minimizer, double minimum);

  bool passesOverTerms() const { return hessian_.size() == 0; }

  // One for each row of x. Rounding may leave an evaluated gap a little below zero.
  Column operator()(const BlockIn& x) const;

 private:
  Column quadraticForm(const BlockIn& x) const;

  const Objective& objective_;
  Point minimizer_;
  double minimum_;
  Matrix hessian_;  // empty unless f is quadratic
};

// Of an ensemble at x; infinite where it has diverged and stands still.
Column gapsOrInfinity(const OptimalityGap& gapOf, const BlockIn& x, bool diverged);

}  // namespace wv
