// What the Gibbs experiment draws besides numbers: curves over the line, and cells.
#pragma once

#include <array>
#include <vector>

#include "experiment/channel.hpp"
#include "experiment/gibbs_distances.hpp"

namespace wv {

// Of a target on the line; in the plane all but the window are empty.
struct GibbsCurves {
  std::vector<double> window;              // xMin, xMax, yMin, yMax of the cells
  std::vector<double> edges;               // of the bins
  std::vector<double> grid, curve, gibbs;  // x, f(x), e^(-beta f(x))/Z

  std::array<NamedVector, 5> named() const;
};

GibbsCurves gibbsCurves(const Objective& f, const GibbsTarget& target);

// Shares of the target's cells as a density, without what lies outside; empty for empty shares.
std::vector<double> cellDensity(const GibbsTarget& target, const Column& shares);
// [bins] or [rows, columns]
Channel cellChannel(const GibbsTarget& target, const std::vector<double>& density);

}  // namespace wv
