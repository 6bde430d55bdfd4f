// All weight vectors of a small binary perceptron, one after the other.
#pragma once

#include <cstdint>
#include <vector>

#include "perceptron/instance.hpp"

namespace wv {

constexpr int largestEnumerated = 27;  // d
constexpr int mostEnumeratedPatterns = 63;

// A weight vector as bits: bit j is set where w_j = +1.
using WeightBits = std::uint32_t;

int hammingDistance(WeightBits a, WeightBits b);

// 64 at a time: the six lowest weights run through their patterns in the 64 bits of a word, and
// what they add to w . x_i is looked up; the errors of the 64 are then counted in bit planes. Only
// half are gone through, those whose highest weight is -1: E(-w) = n - E(w).
class PerceptronEnumeration {
 public:
  // The instance has 7 <= d <= largestEnumerated and n <= mostEnumeratedPatterns. At most
  // `mostSolutions` are kept, all are counted.
  PerceptronEnumeration(const PerceptronInstance& instance, std::size_t mostSolutions);

  // So many more blocks of 64, or fewer at the end.
  void advance(std::uint32_t blocks);

  bool isFinished() const { return next_ == blocks_; }
  // Of 2^d, both halves counted.
  double vectorsDone() const { return 128.0 * next_; }
  std::uint32_t blocks() const { return blocks_; }

  // Entry e of 0 .. n: how many of those gone through, and of their opposites, err on e patterns.
  const std::vector<double>& histogram() const { return histogram_; }
  // Entry m of 0 .. n: how many of these err on none of the first m patterns.
  const std::vector<double>& solutionsByPatterns() const { return byPatterns_; }
  // Those without an error, as they were found.
  const std::vector<WeightBits>& solutions() const { return solutions_; }

 private:
  void block(std::uint32_t high);
  void keep(std::uint64_t lanes, std::uint32_t high, bool opposite);

  int d_, n_;
  std::size_t mostSolutions_;
  std::uint32_t next_ = 0, blocks_;
  std::vector<std::uint32_t> highBits_;  // of each pattern, above the lowest six
  // Of each pattern, at 8 * i + m: the lanes whose low weights agree with it in at most m places.
  std::vector<std::uint64_t> agreeAtMost_;
  std::vector<double> histogram_, byPatterns_;
  std::vector<WeightBits> solutions_;
};

}  // namespace wv
