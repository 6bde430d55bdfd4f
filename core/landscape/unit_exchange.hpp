// Two hidden units in the plane: what every path must cross that exchanges them.
#pragma once

#include "objective/two_layer.hpp"

namespace wv {

// For networks of width 2 with 2 inputs. det(w_1, w_2) is continuous along every path, so between
// ends where its signs differ there is a point where it is 0: both units then lie on one line.
// Exchanging the two units changes the sign. False for any other width or number of inputs.
bool separatesUnits(const TwoLayer& network, const PointIn& first, const PointIn& last);

// The least loss of a network whose two units lie on one line through the origin, by a search over
// the line's direction; the weights out of the units are the best ones (2 x 2 normal equations).
// Two inputs.
double leastCollinearLoss(const TwoLayer& network);

}  // namespace wv
