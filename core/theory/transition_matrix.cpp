#include "theory/transition_matrix.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/elementary.hpp"

namespace wv {
namespace {

using Eigen::Index;

// A point z and the mass of N(0, 1) beyond it, on the side away from 0.
struct Tail {
  double z, mass;
};

Tail tailAt(double z) { return {z, numeric::normalCdf(-std::fabs(z))}; }

// P(a < N(0, 1) < b), from the masses that do not cancel.
double massBetween(const Tail& a, const Tail& b) {
  if (a.z > 0) {
    return a.mass - b.mass;
  }
  return b.z > 0 ? 1 - a.mass - b.mass : b.mass - a.mass;
}

// x - alpha f'(x).
Column afterDescent(const Objective& f, const Column& x, double alpha) {
  Block g(x.size(), 1);
  f.gradient(x, g);
  return x - alpha * g.col(0);
}

// Adds `weight` times the law N(mean, deviation^2) to a row.
void addNormal(const CellGrid& grid, double mean, double deviation, double weight, int row,
               Matrix& transitions) {
  Tail low = {-HUGE_VAL, 0};
  for (int j = 0; j < grid.cells; ++j) {
    const Tail high =
        j + 1 < grid.cells ? tailAt((grid.edge(j + 1) - mean) / deviation) : Tail{HUGE_VAL, 0};
    transitions(row, j) += weight * massBetween(low, high);
    low = high;
  }
}

// Adds `weight` times the even law on the interval between a and b to a row.
void addEven(const CellGrid& grid, double a, double b, double weight, int row,
             Matrix& transitions) {
  const double low = std::min(a, b), high = std::max(a, b);
  const int first = grid.cellOf(low), last = grid.cellOf(high);
  if (first == last || !(high > low)) {
    transitions(row, first) += weight;
    return;
  }
  for (int j = first; j <= last; ++j) {
    const double from = j == first ? low : grid.edge(j);
    const double to = j == last ? high : grid.edge(j + 1);
    transitions(row, j) += weight * std::fmax(0, to - from) / (high - low);
  }
}

// With u = v_{k+1} and v = v_k, the modulus of the larger root of z^2 = a z + b, where a and b are
// the least-squares fit of w = v_{k+2} by a u + b v: the larger of the two leading eigenvalues,
// real or a complex pair. Of a single one, |u|/|v|.
double leadingModulus(const Point& v, const Point& u, const Point& w) {
  const double vv = v.squaredNorm(), uv = u.dot(v), uu = u.squaredNorm();
  const double determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-12 * uu * vv)) {
    return std::sqrt(uu / vv);
  }
  const double a = (w.dot(u) * vv - w.dot(v) * uv) / determinant;
  const double b = (w.dot(v) * uu - w.dot(u) * uv) / determinant;
  const double discriminant = 0.25 * a * a + b;
  return discriminant >= 0 ? 0.5 * std::fabs(a) + std::sqrt(discriminant) : std::sqrt(-b);
}

// P^T p, one row of P after the other: no blocked product, whose order of summation depends on the
// machine.
Point pushed(const Matrix& transposed, const Point& p) {
  Point next = Point::Zero(p.size());
  for (Index i = 0; i < p.size(); ++i) {
    const double mass = p(i);
    const double* __restrict__ row = transposed.col(i).data();
    double* __restrict__ out = next.data();
    for (Index j = 0; j < next.size(); ++j) {
      out[j] += mass * row[j];
    }
  }
  return next;
}

}  // namespace

int CellGrid::cellOf(double x) const {
  const double position = (x - low) / (high - low) * cells;
  return position >= cells ? cells - 1 : (position > 0 ? static_cast<int>(position) : 0);
}

Column CellGrid::edges() const {
  Column x(cells + 1);
  for (int i = 0; i <= cells; ++i) {
    x(i) = edge(i);
  }
  return x;
}

Column CellGrid::centres() const {
  Column x(cells);
  for (int i = 0; i < cells; ++i) {
    x(i) = centre(i);
  }
  return x;
}

Matrix langevinTransitions(const Objective& f, const CellGrid& grid, double alpha, double beta) {
  // The Gauss rule of three points stands for the points of a cell.
  constexpr double points[] = {-0.77459666924148338, 0, 0.77459666924148338};
  constexpr double weights[] = {5.0 / 18, 8.0 / 18, 5.0 / 18};
  const double deviation = std::sqrt(2 * alpha / beta);
  Matrix transitions = Matrix::Zero(grid.cells, grid.cells);
  for (int k = 0; k < 3; ++k) {
    const Column means = afterDescent(f, grid.centres() + 0.5 * grid.width() * points[k], alpha);
    for (int i = 0; i < grid.cells; ++i) {
      addNormal(grid, means(i), deviation, weights[k], i, transitions);
    }
  }
  return transitions;
}

Matrix sgdTransitions(const Objective& f, const CellGrid& grid, double alpha) {
  const int terms = f.terms();
  const Column edges = grid.edges();
  Block images(edges.size(), terms), g(edges.size(), 1);
  for (int i = 0; i < terms; ++i) {
    f.termGradient(edges, IndexColumn::Constant(edges.size(), i), g);
    images.col(i) = edges - alpha * g.col(0);
  }
  return moveTransitions(grid, images, Column::Constant(terms, 1.0 / terms));
}

Matrix moveTransitions(const CellGrid& grid, const Block& images, const ColumnIn& probability) {
  Matrix transitions = Matrix::Zero(grid.cells, grid.cells);
  for (Index k = 0; k < images.cols(); ++k) {
    for (int i = 0; i < grid.cells; ++i) {
      addEven(grid, images(i, k), images(i + 1, k), probability(k), i, transitions);
    }
  }
  return transitions;
}

Column afterStep(const Matrix& transitions, const ColumnIn& p) {
  return pushed(transitions.transpose(), p.matrix()).array();
}

// The states are taken out from the last on: what is left is the walk watched only while it is in
// the others, whose stationary law has the same proportions. Then they are put back one by one.
Column stationaryLaw(const Matrix& transitions) {
  Matrix A = transitions.transpose();  // column i: the hops from i
  const Index g = A.cols();
  Column leaving(g);
  for (Index n = g - 1; n > 0; --n) {
    leaving(n) = A.col(n).head(n).sum();
    if (!(leaving(n) > 0)) {
      continue;
    }
    for (Index i = 0; i < n; ++i) {
      A.col(i).head(n) += A(n, i) / leaving(n) * A.col(n).head(n);
    }
  }
  Column p = Column::Zero(g);
  p(0) = 1;
  for (Index n = 1; n < g; ++n) {
    double inflow = 0;
    for (Index i = 0; i < n; ++i) {
      inflow += p(i) * A(n, i);
    }
    if (!(leaving(n) > 0)) {
      // No way back from n: nothing but it and what it reaches is visited forever, if it is
      // reached.
      if (inflow > 0) {
        p.head(n).setZero();
        inflow = 1;
      }
      p(n) = inflow;
      continue;
    }
    p(n) = inflow / leaving(n);
  }
  return p / p.sum();
}

SpectralGap spectralGap(const Matrix& transitions, int iterations) {
  const Matrix transposed = transitions.transpose();
  const Point limit = stationaryLaw(transitions).matrix();
  const auto withoutLimit = [&](Point v) {
    v -= v.sum() * limit;
    return v;
  };
  const Index g = limit.size();
  // Neither even nor odd about the middle.
  Point v(g);
  for (Index i = 0; i < g; ++i) {
    const double u = static_cast<double>(i) / static_cast<double>(g - 1);
    v(i) = (u - 0.4) * (1 + u * u);
  }
  v = withoutLimit(v);
  SpectralGap gap;
  // Several eigenvalues of one modulus turn about one another for ever; they grow like a power of
  // it all the same.
  double logGrowth = 0;
  int stepsOfGrowth = 0;
  for (int k = 0; k + 2 <= iterations && !gap.converged; k += 2) {
    const double scale = v.cwiseAbs().maxCoeff();
    if (!(scale > 0)) {
      return {0, true};
    }
    if (2 * k > iterations) {
      logGrowth += numeric::log(scale);
      stepsOfGrowth += 2;
    }
    v /= scale;
    const Point u = withoutLimit(pushed(transposed, v));
    const Point w = withoutLimit(pushed(transposed, u));
    const double modulus = leadingModulus(v, u, w);
    gap.converged = std::fabs(modulus - gap.secondEigenvalue) <= 1e-13 * modulus;
    gap.secondEigenvalue = modulus;
    v = w;
  }
  if (!gap.converged && stepsOfGrowth > 0) {
    gap.secondEigenvalue = numeric::exp(logGrowth / stepsOfGrowth);
  }
  return gap;
}

}  // namespace wv
