// How the solutions of a small binary perceptron lie to one another.
#pragma once

#include <cstdint>
#include <vector>

namespace wv {

// A weight vector as bits: bit j is set where w_j = +1.
using WeightBits = std::uint32_t;

int hammingDistance(WeightBits a, WeightBits b);
WeightBits bitsOfWeights(const std::vector<std::int8_t>& w);

// The weights whose bits are the place of a vector within a word of 64.
constexpr int lowWeights = 6, lanes = 64;

// The lanes of the opposite weights.
std::uint64_t oppositeLanes(std::uint64_t which);

// Of the 2^d weight vectors those that are in it, a bit for each: lane l of word h is the vector
// whose lowest six weights have the bits l and whose others have the bits h.
class SolutionSet {
 public:
  // d >= 7
  explicit SolutionSet(int d);

  int dimension() const { return d_; }
  const std::vector<std::uint64_t>& words() const { return words_; }
  void add(WeightBits high, std::uint64_t which) { words_[high] |= which; }
  void take(WeightBits high, std::uint64_t which) { words_[high] &= ~which; }
  bool holds(WeightBits w) const { return (words_[w >> lowWeights] >> w % lanes & 1) != 0; }

 private:
  int d_;
  std::vector<std::uint64_t> words_;
};

// Clusters of solutions that single flips connect, by their sizes, the largest first; and for each
// of the solutions asked for the size of its own.
struct SolutionClusters {
  std::vector<int> sizes;
  std::vector<int> sizeOf;
};

SolutionClusters clusterSolutions(const SolutionSet& solutions,
                                  const std::vector<WeightBits>& asked);

// How many others are at most `radius` flips away from a solution.
class Neighbourhoods {
 public:
  // The solutions must outlive it.
  Neighbourhoods(const SolutionSet& solutions, int radius);

  // What one count takes: so many words of 64 are looked at.
  std::size_t words() const { return places_.size(); }
  int count(WeightBits solution) const;

 private:
  const SolutionSet& solutions_;
  int radius_;
  // Words that may hold neighbours, where these are fewer: all with a solution in them, or those so
  // few flips away, by the flips.
  bool areFlips_;
  std::vector<WeightBits> places_;
};

}  // namespace wv
