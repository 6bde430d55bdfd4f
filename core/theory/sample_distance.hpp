// How far the shares of a finite sample are from a law, on average and from sample to sample, when
// the sample comes from another law.
#pragma once

#include "numeric/block.hpp"

namespace wv {

// For the shares s of `count` independent points of the law p, over the cells of p and q: the
// expectation of klDivergence(s, q), which is KL(p | q) and what chance adds,
// sum_i E[N_i log(N_i / count p_i)] / count, N_i the number of points in cell i. That sum is about
// (occupied cells - 1)/(2 count); a cell with few expected points adds less, and is summed by
// Poisson's law. Within some per cent of the added part. q is taken as at least 1e-300.
double expectedSampleKl(const ColumnIn& p, const ColumnIn& q, double count);

// The expectation of totalVariation(s, q): the mean moduli of the cells, by Poisson's law below 30
// expected points and by the normal law above.
double expectedSampleTotalVariation(const ColumnIn& p, const ColumnIn& q, double count);

// KL(s | q) with q taken as at least 1e-300, and the standard deviation that sampling gives it: the
// delta method's sqrt(Var_s(log s/q)/count), in which what chance puts into s is replaced by what
// it does to KL near s = q, (occupied - 1)/(2 count^2).
struct SampleDistance {
  double value = 0, standardError = 0;
};
SampleDistance sampleKl(const ColumnIn& s, const ColumnIn& q, double count);

// With A the cells where s > q: s(A) - q(A), and sqrt(s(A)(1 - s(A))/count).
SampleDistance sampleTotalVariation(const ColumnIn& s, const ColumnIn& q, double count);

}  // namespace wv
