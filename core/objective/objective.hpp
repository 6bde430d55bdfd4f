// What is minimised. An objective holds no randomness and no state: it maps points to values.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "numeric/block.hpp"

namespace wv {

// Global constants of f: |grad f(x) - grad f(y)| <= smoothness |x - y|, and f is at least
// strongConvexity-convex. Only objectives for which both hold everywhere have one.
struct Curvature {
  double smoothness = 0;
  double strongConvexity = 0;
};

// The axis-aligned box in which an objective is drawn; y is unused in one dimension.
struct Window {
  double xMin = 0, xMax = 0, yMin = 0, yMax = 0;
};

class Objective {
 public:
  virtual ~Objective() = default;

  virtual int dim() const = 0;
  // n of the finite sum f = (1/n) sum_i l_i; 1 for a plain landscape.
  virtual int terms() const = 0;

  // x is R x d, f has R entries, g is R x d. Values at points that overflow are inf or NaN; they
  // never trap.
  virtual void value(const BlockIn& x, ColumnOut f) const = 0;
  virtual void gradient(const BlockIn& x, BlockOut g) const = 0;
  // The gradient of l_term[r] at row r of x.
  virtual void termGradient(const BlockIn& x, const IndexIn& term, BlockOut g) const = 0;

  // x <- x - stepSize (the gradient of l_term at x), at one point of d entries, with the bits of
  // termGradient: a single trajectory spends its time here, where a block of one row costs more
  // than its few products. False, with x as it was, where termGradient is as short a way.
  virtual bool descendTerm(int term, double stepSize, std::span<double> x) const;

  // d x d, at one point.
  virtual Matrix hessian(const PointIn& x) const = 0;

  // Every local minimiser, to the last digits that Newton's method gives, the global one(s) first.
  virtual std::vector<Point> minimizers() const = 0;
  virtual std::optional<Curvature> curvature() const = 0;

  // Where the objective is drawn, and a start from which descent shows something.
  virtual Window window() const = 0;
  virtual Point start() const = 0;
};

inline bool Objective::descendTerm(int, double, std::span<double>) const { return false; }

}  // namespace wv
