// How a sample fills fixed bins, and how far that is from a law. What falls outside the bins is
// counted too, so that shares and masses always add up to 1.
#pragma once

#include <vector>

#include "numeric/block.hpp"

namespace wv::numeric {

// k equal bins over [low, high]; a bin holds its lower edge, the last one both.
class Histogram {
 public:
  // low < high, bins >= 1.
  Histogram(double low, double high, int bins);

  // Adds the entries of x. NaN, which only a diverged walker has, counts as above.
  void add(const ColumnIn& x);
  void clear();

  int bins() const { return static_cast<int>(edges_.size()) - 1; }
  double width() const { return (edges_.back() - edges_.front()) / bins(); }
  const std::vector<double>& edges() const { return edges_; }  // [k + 1]
  double total() const { return total_; }

  // [k + 2]: the share of the sample below the bins, in each, and above. Zeros for no sample.
  Column shares() const;
  // [k]: the shares in the bins over their width, a density by the side of the law's.
  Column density() const;

 private:
  std::vector<double> edges_;
  Column counts_;  // [k + 2]
  double total_ = 0;
};

// The same over a box in the plane: columns x rows equal cells.
class PlaneHistogram {
 public:
  // xMin < xMax, yMin < yMax; columns, rows >= 1.
  PlaneHistogram(double xMin, double xMax, int columns, double yMin, double yMax, int rows);

  // Adds the rows of x (R x 2).
  void add(const BlockIn& x);
  void clear();

  int columns() const { return columns_; }
  int rows() const { return rows_; }
  double total() const { return total_; }

  // [rows * columns + 1]: the share in each cell, cell (row, column) at row * columns + column with
  // row 0 at yMin; last, the share outside.
  Column shares() const;

 private:
  double xMin_, xMax_, yMin_, yMax_;
  int columns_, rows_;
  Column counts_;
  double total_ = 0;
};

// Of two vectors of shares over the same cells, each with sum 1.
//
// sum p log(p/q), in nats; 0 log 0 = 0, infinite if q = 0 where p > 0.
double klDivergence(const ColumnIn& p, const ColumnIn& q);
// sum |p - q| / 2.
double totalVariation(const ColumnIn& p, const ColumnIn& q);

// What chance alone makes of these distances: their expectations for the shares of `count`
// independent points of the law q itself, to leading order in 1/count (the cells with q > 0 less
// one over 2 count; sum sqrt(q (1 - q) / (2 pi count))).
double expectedKlDivergence(const ColumnIn& q, double count);
double expectedTotalVariation(const ColumnIn& q, double count);

// The Wasserstein distance W2 between a sample on the line and a law, by quantiles: the root of the
// mean of (x_(i) - Q((i + 1/2)/n))^2 over the sorted sample. `quantiles` (ascending, as many as the
// sample) are the law's Q((i + 1/2)/n), i = 0 .. n - 1. NaN or infinite if an entry is.
double wasserstein2(const ColumnIn& sample, const ColumnIn& quantiles);

}  // namespace wv::numeric
