#include "perceptron/solutions.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace wv {
namespace {

// The lanes in which weight k of the low ones is -1.
constexpr std::uint64_t minusLanes[lowWeights] = {0x5555555555555555, 0x3333333333333333,
                                                  0x0f0f0f0f0f0f0f0f, 0x00ff00ff00ff00ff,
                                                  0x0000ffff0000ffff, 0x00000000ffffffff};

// Lanes that one flip of a low weight leads to.
std::uint64_t besideLanes(std::uint64_t which) {
  std::uint64_t found = 0;
  for (int k = 0; k < lowWeights; ++k) {
    const int shift = 1 << k;
    found |= (which & minusLanes[k]) << shift | (which >> shift & minusLanes[k]);
  }
  return found;
}

// Takes clusters out of a set, a word of 64 vectors at a time.
class ClusterSearch {
 public:
  explicit ClusterSearch(const SolutionSet& solutions)
      : left_(solutions), reached_(solutions.words().size(), 0) {}

  const SolutionSet& left() const { return left_; }

  // Takes out the cluster of this one, which is in the set: how many there were.
  int takeOut(WeightBits w) {
    int size = 0;
    reach(w >> lowWeights, std::uint64_t{1} << w % lanes);
    while (!open_.empty()) {
      const WeightBits high = open_.back();
      open_.pop_back();
      size += spread(high);
    }
    return size;
  }

 private:
  void reach(WeightBits high, std::uint64_t which) {
    const std::uint64_t fresh = which & left_.words()[high];
    if (fresh == 0) {
      return;
    }
    left_.take(high, fresh);
    if (reached_[high] == 0) {
      open_.push_back(high);
    }
    reached_[high] |= fresh;
  }

  // On from what has been reached in this word: within it, then to the words beside it.
  int spread(WeightBits high) {
    std::uint64_t which = std::exchange(reached_[high], 0);
    for (std::uint64_t fresh = which; fresh != 0; which |= fresh) {
      fresh = besideLanes(which) & left_.words()[high];
      left_.take(high, fresh);
    }
    for (int j = lowWeights; j < left_.dimension(); ++j) {
      reach(high ^ WeightBits{1} << (j - lowWeights), which);
    }
    return std::popcount(which);
  }

  SolutionSet left_;
  std::vector<std::uint64_t> reached_;
  std::vector<WeightBits> open_;
};

// The numbers below 2^bits with at most `most` bits set.
std::vector<WeightBits> fewBits(int bits, int most) {
  std::vector<WeightBits> found = {0};
  for (int j = 0; j < bits; ++j) {
    const std::size_t known = found.size();
    for (std::size_t k = 0; k < known; ++k) {
      if (std::popcount(found[k]) < most) {
        found.push_back(found[k] | WeightBits{1} << j);
      }
    }
  }
  return found;
}

}  // namespace

int hammingDistance(WeightBits a, WeightBits b) { return std::popcount(a ^ b); }

WeightBits bitsOfWeights(const std::vector<std::int8_t>& w) {
  WeightBits bits = 0;
  for (std::size_t j = 0; j < w.size(); ++j) {
    bits |= (w[j] > 0 ? WeightBits{1} : WeightBits{0}) << j;
  }
  return bits;
}

std::uint64_t oppositeLanes(std::uint64_t which) {
  for (int k = 0; k < lowWeights; ++k) {
    const int shift = 1 << k;
    which = (which & minusLanes[k]) << shift | (which >> shift & minusLanes[k]);
  }
  return which;
}

SolutionSet::SolutionSet(int d) : d_(d), words_(std::size_t{1} << (d - lowWeights), 0) {}

SolutionClusters clusterSolutions(const SolutionSet& solutions,
                                  const std::vector<WeightBits>& asked) {
  ClusterSearch search(solutions);
  SolutionClusters clusters;
  clusters.sizeOf.assign(asked.size(), 0);
  for (WeightBits high = 0; high < solutions.words().size(); ++high) {
    while (search.left().words()[high] != 0) {
      const auto lane = static_cast<WeightBits>(std::countr_zero(search.left().words()[high]));
      clusters.sizes.push_back(search.takeOut(high << lowWeights | lane));
      for (std::size_t k = 0; k < asked.size(); ++k) {
        if (clusters.sizeOf[k] == 0 && !search.left().holds(asked[k])) {
          clusters.sizeOf[k] = clusters.sizes.back();
        }
      }
    }
  }
  std::sort(clusters.sizes.rbegin(), clusters.sizes.rend());
  return clusters;
}

Neighbourhoods::Neighbourhoods(const SolutionSet& solutions, int radius)
    : solutions_(solutions), radius_(radius) {
  const std::vector<std::uint64_t>& words = solutions.words();
  places_ = fewBits(solutions.dimension() - lowWeights, radius);
  const auto empty = std::count(words.begin(), words.end(), std::uint64_t{0});
  areFlips_ = places_.size() <= words.size() - static_cast<std::size_t>(empty);
  if (!areFlips_) {
    places_.clear();
    for (WeightBits high = 0; high < words.size(); ++high) {
      if (words[high] != 0) {
        places_.push_back(high);
      }
    }
  }
}

int Neighbourhoods::count(WeightBits solution) const {
  const WeightBits high = solution >> lowWeights;
  // Entry k: the lanes at most k flips from its own.
  std::vector<std::uint64_t> within = {std::uint64_t{1} << solution % lanes};
  for (int k = 0; k < radius_; ++k) {
    within.push_back(within.back() | besideLanes(within.back()));
  }
  int found = 0;
  for (const WeightBits place : places_) {
    const WeightBits flips = areFlips_ ? place : place ^ high;
    const int left = radius_ - std::popcount(flips);
    if (left >= 0) {
      found +=
          std::popcount(solutions_.words()[high ^ flips] & within[static_cast<std::size_t>(left)]);
    }
  }
  return found - 1;
}

}  // namespace wv
