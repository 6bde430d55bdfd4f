#include "theory/confinement.hpp"

#include <cmath>

#include "numeric/constants.hpp"

namespace wv {
namespace {

using numeric::infinity;

// Outwards from `from`, in steps that grow from `step` (whose sign says where to): a point from
// which on, as far as can be seen, f is more than `height` above the least value, which is kept up
// to date. Nothing if there is none within a million first steps.
std::optional<double> climbOut(const Objective& f, double from, double step, double height,
                               double& least) {
  constexpr double growth = 1.25;
  constexpr double farthest = 1e6;
  // So many steps on end must be high: they triple the distance.
  constexpr int confirmations = 5;
  const double first = std::fabs(step);
  double found = from;
  int high = 0;
  for (double x = from; std::fabs(x - from) <= farthest * first; x += step, step *= growth) {
    const double value = valueAt(f, x);
    least = std::fmin(least, value);
    if (!(value - least > height)) {
      high = 0;
      continue;
    }
    if (high == 0) {
      found = x;
    }
    if (++high == confirmations) {
      return found;
    }
  }
  return {};
}

bool isDefined(const Objective& f, double x) {
  Block slope(1, 1);
  f.gradient(Block::Constant(1, 1, x), slope);
  return std::isfinite(valueAt(f, x)) && std::isfinite(slope(0, 0));
}

// On the way from a point where f is defined to one where it is not.
double lastDefined(const Objective& f, double inside, double outside) {
  for (;;) {
    const double middle = inside + 0.5 * (outside - inside);
    if (middle == inside || middle == outside) {
      return inside;
    }
    (isDefined(f, middle) ? inside : outside) = middle;
  }
}

}  // namespace

void valuesAt(const Objective& f, const Column& x, Column& y) {
  f.value(x, y);
  for (double& value : y) {
    value = std::isnan(value) ? infinity : value;
  }
}

double valueAt(const Objective& f, double x) {
  Column y(1);
  valuesAt(f, Column::Constant(1, x), y);
  return y(0);
}

Column evenGrid(double low, double high, int cells) {
  Column x(cells + 1);
  for (int i = 0; i <= cells; ++i) {
    x(i) = low + (high - low) * i / cells;
  }
  return x;
}

Range rangeOn(const Objective& f, const Column& x) {
  Column y(x.size());
  valuesAt(f, x, y);
  Range range{infinity, -infinity};
  for (const double value : y) {
    range.least = std::fmin(range.least, value);
    range.largest = std::isfinite(value) ? std::fmax(range.largest, value) : range.largest;
  }
  return range;
}

std::optional<Interval> confinement(const Objective& f, double rise) {
  const Window window = f.window();
  const double width = window.xMax - window.xMin;
  const Range seen = rangeOn(f, evenGrid(window.xMin, window.xMax, scanCells));
  double least = seen.least;
  // Higher than all hills of the window too: a wave is not climbing.
  const double height = std::fmax(rise, 1.5 * (seen.largest - seen.least));
  const std::optional<double> low = climbOut(f, window.xMin, -width / 16, height, least);
  const std::optional<double> high = climbOut(f, window.xMax, width / 16, height, least);
  if (!low || !high) {
    return {};
  }
  return Interval{*low, *high};
}

Interval definedPart(const Objective& f, const Interval& whole, const Column& grid) {
  Eigen::Index first = 0, last = grid.size() - 1;
  while (first < last && !isDefined(f, grid(first))) {
    ++first;
  }
  while (last > first && !isDefined(f, grid(last))) {
    --last;
  }
  return {first > 0 ? lastDefined(f, grid(first), grid(first - 1)) : whole.low,
          last + 1 < grid.size() ? lastDefined(f, grid(last), grid(last + 1)) : whole.high};
}

}  // namespace wv
