// The batch loops of functions of one and of two variables, written once. A formula is a small
// struct that knows f at one point; it is inlined into loops that vectorise over replicates.
#pragma once

#include <algorithm>
#include <cmath>
#include <utility>

#include "objective/objective.hpp"

namespace wv {

struct Vector2 {
  double x, y;
};
// The entries of a symmetric 2 x 2 matrix.
struct Symmetric2 {
  double xx, xy, yy;
};

inline Point point1(double x) { return Point::Constant(1, x); }
inline Point point2(double x, double y) {
  Point point(2);
  point << x, y;
  return point;
}

// A plain landscape is a sum of one term.
template <class Formula>
class Landscape : public Objective {
 public:
  explicit Landscape(Formula formula) : formula_(std::move(formula)) {}

  int terms() const override { return 1; }
  void termGradient(const BlockIn& x, const IndexIn&, BlockOut g) const override { gradient(x, g); }
  std::vector<Point> minimizers() const override { return formula_.minimizers(); }
  std::optional<Curvature> curvature() const override { return formula_.globalCurvature(); }
  Window window() const override { return formula_.window(); }
  Point start() const override { return formula_.start(); }

 protected:
  Formula formula_;
};

// Formula: value(x), slope(x), curvature(x), and the facts that Landscape forwards.
template <class Formula>
class Landscape1d final : public Landscape<Formula> {
 public:
  using Landscape<Formula>::Landscape;

  int dim() const override { return 1; }

  void value(const BlockIn& x, ColumnOut f) const override {
    const Formula formula = this->formula_;
    const double* in = x.col(0).data();
    double* out = f.data();
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
      out[r] = formula.value(in[r]);
    }
  }

  void gradient(const BlockIn& x, BlockOut g) const override {
    const Formula formula = this->formula_;
    const double* in = x.col(0).data();
    double* out = g.col(0).data();
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
      out[r] = formula.slope(in[r]);
    }
  }

  Matrix hessian(const PointIn& x) const override {
    return Matrix::Constant(1, 1, this->formula_.curvature(x(0)));
  }
};

// Formula: value(x, y), gradient(x, y), hessian(x, y), and the facts that Landscape forwards.
template <class Formula>
class Landscape2d final : public Landscape<Formula> {
 public:
  using Landscape<Formula>::Landscape;

  int dim() const override { return 2; }

  void value(const BlockIn& x, ColumnOut f) const override {
    const Formula formula = this->formula_;
    const double* inX = x.col(0).data();
    const double* inY = x.col(1).data();
    double* out = f.data();
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
      out[r] = formula.value(inX[r], inY[r]);
    }
  }

  void gradient(const BlockIn& x, BlockOut g) const override {
    const Formula formula = this->formula_;
    const double* inX = x.col(0).data();
    const double* inY = x.col(1).data();
    double* outX = g.col(0).data();
    double* outY = g.col(1).data();
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
      const Vector2 gradient = formula.gradient(inX[r], inY[r]);
      outX[r] = gradient.x;
      outY[r] = gradient.y;
    }
  }

  Matrix hessian(const PointIn& x) const override {
    const Symmetric2 entries = this->formula_.hessian(x(0), x(1));
    Matrix hessian(2, 2);
    hessian << entries.xx, entries.xy, entries.xy, entries.yy;
    return hessian;
  }
};

// The stable critical points of (x^2 - 1)^2 + tilt x, the deeper first (of equal ones the left
// first): one if |tilt| >= 8 / (3 sqrt 3), where the shallow well vanishes, else two.
std::vector<double> doubleWellMinima(double tilt);

}  // namespace wv
