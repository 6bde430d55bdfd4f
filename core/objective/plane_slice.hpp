// A plane through the space on which an objective lives, as an objective of two variables.
#pragma once

#include "objective/objective.hpp"

namespace wv {

// g(a, b) = f(origin + a e + b h), e and h orthogonal and not 0. What f says of the plane it says
// itself: the window and the start are f's, the start projected. Minimisers of f that lie in the
// plane are g's; others g has are not known.
class PlaneSlice final : public Objective {
 public:
  // f must outlive it.
  PlaneSlice(const Objective& f, Point origin, Point e, Point h)
      : f_(f), origin_(std::move(origin)), e_(std::move(e)), h_(std::move(h)) {}

  // The point of the space, and the coordinates of its foot in the plane.
  Point embed(double a, double b) const { return origin_ + a * e_ + b * h_; }
  Point project(const PointIn& x) const {
    Point foot(2);
    foot << along(x, e_), along(x, h_);
    return foot;
  }

  int dim() const override { return 2; }
  int terms() const override { return 1; }
  void value(const BlockIn& x, ColumnOut f) const override { f_.value(embedded(x), f); }
  void gradient(const BlockIn& x, BlockOut g) const override {
    Block full(x.rows(), f_.dim());
    f_.gradient(embedded(x), full);
    g.setZero();
    for (Eigen::Index j = 0; j < full.cols(); ++j) {
      g.col(0) += e_(j) * full.col(j);
      g.col(1) += h_(j) * full.col(j);
    }
  }
  void termGradient(const BlockIn& x, const IndexIn&, BlockOut g) const override { gradient(x, g); }
  Matrix hessian(const PointIn& x) const override {
    Matrix plane(f_.dim(), 2);
    plane << e_, h_;
    return plane.transpose().lazyProduct(Matrix(f_.hessian(embed(x(0), x(1))).lazyProduct(plane)));
  }
  std::vector<Point> minimizers() const override {
    std::vector<Point> inPlane;
    for (const Point& x : f_.minimizers()) {
      const Point foot = project(x);
      if ((embed(foot(0), foot(1)) - x).cwiseAbs().maxCoeff() < 1e-12) {
        inPlane.push_back(foot);
      }
    }
    return inPlane;
  }
  std::optional<Curvature> curvature() const override { return {}; }
  Window window() const override { return f_.window(); }
  Point start() const override { return project(f_.start()); }

 private:
  double along(const PointIn& x, const Point& direction) const {
    double product = 0, square = 0;
    for (Eigen::Index j = 0; j < x.size(); ++j) {
      product += (x(j) - origin_(j)) * direction(j);
      square += direction(j) * direction(j);
    }
    return product / square;
  }

  Block embedded(const BlockIn& x) const {
    Block full(x.rows(), f_.dim());
    for (Eigen::Index j = 0; j < full.cols(); ++j) {
      full.col(j) = origin_(j) + e_(j) * x.col(0) + h_(j) * x.col(1);
    }
    return full;
  }

  const Objective& f_;
  Point origin_, e_, h_;
};

}  // namespace wv
