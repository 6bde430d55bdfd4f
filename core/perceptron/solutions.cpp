#include "perceptron/solutions.hpp"

#include <algorithm>
#include <numeric>

namespace wv {
namespace {

std::size_t rootOf(std::vector<std::size_t>& parent, std::size_t k) {
  while (parent[k] != k) {
    parent[k] = parent[parent[k]];
    k = parent[k];
  }
  return k;
}

}  // namespace

SolutionClusters clusterSolutions(const std::vector<WeightBits>& solutions, int d) {
  std::vector<std::size_t> order(solutions.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return solutions[a] < solutions[b]; });
  std::vector<std::size_t> parent(solutions.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  for (std::size_t k = 0; k < solutions.size(); ++k) {
    for (int j = 0; j < d; ++j) {
      const WeightBits flipped = solutions[k] ^ (WeightBits{1} << j);
      const auto found =
          std::lower_bound(order.begin(), order.end(), flipped,
                           [&](std::size_t a, WeightBits bits) { return solutions[a] < bits; });
      if (found != order.end() && solutions[*found] == flipped) {
        parent[rootOf(parent, *found)] = rootOf(parent, k);
      }
    }
  }
  std::vector<int> size(solutions.size(), 0);
  for (std::size_t k = 0; k < solutions.size(); ++k) {
    ++size[rootOf(parent, k)];
  }
  SolutionClusters clusters;
  for (std::size_t k = 0; k < solutions.size(); ++k) {
    clusters.sizeOf.push_back(size[rootOf(parent, k)]);
    if (parent[k] == k) {
      clusters.sizes.push_back(size[k]);
    }
  }
  std::sort(clusters.sizes.rbegin(), clusters.sizes.rend());
  return clusters;
}

std::vector<int> solutionsNear(const std::vector<WeightBits>& solutions, std::size_t count,
                               int radius) {
  std::vector<int> near;
  for (std::size_t k = 0; k < std::min(count, solutions.size()); ++k) {
    const auto others = std::count_if(solutions.begin(), solutions.end(), [&](WeightBits other) {
      return hammingDistance(other, solutions[k]) <= radius;
    });
    near.push_back(static_cast<int>(others) - 1);
  }
  return near;
}

WeightBits bitsOfWeights(const std::vector<std::int8_t>& w) {
  WeightBits bits = 0;
  for (std::size_t j = 0; j < w.size(); ++j) {
    bits |= (w[j] > 0 ? WeightBits{1} : WeightBits{0}) << j;
  }
  return bits;
}

}  // namespace wv
