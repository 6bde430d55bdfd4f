#include "landscape/merge_tree.hpp"

#include <doctest.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "objective/linear_network.hpp"
#include "objective_checks.hpp"

namespace {

using namespace wv;
using namespace wv::test;

// Components of {f <= level} by walking through each: as slow as it is simple.
int componentsByWalking(const std::vector<double>& values, int rows, int columns, double level) {
  std::vector<bool> seen(values.size(), false);
  const std::function<void(int, int)> walk = [&](int r, int c) {
    if (r < 0 || c < 0 || r >= rows || c >= columns) {
      return;
    }
    const auto at = static_cast<std::size_t>(r) * columns + c;
    if (seen[at] || values[at] > level) {
      return;
    }
    seen[at] = true;
    for (int dr = -1; dr <= 1; ++dr) {
      for (int dc = -1; dc <= 1; ++dc) {
        walk(r + dr, c + dc);
      }
    }
  };
  int count = 0;
  for (int k = 0; k < rows * columns; ++k) {
    const auto at = static_cast<std::size_t>(k);
    if (!seen[at] && values[at] <= level) {
      ++count;
      walk(k / columns, k % columns);
    }
  }
  return count;
}

std::vector<double> randomField(std::uint32_t seed, int count) {
  const Block numbers = seededBlock(seed, count, 1);
  return {numbers.data(), numbers.data() + count};
}

// f on a grid of `points` to each side over [-2, 2]^d.
std::vector<double> sampled(const Objective& f, int points) {
  Eigen::Index count = 1;
  for (int j = 0; j < f.dim(); ++j) {
    count *= points;
  }
  Block x(count, f.dim());
  for (Eigen::Index i = 0; i < count; ++i) {
    Eigen::Index rest = i;
    for (int j = f.dim() - 1; j >= 0; --j, rest /= points) {
      x(i, j) = -2 + 4.0 * static_cast<double>(rest % points) / (points - 1);
    }
  }
  Column values(count);
  f.value(x, values);
  return {values.begin(), values.end()};
}

MergeTree treeOf(const Objective& f, int points) {
  const std::vector<double> values = sampled(f, points);
  const std::vector<int> extents(static_cast<std::size_t>(f.dim()), points);
  return resolvedLakes(mergeTree(values, extents), values, extents);
}

}  // namespace

TEST_CASE("merge tree of a sequence: oracle 17") {
  const std::vector<double> f = {2, 0, 3, 1, 4, 0.5, 5};
  const MergeTree tree = mergeTree(f, std::vector<int>{7});
  REQUIRE(tree.lakes.size() == 3);
  CHECK(tree.lakes[0].birth == 0);
  CHECK(tree.lakes[0].into == -1);
  CHECK(tree.lakes[1].birth == 0.5);
  CHECK(tree.lakes[1].merge == 4);
  CHECK(tree.lakes[1].saddle == 4);
  CHECK(tree.lakes[1].into == 0);
  CHECK(tree.lakes[2].birth == 1);
  CHECK(tree.lakes[2].merge == 3);
  CHECK(tree.lakes[2].into == 0);
  CHECK(tree.branch == std::vector<int>{0, 0, 0, 2, 0, 1, 0});
}

TEST_CASE("lakes are the components of the sublevel set, at every level") {
  const int rows = 17, columns = 23;
  const std::vector<double> values = randomField(3, rows * columns);
  const MergeTree tree = mergeTree(values, std::vector<int>{rows, columns});
  for (int k = -21; k < 20; ++k) {
    const double level = 0.05 * k;
    CAPTURE(level);
    CHECK(lakesAt(tree, level) == componentsByWalking(values, rows, columns, level));
  }
}

TEST_CASE("neighbours in the water are in the same lake, and a lake holds its bottom") {
  const int rows = 12, columns = 19;
  const std::vector<double> values = randomField(4, rows * columns);
  const MergeTree tree = mergeTree(values, std::vector<int>{rows, columns});
  for (const double level : {-0.9, -0.6, -0.3, 0.4}) {
    for (int k = 0; k + 1 < rows * columns; ++k) {
      const int lake = lakeOf(tree, values, k, level);
      CHECK((lake == -1) == (values[static_cast<std::size_t>(k)] > level));
      const int right = lakeOf(tree, values, k + 1, level);
      if ((k + 1) % columns != 0 && lake >= 0 && right >= 0) {
        CHECK(lake == right);
      }
      if (lake >= 0) {
        const int bottom = tree.lakes[static_cast<std::size_t>(lake)].bottom;
        CHECK(lakeOf(tree, values, bottom, level) == lake);
      }
    }
  }
}

TEST_CASE("one vertex, one value: one lake") {
  CHECK(mergeTree(std::vector<double>{3}, std::vector<int>{1}).lakes.size() == 1);
  const MergeTree flat = mergeTree(std::vector<double>(12, 1.0), std::vector<int>{3, 4});
  REQUIRE(flat.lakes.size() == 1);
  CHECK(lakesAt(flat, 1) == 1);
  CHECK(lakesAt(flat, 0.999) == 0);
}

TEST_CASE("two layers of one weight have two lakes below 1, three layers four, two wide ones one") {
  const MergeTree two = treeOf(*makeTwoLayerNetwork(1, 0), 201);
  const MergeTree three = treeOf(*makeThreeLayerNetwork(0), 41);
  const MergeTree wide = treeOf(*makeTwoLayerNetwork(2, 0), 17);
  for (const double level : {0.01, 0.3, 0.999}) {
    CAPTURE(level);
    CHECK(lakesAt(two, level) == 2);
    CHECK(lakesAt(three, level) == 4);
    CHECK(lakesAt(wide, level) == 1);
  }
  for (const MergeTree* tree : {&two, &three, &wide}) {
    CHECK(lakesAt(*tree, 1) == 1);
  }
  for (std::size_t k = 1; k < two.lakes.size(); ++k) {
    CHECK(two.lakes[k].merge == 1);  // the saddle's height
  }
}

TEST_CASE("a narrow valley across the grid is one lake once beads are told apart from lakes") {
  const std::vector<double> values = sampled(*makeTwoLayerNetwork(1, 0), 150);
  const std::vector<int> extents = {150, 150};
  const MergeTree beads = mergeTree(values, extents);
  CHECK(lakesAt(beads, 1e-4) > 10);
  CHECK(lakesAt(resolvedLakes(beads, values, extents), 1e-4) == 2);
}
