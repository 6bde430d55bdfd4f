// The chain on a grid: a walk on the line as a matrix of probabilities of hopping from cell to
// cell. The mass of a cell is taken to be spread evenly over it (S. Ulam's method, 1960), and what
// leaves the grid is put into its end cells, so that rows add up to 1.
#pragma once

#include "numeric/block.hpp"
#include "objective/objective.hpp"

namespace wv {

// g equal cells over [low, high]. low < high, 2 <= cells.
struct CellGrid {
  double low = -1, high = 1;
  int cells = 100;

  double width() const { return (high - low) / cells; }
  double edge(int i) const { return low + (high - low) * i / cells; }
  double centre(int i) const { return low + (high - low) * (i + 0.5) / cells; }
  // The cell of x, the end cells for what lies outside.
  int cellOf(double x) const;
  Column edges() const;    // [g + 1]
  Column centres() const;  // [g]
};

// g x g; entry (i, j) is the probability of hopping from cell i to cell j. f has dim() == 1.

// x <- x - alpha f'(x) + sqrt(2 alpha/beta) N(0, 1).
Matrix langevinTransitions(const Objective& f, const CellGrid& grid, double alpha, double beta);
// x <- x - alpha l_i'(x), i uniform on the terms of the finite sum: SGD with batch 1.
Matrix sgdTransitions(const Objective& f, const CellGrid& grid, double alpha);
// x <- T_k(x) with probability probability(k), for any maps: images(i, k) = T_k(edge(i)), (g + 1) x
// m. A map is taken to be affine within a cell, which is exact for SGD on quadratics.
Matrix moveTransitions(const CellGrid& grid, const Block& images, const ColumnIn& probability);

// [g]: the law one step later, P^T p.
Column afterStep(const Matrix& transitions, const ColumnIn& p);
// [g]: the p with P^T p = p and sum 1, by elimination without subtractions (W. K. Grassmann,
// M. I. Taksar, D. P. Heyman, Oper. Res. 33 (1985)): accurate however slowly powers converge to it.
// Cost g^3/3. One of several such p if the chain falls into parts.
Column stationaryLaw(const Matrix& transitions);

struct SpectralGap {
  // |lambda_2|, the second largest modulus of an eigenvalue: the factor by which a late step brings
  // the law closer to the stationary one. The gap is 1 - |lambda_2|.
  double secondEigenvalue = 0;
  bool converged = false;
};
// The spectrum is that of the matrix. With Gaussian noise over several cells it is the chain's; of
// bare moves, whose law may be rough on any scale, it need not be.
//
// By power iteration with the stationary law taken out, at most `iterations` (each costs g^2). Not
// converged where more than two eigenvalues share the modulus; it is then known to about
// 1/iterations.
SpectralGap spectralGap(const Matrix& transitions, int iterations = 4000);

}  // namespace wv
