// Lakes in a landscape that is known on a grid: what the water covers at a level, and at which
// levels lakes meet.
#pragma once

#include <span>
#include <vector>

namespace wv {

// A component of {f <= level}, from the level at which it appears to that at which it flows into a
// deeper one (the elder rule: of two that meet, the one with the higher bottom ends).
struct Lake {
  int bottom = 0;  // the grid's vertex, the lowest of the lake
  double birth = 0;
  double merge = 0;  // the deepest lake never merges: the highest value of all
  int saddle = -1;   // the vertex where it merges, -1 for the deepest
  int into = -1;     // the number of the lake that it flows into, -1 for the deepest
};

struct MergeTree {
  std::vector<Lake> lakes;  // by birth: the deepest first
  // For every vertex the lake that takes it in when the water reaches it.
  std::vector<int> branch;
};

// f on a grid of one to four dimensions, row-major (the last extent runs fastest), every extent
// >= 1; vertices that touch, also by a corner, are neighbours. By union-find over the vertices in
// the order of their values (H. Edelsbrunner, J. Harer, "Computational topology", 2010, section
// VII.1). Vertices of equal value count in the order of their numbers.
MergeTree mergeTree(std::span<const double> values, std::span<const int> extents);

// Without the lakes that the grid cannot tell from one another: those that meet a deeper one before
// the water is as far above their bottom as the bottom's highest neighbour, which is the error of
// taking f between neighbours from f at them. A narrow valley that runs across a grid is otherwise
// a string of beads.
MergeTree resolvedLakes(const MergeTree& tree, std::span<const double> values,
                        std::span<const int> extents);

// How many lakes there are when the water stands at this level: births <= level less merges <=
// level, and the deepest once it is born.
int lakesAt(const MergeTree& tree, double level);

// The lake that vertex is part of at this level; -1 where it is dry.
int lakeOf(const MergeTree& tree, std::span<const double> values, int vertex, double level);

}  // namespace wv
