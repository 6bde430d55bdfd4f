// The parameters of the experiment `connectivity`, and what they ask for.
#pragma once

#include <vector>

#include "experiment/parameter.hpp"
#include "objective/two_layer.hpp"

namespace wv {

std::vector<Parameter> connectivityParameters();

struct ConnectivityPlan {
  TwoLayer network;
  double level = 0;
  bool isExchanged = false;  // the second end is the first with two units exchanged
  int pairs = 1, shown = 0, patience = 1, mostBeads = 2;
  std::uint32_t seed = 0;
};

// The data: inputs are standard normal, outputs those of a network like the one that learns, with
// `teacher` units, scaled to mean square 1, so that the loss is the share that is left unexplained.
ConnectivityPlan planConnectivity(const Settings& settings);

}  // namespace wv
