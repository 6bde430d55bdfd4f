// Summaries of a sample. Sums are taken in a fixed order that depends on the length alone, so they
// have the same bits on every compiler and machine; they are pairwise, so the rounding error grows
// with log n and not with n.
//
// NaN entries make the result NaN; so does a sample too small for the quantity.
#pragma once

#include "numeric/block.hpp"

namespace wv::numeric {

// 0 for n = 0.
double sum(const double* x, Eigen::Index n);
double sum(const ColumnIn& x);

double mean(const ColumnIn& x);

// Mean squared deviation from the mean, divided by n and by n - 1.
double populationVariance(const ColumnIn& x);
double sampleVariance(const ColumnIn& x);

// Of the mean of independent entries: sqrt(sampleVariance / n).
double standardError(const ColumnIn& x);

// The p-quantile, 0 <= p <= 1, by linear interpolation between order statistics at (n - 1) p: type
// 7 of Hyndman and Fan, "Sample quantiles in statistical packages", Am. Stat. 50 (1996). NaN for
// any other p. Infinite entries are ordered like numbers.
double quantile(const ColumnIn& x, double p);

}  // namespace wv::numeric
