// As many hidden units as inputs, one or two: what every path must cross that turns them over.
#pragma once

#include "objective/two_layer.hpp"

namespace wv {

// Whether the network has one hidden unit and one input, or two and two. The units' weights then
// are a square matrix W.
bool hasSquareWeights(const TwoLayer& network);

// Whether det W has different signs at the two ends. It is continuous along every path, so it is 0
// somewhere on every path between them. Exchanging two units changes its sign. Square weights only.
bool areTurnedOver(const TwoLayer& network, const PointIn& first, const PointIn& last);

// The least loss of a network with det W = 0: of no output for one unit; for two, whose weights
// then lie on one line, by a search over the line's direction with the best weights out of the
// units. A lower bound for the highest loss on every path between ends that are turned over, to the
// digits of that search. Square weights only.
double leastDependentLoss(const TwoLayer& network);

}  // namespace wv
