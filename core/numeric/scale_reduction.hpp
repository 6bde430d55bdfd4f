// Do many chains look at the same law? The split potential scale reduction of A. Gelman and
// D. B. Rubin (Stat. Sci. 7 (1992)), each chain cut into halves as in Gelman et al., Bayesian Data
// Analysis (2013), section 11.4.
#pragma once

#include <array>
#include <cstdint>

#include "numeric/block.hpp"

namespace wv::numeric {

// Collects a window of an even number of entries, chain by chain, without keeping them.
class ScaleReduction {
 public:
  // R chains of some quantities each; `window` >= 4, even.
  ScaleReduction(Eigen::Index chains, Eigen::Index quantities, std::uint32_t window);

  // Entry (r, q): the next value of quantity q in chain r. Not after isFull().
  void add(const BlockIn& values);
  bool isFull() const { return count_ == window_; }
  std::uint32_t window() const { return window_; }
  void restart(std::uint32_t window);

  // R-hat >= 0 of the full window, the largest over the quantities: the root of
  // ((n - 1)/n W + B)/W over the 2 R half chains of length n, W the mean of their variances and B
  // the variance of their means. For chains of one law with autocorrelation time tau about
  // sqrt(1 + tau/n), so that it says how many independent points a half chain is worth; larger when
  // chains stay apart, or drift. It cannot see a place that no chain has visited. Infinite when no
  // chain moves.
  double value() const;

 private:
  std::uint32_t window_, count_ = 0;
  Block origin_;                        // what the sums are taken about, so that little cancels
  std::array<Block, 2> sum_, squares_;  // of each half
};

}  // namespace wv::numeric
