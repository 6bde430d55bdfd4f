// How the solutions of a small binary perceptron lie to one another.
#pragma once

#include <vector>

#include "perceptron/enumeration.hpp"

namespace wv {

// Clusters of solutions that single flips connect, by their sizes, the largest first; and for each
// solution the size of its own.
struct SolutionClusters {
  std::vector<int> sizes;
  std::vector<int> sizeOf;
};

// d as in the weight bits; the solutions are distinct.
SolutionClusters clusterSolutions(const std::vector<WeightBits>& solutions, int d);

// Of each of the first `count` solutions, how many others are at most `radius` flips away.
std::vector<int> solutionsNear(const std::vector<WeightBits>& solutions, std::size_t count,
                               int radius);

WeightBits bitsOfWeights(const std::vector<std::int8_t>& w);

}  // namespace wv
