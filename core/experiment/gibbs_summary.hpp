// The numbers of the Gibbs experiment: what the walkers show now, and what theory says of it. By
// the names of their channels; what is not measured or not known is missing.
#pragma once

#include "experiment/gibbs_distances.hpp"
#include "experiment/gibbs_prediction.hpp"
#include "experiment/value_table.hpp"
#include "experiment/walker_history.hpp"

namespace wv {

// What never changes.
ValueTable gibbsFacts(const Objective& f, const ChainSettings& chain);

struct WalkerState {
  const Block& x;
  const Column& accepted;  // proposals since the chain last changed; empty where none are made
  double steps;            // since then
  const WalkerHistory& history;
};

ValueTable walkerNumbers(const Objective& f, const GibbsTarget& target, const WalkerState& walkers);

ValueTable theoryNumbers(const GibbsSetup& setup, const ChainSettings& chain,
                         const GibbsTarget& target, const GibbsPrediction& prediction,
                         const GibbsDistances& distances);

}  // namespace wv
