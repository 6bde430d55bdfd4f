#include "theory/first_passage.hpp"

#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"
#include "numeric/quadrature.hpp"
#include "numeric/statistics.hpp"
#include "numeric/symmetric_eigen.hpp"

namespace wv {
namespace {

using Eigen::Index;

using numeric::twoPi;

// -L on n equal cells over [low, high] with the law's weights: hops between neighbours i and i + 1
// at the rates conductance(i)/mass(i) and conductance(i)/mass(i + 1).
struct CellDiffusion {
  Column mass;         // [n], sum 1
  Column conductance;  // [n - 1]
  Index split = 0;     // the cell that holds the median

  CellDiffusion(const GibbsLaw& law, Index n) : conductance(n - 1) {
    const double width = (law.high() - law.low()) / static_cast<double>(n);
    const auto pointAt = [&](double cells) { return law.low() + width * cells; };
    Column centres(n), edges(n - 1);
    for (Index i = 0; i < n; ++i) {
      centres(i) = pointAt(static_cast<double>(i) + 0.5);
    }
    for (Index i = 0; i + 1 < n; ++i) {
      edges(i) = pointAt(static_cast<double>(i) + 1);
    }
    mass = law.density(centres);
    const double total = numeric::sum(mass);
    mass /= total;
    conductance = law.density(edges) / (total * law.beta() * width * width);
    double upToSplit = mass(0);
    while (upToSplit < 0.5) {
      ++split;
      upToSplit += mass(split);
    }
  }

  double product(const Column& a, const Column& b) const { return numeric::sum(mass * a * b); }
  void removeMean(Column& u) const { u -= numeric::sum(mass * u); }

  // The u of mean 0 with -L u = h, for an h of mean 0. The flux through an edge is what h adds up
  // to on one side of it: on the outer side, where the sum has few terms and no cancellation.
  Column solve(const Column& h) const {
    const Index n = mass.size();
    Column flux(n - 1);
    double sum = 0;
    for (Index i = 0; i < split; ++i) {
      sum += mass(i) * h(i);
      flux(i) = sum;
    }
    sum = 0;
    for (Index i = n - 2; i >= split; --i) {
      sum += mass(i + 1) * h(i + 1);
      flux(i) = -sum;
    }
    Column u(n);
    u(0) = 0;
    for (Index i = 0; i + 1 < n; ++i) {
      u(i + 1) = u(i) - flux(i) / conductance(i);
    }
    removeMean(u);
    return u;
  }
};

// By inverse iteration, whose rate is the ratio of the two least eigenvalues.
double leastEigenvalue(const CellDiffusion& diffusion) {
  constexpr int mostIterations = 500;
  const Index n = diffusion.mass.size();
  Column h = Column::LinSpaced(n, 0, static_cast<double>(n - 1));
  diffusion.removeMean(h);
  double eigenvalue = 0;
  for (int i = 0; i < mostIterations; ++i) {
    const Column u = diffusion.solve(h);
    const double next = diffusion.product(h, h) / diffusion.product(h, u);
    const bool settled = std::fabs(next - eigenvalue) <= 1e-13 * next;
    eigenvalue = next;
    if (settled) {
      break;
    }
    h = u / std::sqrt(diffusion.product(u, u));
  }
  return eigenvalue;
}

}  // namespace

double meanFirstPassageTime(const GibbsLaw& law, double start, double target) {
  if (start == target) {
    return 0;
  }
  const bool right = start < target;
  // The mass behind a point over the density there is the inner integral times e^(beta f).
  const auto integrand = [&](const Column& y, Column& times) {
    for (Index i = 0; i < y.size(); ++i) {
      times(i) = right ? law.massBelow(y(i)) : law.massAbove(y(i));
    }
    times /= law.density(y);
  };
  const double low = right ? start : target, high = right ? target : start;
  std::vector<double> edges = {low};
  for (const CriticalPoint& point : law.criticalPoints()) {
    if (point.x > low && point.x < high) {
      edges.push_back(point.x);
    }
  }
  edges.push_back(high);
  return law.beta() * numeric::integratePanels(integrand, edges, 1e-10).value;
}

double kramersRate(const Matrix& minimumHessian, const Matrix& saddleHessian, double barrier,
                   double beta) {
  const Point atMinimum = numeric::symmetricEigen(minimumHessian).values;
  const Point atSaddle = numeric::symmetricEigen(saddleHessian).values;
  const double ratio = atMinimum.prod() / std::fabs(atSaddle.prod());
  return std::fabs(atSaddle(0)) / twoPi * std::sqrt(ratio) * numeric::exp(-beta * barrier);
}

double kramersRate(const CriticalPoint& minimum, const CriticalPoint& saddle, double beta) {
  return std::sqrt(minimum.curvature * std::fabs(saddle.curvature)) / twoPi *
         numeric::exp(-beta * (saddle.value - minimum.value));
}

double spectralGap(const GibbsLaw& law) {
  constexpr Index cells = 2048;
  const double coarse = leastEigenvalue(CellDiffusion(law, cells));
  const double fine = leastEigenvalue(CellDiffusion(law, 2 * cells));
  // The error falls with the square of the width.
  return (4 * fine - coarse) / 3;
}

}  // namespace wv
