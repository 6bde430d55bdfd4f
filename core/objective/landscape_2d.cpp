#include "objective/landscape_2d.hpp"

#include "objective/landscape.hpp"
#include "objective/newton.hpp"

namespace wv {
namespace {

struct Quadratic2d {
  double condition;

  double value(double x, double y) const { return 0.5 * (x * x + condition * y * y); }
  Vector2 gradient(double x, double y) const { return {x, condition * y}; }
  Symmetric2 hessian(double, double) const { return {1, 0, condition}; }

  std::vector<Point> minimizers() const { return {point2(0, 0)}; }
  std::optional<Curvature> globalCurvature() const {
    return Curvature{std::max(1.0, condition), std::min(1.0, condition)};
  }
  Window window() const { return {-2.5, 2.5, -1.75, 1.75}; }
  Point start() const { return point2(-2, 1.2); }
};

struct Rosenbrock {
  double value(double x, double y) const {
    const double a = 1 - x, b = y - x * x;
    return a * a + 100 * b * b;
  }
  Vector2 gradient(double x, double y) const {
    const double b = y - x * x;
    return {-2 * (1 - x) - 400 * x * b, 200 * b};
  }
  Symmetric2 hessian(double x, double y) const {
    return {2 - 400 * (y - x * x) + 800 * x * x, -400 * x, 200};
  }

  std::vector<Point> minimizers() const { return {point2(1, 1)}; }
  std::optional<Curvature> globalCurvature() const { return {}; }
  Window window() const { return {-2, 2, -0.6, 2.2}; }
  // Rosenbrock's own.
  Point start() const { return point2(-1.2, 1); }
};

struct Himmelblau {
  double value(double x, double y) const {
    const double a = x * x + y - 11, b = x + y * y - 7;
    return a * a + b * b;
  }
  Vector2 gradient(double x, double y) const {
    const double a = x * x + y - 11, b = x + y * y - 7;
    return {4 * x * a + 2 * b, 2 * a + 4 * y * b};
  }
  Symmetric2 hessian(double x, double y) const {
    const double a = x * x + y - 11, b = x + y * y - 7;
    return {4 * a + 8 * x * x + 2, 4 * (x + y), 4 * b + 8 * y * y + 2};
  }

  // All four are global; only the first is rational.
  std::vector<Point> minimizers() const;
  std::optional<Curvature> globalCurvature() const { return {}; }
  Window window() const { return {-6.5, 6.5, -4.55, 4.55}; }
  Point start() const { return point2(-0.5, -0.5); }
};

std::vector<Point> Himmelblau::minimizers() const {
  const Landscape2d<Himmelblau> objective(*this);
  std::vector<Point> points = {point2(3, 2)};
  for (const Vector2 near : {Vector2{-2.805, 3.131}, {-3.779, -3.283}, {3.584, -1.848}}) {
    points.push_back(minimizeByNewton(objective, point2(near.x, near.y)).x);
  }
  return points;
}

struct Beale {
  // The three residuals c_k - x (1 - y^k), and their derivatives by x: y^k - 1.
  struct Terms {
    double t1, t2, t3;
    double u1, u2, u3;
  };
  static Terms terms(double x, double y) {
    const double u1 = y - 1, u2 = y * y - 1, u3 = y * y * y - 1;
    return {1.5 + x * u1, 2.25 + x * u2, 2.625 + x * u3, u1, u2, u3};
  }

  double value(double x, double y) const {
    const Terms t = terms(x, y);
    return t.t1 * t.t1 + t.t2 * t.t2 + t.t3 * t.t3;
  }
  Vector2 gradient(double x, double y) const {
    const Terms t = terms(x, y);
    return {2 * (t.t1 * t.u1 + t.t2 * t.u2 + t.t3 * t.u3),
            2 * x * (t.t1 + t.t2 * (2 * y) + t.t3 * (3 * y * y))};
  }
  Symmetric2 hessian(double x, double y) const {
    const Terms t = terms(x, y);
    const double v2 = 2 * y, v3 = 3 * y * y;
    return {2 * (t.u1 * t.u1 + t.u2 * t.u2 + t.u3 * t.u3),
            2 * (t.t1 + t.t2 * v2 + t.t3 * v3) + 2 * x * (t.u1 + t.u2 * v2 + t.u3 * v3),
            2 * x * x * (1 + v2 * v2 + v3 * v3) + 2 * x * (2 * t.t2 + 6 * y * t.t3)};
  }

  std::vector<Point> minimizers() const { return {point2(3, 0.5)}; }
  std::optional<Curvature> globalCurvature() const { return {}; }
  Window window() const { return {-1, 4.5, -1.6, 2.25}; }
  Point start() const { return point2(1, 1.5); }
};

struct Saddle {
  double value(double x, double y) const {
    return 0.5 * (x * x - y * y) + 0.25 * (y * y) * (y * y);
  }
  Vector2 gradient(double x, double y) const { return {x, y * (y * y - 1)}; }
  Symmetric2 hessian(double, double y) const { return {1, 0, 3 * y * y - 1}; }

  std::vector<Point> minimizers() const { return {point2(0, 1), point2(0, -1)}; }
  std::optional<Curvature> globalCurvature() const { return {}; }
  Window window() const { return {-2, 2, -1.4, 1.4}; }
  // Nearly on the axis along which descent runs into the saddle.
  Point start() const { return point2(-1.7, 0.01); }
};

struct DoubleWell2d {
  double tilt;

  double value(double x, double y) const {
    return (x * x - 1) * (x * x - 1) + 0.5 * y * y + tilt * x;
  }
  Vector2 gradient(double x, double y) const { return {4 * x * (x * x - 1) + tilt, y}; }
  Symmetric2 hessian(double x, double) const { return {12 * x * x - 4, 0, 1}; }

  std::vector<Point> minimizers() const {
    std::vector<Point> points;
    for (const double x : doubleWellMinima(tilt)) {
      points.push_back(point2(x, 0));
    }
    return points;
  }
  std::optional<Curvature> globalCurvature() const { return {}; }
  // A strong tilt moves the well out of the usual picture.
  Window window() const {
    const double half = std::max(2.0, 1.4 * std::fabs(doubleWellMinima(tilt).front()));
    return {-half, half, -0.7 * half, 0.7 * half};
  }
  Point start() const { return point2(tilt < 0 ? -1.7 : 1.7, 1.1); }
};

template <class Formula>
std::unique_ptr<Objective> make(const Formula& formula) {
  return std::make_unique<Landscape2d<Formula>>(formula);
}

}  // namespace

std::unique_ptr<Objective> makeQuadratic2d(double condition) {
  return make(Quadratic2d{condition});
}
std::unique_ptr<Objective> makeRosenbrock() { return make(Rosenbrock{}); }
std::unique_ptr<Objective> makeHimmelblau() { return make(Himmelblau{}); }
std::unique_ptr<Objective> makeBeale() { return make(Beale{}); }
std::unique_ptr<Objective> makeSaddle() { return make(Saddle{}); }
std::unique_ptr<Objective> makeDoubleWell2d(double tilt) { return make(DoubleWell2d{tilt}); }

}  // namespace wv
