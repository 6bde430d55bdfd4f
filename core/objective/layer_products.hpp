// The three products of a fully connected layer, on a tile of samples.
//
// A tile is tileSamples x units, column-major: one unit is contiguous over its samples, so that the
// loops vectorise over samples. Each sum runs from its first index to its last, one after the
// other, and starts from what the output holds: the bits depend neither on how samples are split
// into tiles nor on the machine.
#pragma once

#include "numeric/block.hpp"

namespace wv {

inline constexpr Eigen::Index tileSamples = 32;
// Loops go over so many numbers at a time, in registers. Tiles and their transposes hold whole
// groups of them; what fills up the last group takes part in no sum that is read.
inline constexpr Eigen::Index laneGroup = 8;

constexpr Eigen::Index wholeGroups(Eigen::Index count) {
  return (count + laneGroup - 1) / laneGroup * laneGroup;
}

// The weights of a layer, row-major: those into unit 0, then those into unit 1, ...
struct LayerWeights {
  const double* weights;
  Eigen::Index units, inputs;
};

// output(:, p) += sum_q w[p, q] input(:, q), for the first `samples` rows, rounded up to groups.
void addForward(const LayerWeights& layer, Eigen::Index samples, const double* input,
                double* output);
// inputSlope(:, q) += sum_p w[p, q] slope(:, p)
void addBackward(const LayerWeights& layer, Eigen::Index samples, const double* slope,
                 double* inputSlope);
// sums[p, q] += sum_k slope(k, p) transposed(q, k) over exactly `samples` samples k: row-major like
// the weights. Column k of `transposed` has wholeGroups(inputs) entries.
void addOuter(Eigen::Index units, Eigen::Index inputs, Eigen::Index samples, const double* slope,
              const double* transposed, double* sums);

}  // namespace wv
