// The numbers of the Gibbs experiment: what the walkers show now, and what theory says of it.
#pragma once

#include <array>
#include <vector>

#include "experiment/gibbs_distances.hpp"
#include "experiment/gibbs_prediction.hpp"
#include "experiment/walker_history.hpp"

namespace wv {

// Pairs are a value and its standard error. What is not measured or not known is empty.
struct WalkerNumbers {
  std::vector<double> mean, meanStandardError, variance, varianceStandardError;  // [d]
  std::vector<double> meanValue;                                                 // E f: a pair
  std::vector<double>
      autocorrelationTime;  // of the first coordinate: a pair, and whether it closed
  std::vector<double> effectiveSampleSize;
  std::vector<double> acceptance;                       // a pair
  std::vector<double> wellMass, wellMassStandardError;  // [k]

  std::array<NamedVector, 10> named() const;
};

struct TheoryNumbers {
  std::vector<double> beta, logZ, gibbsMeanValue;  // [1]
  std::vector<double> gibbsVariance;               // [d]
  std::vector<double> predictedVariance;           // [d], of the limit of the chain
  std::vector<double> predictedAutocorrelationTime, predictedAcceptance;
  std::vector<double> wells, gibbsWellMass;  // [k]: minimisers, from left to right
  std::vector<double> floor, bias, limit;    // see GibbsDistances

  std::array<NamedVector, 12> named() const;
};

struct WalkerState {
  const Block& x;
  const Column& accepted;  // proposals since the chain last changed; empty where none are made
  double steps;            // since then
  const WalkerHistory& history;
};

WalkerNumbers walkerNumbers(const Objective& f, const GibbsTarget& target,
                            const WalkerState& walkers);

TheoryNumbers theoryNumbers(const GibbsSetup& setup, const ChainSettings& chain,
                            const GibbsTarget& target, const GibbsPrediction& prediction,
                            const GibbsDistances& distances);

}  // namespace wv
