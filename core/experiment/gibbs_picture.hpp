// What the Gibbs experiment draws besides numbers: curves over the line, and cells.
#pragma once

#include <vector>

#include "experiment/channel.hpp"
#include "experiment/gibbs_target.hpp"
#include "experiment/value_table.hpp"

namespace wv {

// `window`: xMin, xMax, yMin, yMax of the cells. On the line also `edges` of the bins; `grid`,
// `curve` and `gibbs`: x, f(x), e^(-beta f(x))/Z.
ValueTable gibbsCurves(const Objective& f, const GibbsTarget& target);

// Shares of the target's cells as a density, without what lies outside; empty for empty shares.
std::vector<double> cellDensity(const GibbsTarget& target, const Column& shares);
// [bins] or [rows, columns]
Channel cellChannel(const GibbsTarget& target, const std::vector<double>& density);

}  // namespace wv
