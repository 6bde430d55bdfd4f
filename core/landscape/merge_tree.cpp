#include "landscape/merge_tree.hpp"

#include <algorithm>
#include <numeric>

namespace wv {
namespace {

// The vertices around one, on a grid of any dimension.
class Neighbours {
 public:
  explicit Neighbours(std::span<const int> extents) : extents_(extents.begin(), extents.end()) {
    strides_.assign(extents_.size(), 1);
    for (std::size_t k = extents_.size() - 1; k > 0; --k) {
      strides_[k - 1] = strides_[k] * extents_[k];
    }
  }

  // Kept until the next call.
  const std::vector<int>& of(int vertex) {
    found_.assign(1, vertex);
    for (std::size_t k = 0; k < extents_.size(); ++k) {
      const int place = vertex / strides_[k] % extents_[k];
      const std::size_t known = found_.size();
      for (std::size_t i = 0; i < known; ++i) {
        if (place > 0) {
          found_.push_back(found_[i] - strides_[k]);
        }
        if (place + 1 < extents_[k]) {
          found_.push_back(found_[i] + strides_[k]);
        }
      }
    }
    found_.erase(found_.begin());
    return found_;
  }

 private:
  std::vector<int> extents_, strides_, found_;
};

class UnionFind {
 public:
  explicit UnionFind(std::size_t count) : parent_(count, -1) {}

  bool holds(int vertex) const { return parent_[at(vertex)] >= 0; }
  void add(int vertex) { parent_[at(vertex)] = vertex; }
  // Halves the path that it walks.
  int rootOf(int vertex) {
    while (parent_[at(vertex)] != vertex) {
      parent_[at(vertex)] = parent_[at(parent_[at(vertex)])];
      vertex = parent_[at(vertex)];
    }
    return vertex;
  }
  void join(int root, int other) { parent_[at(other)] = root; }

 private:
  static std::size_t at(int vertex) { return static_cast<std::size_t>(vertex); }

  std::vector<int> parent_;
};

std::vector<int> byValue(std::span<const double> values) {
  std::vector<int> order(values.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    const double fa = values[static_cast<std::size_t>(a)];
    const double fb = values[static_cast<std::size_t>(b)];
    return fa < fb || (fa == fb && a < b);
  });
  return order;
}

}  // namespace

MergeTree mergeTree(std::span<const double> values, std::span<const int> extents) {
  Neighbours neighbours(extents);
  UnionFind water(values.size());
  std::vector<int> lakeOfRoot(values.size(), -1);
  MergeTree tree;
  tree.branch.assign(values.size(), -1);
  const std::vector<int> order = byValue(values);
  const double highest = values[static_cast<std::size_t>(order.back())];
  for (const int vertex : order) {
    const double level = values[static_cast<std::size_t>(vertex)];
    water.add(vertex);
    int& lake = lakeOfRoot[static_cast<std::size_t>(vertex)];
    int root = vertex;
    for (const int neighbour : neighbours.of(vertex)) {
      if (!water.holds(neighbour) || water.rootOf(neighbour) == root) {
        continue;
      }
      const int other = water.rootOf(neighbour);
      const int met = lakeOfRoot[static_cast<std::size_t>(other)];
      const int mine = lakeOfRoot[static_cast<std::size_t>(root)];
      if (mine >= 0) {
        Lake& younger = tree.lakes[static_cast<std::size_t>(std::max(met, mine))];
        younger.merge = level;
        younger.saddle = vertex;
        younger.into = std::min(met, mine);
      }
      water.join(other, root);
      root = other;
      lakeOfRoot[static_cast<std::size_t>(root)] = mine < 0 ? met : std::min(met, mine);
    }
    if (root == vertex) {
      lake = static_cast<int>(tree.lakes.size());
      tree.lakes.push_back({vertex, level, highest, -1, -1});
    }
    tree.branch[static_cast<std::size_t>(vertex)] = lakeOfRoot[static_cast<std::size_t>(root)];
  }
  return tree;
}

MergeTree resolvedLakes(const MergeTree& tree, std::span<const double> values,
                        std::span<const int> extents) {
  Neighbours neighbours(extents);
  // Of every lake, the number that it has among those kept: its own, or that of the lake it is in.
  std::vector<int> kept;
  MergeTree resolved;
  for (const Lake& lake : tree.lakes) {
    double rise = 0;
    for (const int neighbour : neighbours.of(lake.bottom)) {
      rise = std::max(rise, values[static_cast<std::size_t>(neighbour)] - lake.birth);
    }
    // Of heights that are infinite, where f is undefined, the difference is none.
    if (lake.into >= 0 && !(lake.merge - lake.birth > rise)) {
      kept.push_back(kept[static_cast<std::size_t>(lake.into)]);
      continue;
    }
    kept.push_back(static_cast<int>(resolved.lakes.size()));
    resolved.lakes.push_back(lake);
    if (lake.into >= 0) {
      resolved.lakes.back().into = kept[static_cast<std::size_t>(lake.into)];
    }
  }
  resolved.branch = tree.branch;
  for (int& lake : resolved.branch) {
    lake = kept[static_cast<std::size_t>(lake)];
  }
  return resolved;
}

int lakesAt(const MergeTree& tree, double level) {
  return static_cast<int>(
      std::count_if(tree.lakes.begin(), tree.lakes.end(), [level](const Lake& lake) {
        return lake.birth <= level && (lake.into < 0 || lake.merge > level);
      }));
}

int lakeOf(const MergeTree& tree, std::span<const double> values, int vertex, double level) {
  if (values[static_cast<std::size_t>(vertex)] > level) {
    return -1;
  }
  int lake = tree.branch[static_cast<std::size_t>(vertex)];
  while (tree.lakes[static_cast<std::size_t>(lake)].into >= 0 &&
         tree.lakes[static_cast<std::size_t>(lake)].merge <= level) {
    lake = tree.lakes[static_cast<std::size_t>(lake)].into;
  }
  return lake;
}

}  // namespace wv
