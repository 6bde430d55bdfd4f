// What an ensemble says of one order of sampling at the end of an epoch.
#pragma once

#include "numeric/block.hpp"

namespace wv {

// Each with its standard error over the replicates; 0 where one replicate says nothing. For several
// weights the bias is |E x - x*| and the variance E |x - E x|^2.
struct OrderStatistics {
  double gap = 0, gapError = 0;
  double bias = 0, biasError = 0;
  double variance = 0, varianceError = 0;

  bool isFinite() const;
};

// x is R x d; `gap` has R entries.
OrderStatistics orderStatistics(const BlockIn& x, const PointIn& minimizer, const ColumnIn& gap);

}  // namespace wv
