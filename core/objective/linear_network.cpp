#include "objective/linear_network.hpp"

#include <algorithm>
#include <cmath>

#include "objective/newton.hpp"

namespace wv {
namespace {

using Eigen::Index;

// What both have in common: f is a function of one sample.
class LinearNetwork : public Objective {
 public:
  explicit LinearNetwork(double decay) : decay_(decay) {}

  int terms() const override { return 1; }
  void termGradient(const BlockIn& x, const IndexIn&, BlockOut g) const override { gradient(x, g); }
  std::optional<Curvature> curvature() const override { return {}; }
  Window window() const override { return {-2.8, 2.8, -2.1, 2.1}; }

 protected:
  double decay_;
};

class TwoLayerNetwork final : public LinearNetwork {
 public:
  TwoLayerNetwork(int width, double decay) : LinearNetwork(decay), width_(width) {}

  int dim() const override { return 2 * width_; }

  void value(const BlockIn& x, ColumnOut f) const override {
    f = 1 - products(x);
    f = f * f + decay_ * x.square().rowwise().sum();
  }

  void gradient(const BlockIn& x, BlockOut g) const override {
    const Column residual = 1 - products(x);
    for (Index j = 0; j < width_; ++j) {
      g.col(j) = 2 * decay_ * x.col(j) - 2 * residual * x.col(width_ + j);
      g.col(width_ + j) = 2 * decay_ * x.col(width_ + j) - 2 * residual * x.col(j);
    }
  }

  Matrix hessian(const PointIn& x) const override {
    const auto u = x.head(width_), v = x.tail(width_);
    double product = 0;
    for (Index j = 0; j < width_; ++j) {
      product += u(j) * v(j);
    }
    Matrix hessian(dim(), dim());
    for (Index i = 0; i < width_; ++i) {
      for (Index j = 0; j < width_; ++j) {
        const double same = i == j ? 1 : 0;
        hessian(i, j) = 2 * v(i) * v(j) + 2 * decay_ * same;
        hessian(width_ + i, width_ + j) = 2 * u(i) * u(j) + 2 * decay_ * same;
        hessian(i, width_ + j) = 2 * v(i) * u(j) - 2 * (1 - product) * same;
        hessian(width_ + j, i) = hessian(i, width_ + j);
      }
    }
    return hessian;
  }

  std::vector<Point> minimizers() const override {
    if (decay_ >= 1) {
      return {Point::Zero(dim())};
    }
    Point point = Point::Zero(dim());
    point(0) = point(width_) = std::sqrt(1 - decay_);
    return {point, -point};
  }

  Point start() const override {
    Point point = Point::Zero(dim());
    point(0) = 2.2;
    point(width_) = -0.6;
    return point;
  }

 private:
  Column products(const BlockIn& x) const {
    Column sum = x.col(0) * x.col(width_);
    for (Index j = 1; j < width_; ++j) {
      sum += x.col(j) * x.col(width_ + j);
    }
    return sum;
  }

  int width_;
};

class ThreeLayerNetwork final : public LinearNetwork {
 public:
  using LinearNetwork::LinearNetwork;

  int dim() const override { return 3; }

  void value(const BlockIn& x, ColumnOut f) const override {
    f = 1 - x.col(0) * x.col(1) * x.col(2);
    f = f * f + decay_ * x.square().rowwise().sum();
  }

  void gradient(const BlockIn& x, BlockOut g) const override {
    const Column residual = 1 - x.col(0) * x.col(1) * x.col(2);
    for (Index j = 0; j < 3; ++j) {
      const Column others = x.col((j + 1) % 3) * x.col((j + 2) % 3);
      g.col(j) = 2 * decay_ * x.col(j) - 2 * residual * others;
    }
  }

  Matrix hessian(const PointIn& x) const override {
    const double residual = 1 - x(0) * x(1) * x(2);
    const Point others = Eigen::Vector3d(x(1) * x(2), x(0) * x(2), x(0) * x(1));
    Matrix hessian(3, 3);
    for (Index i = 0; i < 3; ++i) {
      for (Index j = 0; j < 3; ++j) {
        hessian(i, j) =
            2 * others(i) * others(j) + (i == j ? 2 * decay_ : -2 * residual * x(3 - i - j));
      }
    }
    return hessian;
  }

  std::vector<Point> minimizers() const override {
    const NewtonResult found = minimizeByNewton(*this, Point::Ones(3));
    Column depth(1);
    value(found.x.transpose().array(), depth);
    if (!found.converged || depth(0) >= 1) {
      return {Point::Zero(3)};
    }
    const double t = found.x(0);
    return {Eigen::Vector3d(t, t, t), Eigen::Vector3d(t, -t, -t), Eigen::Vector3d(-t, t, -t),
            Eigen::Vector3d(-t, -t, t)};
  }

  Point start() const override { return Eigen::Vector3d(2.2, -0.6, 1); }
};

}  // namespace

std::unique_ptr<Objective> makeTwoLayerNetwork(int width, double decay) {
  return std::make_unique<TwoLayerNetwork>(width, decay);
}

std::unique_ptr<Objective> makeThreeLayerNetwork(double decay) {
  return std::make_unique<ThreeLayerNetwork>(decay);
}

}  // namespace wv
