// Where a function of one variable is low, and whether it climbs on both sides of that.
#pragma once

#include <optional>

#include "objective/objective.hpp"

namespace wv {

// f (dim() == 1) at the points x; infinite where it is undefined, so that it has no weight there.
void valuesAt(const Objective& f, const Column& x, Column& y);
double valueAt(const Objective& f, double x);

// cells + 1 points from low to high.
Column evenGrid(double low, double high, int cells);
// So many cells are fine enough to see every valley of an objective in its window.
inline constexpr int scanCells = 2048;

struct Range {
  double least, largest;
};
// Of the values that are numbers.
Range rangeOn(const Objective& f, const Column& x);

struct Interval {
  double low, high;
};
// An interval around the objective's window outside of which, as far as can be seen, f is more than
// `rise` above its least value and above all hills of the window too. Nothing if f does not climb
// that far on both sides. Where f is undefined it is infinitely high.
std::optional<Interval> confinement(const Objective& f, double rise);

// What is left of an interval without the ends at which f or its slope is no finite number, to
// neighbouring doubles; `grid` (ascending) is fine enough to see them.
Interval definedPart(const Objective& f, const Interval& whole, const Column& grid);

}  // namespace wv
