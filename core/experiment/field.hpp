// An objective over the box in which it is drawn.
#pragma once

#include <vector>

#include "objective/objective.hpp"

namespace wv {

// Of a picture in the plane; a coarser field shows narrow valleys as beads.
inline constexpr int fieldColumns = 240;
inline constexpr int fieldRows = 168;

struct FieldSize {
  int columns, rows;
};
// As above; of a sum of so many terms that a reader would wait for it, fewer, in the same
// proportion.
FieldSize fieldSize(int terms);

// count >= 2 numbers with the same distance, both ends included.
std::vector<double> evenlySpaced(double from, double to, int count);

// f at every (x, y), row after row: entry k is at xs[k % columns] and ys[k / columns]. In one
// dimension y is not used.
Column valuesOnGrid(const Objective& objective, const std::vector<double>& xs,
                    const std::vector<double>& ys);

}  // namespace wv
