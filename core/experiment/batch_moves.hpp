// Every batch of a finite sum on the line as a move of its points.
#pragma once

#include "method/sampler.hpp"
#include "objective/objective.hpp"

namespace wv {

struct BatchMoves {
  Block images;        // (k, m): where the batch number m leads the point number k
  Column probability;  // of each batch, sum 1
  bool complete = false;
};

// x -> x - alpha g_B(x) at the k points, for every batch of `batch` terms drawn with replacement
// (order does not count) or distinct, if these are at most `most`. Otherwise of `most` drawn
// batches, all equally likely. The objective has dim() == 1.
BatchMoves batchMoves(const Objective& objective, const ColumnIn& points, double alpha,
                      Sampling sampling, int batch, int most, std::uint32_t seed);

}  // namespace wv
