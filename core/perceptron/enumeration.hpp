// All weight vectors of a small binary perceptron, one after the other.
#pragma once

#include <cstdint>
#include <vector>

#include "perceptron/instance.hpp"
#include "perceptron/solutions.hpp"

namespace wv {

constexpr int largestEnumerated = 27;  // d
constexpr int mostEnumeratedPatterns = 63;

// 64 at a time: the six lowest weights run through their patterns in the 64 bits of a word, and
// what they add to w . x_i is looked up; the errors of the 64 are then counted in bit planes. Only
// half are gone through, those whose highest weight is -1: E(-w) = n - E(w).
class PerceptronEnumeration {
 public:
  // The instance has 7 <= d <= largestEnumerated and n <= mostEnumeratedPatterns.
  explicit PerceptronEnumeration(const PerceptronInstance& instance);

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
  // Those without an error.
  const SolutionSet& solutions() const { return solutions_; }
  // Entry k of 0 .. d: how many of them differ from the instance's teacher in k weights.
  const std::vector<double>& solutionsByDistance() const { return byDistance_; }
  // All of them in the order in which they were found; of more than `most`, every second, or every
  // third, and so on.
  std::vector<WeightBits> sample(std::size_t most) const;

 private:
  void block(std::uint32_t high);
  void keep(std::uint32_t high, std::uint64_t right, std::uint64_t wrong);
  std::uint32_t oppositeWord(std::uint32_t high) const;

  int d_, n_;
  std::uint32_t next_ = 0, blocks_;
  std::vector<std::uint32_t> highBits_;  // of each pattern, above the lowest six
  // Of each pattern, at 8 * i + m: the lanes whose low weights agree with it in at most m places.
  std::vector<std::uint64_t> agreeAtMost_;
  std::uint32_t teacherHighBits_;
  // Of the teacher, at m: the lanes whose low weights differ from its in m places.
  std::vector<std::uint64_t> differIn_;
  std::vector<double> histogram_, byPatterns_, byDistance_;
  SolutionSet solutions_;
};

}  // namespace wv
