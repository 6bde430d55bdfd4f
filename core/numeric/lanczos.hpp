// The spectrum of a large symmetric matrix that is known by its products with vectors alone.
#pragma once

#include "numeric/block.hpp"

namespace wv::numeric {

// A view of a symmetric d x d matrix: anything callable as map(const Point& v) -> Point. It must
// outlive the view. A pointer and a context, because std::function costs more in the page.
class SymmetricMap {
 public:
  template <class Map>
  SymmetricMap(const Map& map)  // NOLINT: implicit, so that a lambda can be passed as it is
      : context_(&map), call_([](const void* context, const Point& v) -> Point {
          return (*static_cast<const Map*>(context))(v);
        }) {}

  Point operator()(const Point& v) const { return call_(context_, v); }

 private:
  const void* context_;
  Point (*call_)(const void* context, const Point& v);
};

// What the Krylov space of a start v tells: Ritz values, ascending; for each the squared first
// component of its vector, and a bound on its distance from an eigenvalue. The weights sum to 1,
// and sum_k weight_k g(value_k) is the Gauss quadrature of v^T g(A) v / |v|^2, exact for
// polynomials g of degree 2 steps - 1 (G. H. Golub, G. Meurant, Matrices, Moments and Quadrature,
// 2010).
struct RitzValues {
  Point values, weights, residuals;
};

// Lanczos with full reorthogonalisation, done twice (B. N. Parlett, The Symmetric Eigenvalue
// Problem, 1980, chapters 6 and 13). At most `steps` products, 1 <= steps <= d; fewer when the
// Krylov space is exhausted. Of a multiple eigenvalue it sees one copy. `start` has no NaN and is
// not 0. Keeps `steps` vectors.
RitzValues lanczos(const SymmetricMap& matrix, const Point& start, int steps);

// The spectral density as the mean of the quadratures from several random starts of independent
// signs (L. Lin, Y. Saad, C. Yang, "Approximating spectral densities of large matrices", SIAM
// Review 58 (2016)).
struct SpectralDensity {
  // Ascending; weight k estimates the share of the d eigenvalues near value k. Sum 1.
  Point values, weights;
  // Hutchinson's estimate of the trace (Comm. Stat. Simul. Comput. 19 (1990)): the mean of v^T A v
  // over the starts, and its standard error (NaN of one start).
  double trace = 0, traceStandardError = 0;

  // The share of the eigenvalues with |value| <= limit.
  double shareWithin(double limit) const;
};

// Each column of `starts` (d x k) holds independent entries +-1.
SpectralDensity spectralDensity(const SymmetricMap& matrix, const Matrix& starts, int steps);

}  // namespace wv::numeric
