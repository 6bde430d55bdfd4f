// Uniformly random orders of 0 .. n - 1, one for each replicate. As with the fills, the order of a
// replicate is a pure function of its address: splitting the block changes no bit.
#pragma once

#include "numeric/block.hpp"
#include "random/address.hpp"

namespace wv {

// R x n, column-major: column k is position k of every replicate's order.
using IndexTable = Eigen::ArrayXXi;
using IndexTableOut = Eigen::Ref<IndexTable>;

// The shuffle of R. A. Fisher and F. Yates, forwards (Knuth, The Art of Computer Programming 2,
// Algorithm 3.4.2P). Each of the n! orders has a probability within a factor 1 +- n 2^-65 of 1/n!.
// Consumes n slots, one for each position.
void fillPermutations(const Address& address, IndexTableOut order);

// The same shuffle in parts, for a walk that wants the cost spread over its steps: after
// startPermutations, shufflePositions settles the positions begin .. end - 1, provided that those
// before `begin` are settled. Settled positions do not change again.
void startPermutations(IndexTableOut order);
void shufflePositions(const Address& address, int begin, int end, IndexTableOut order);

}  // namespace wv
