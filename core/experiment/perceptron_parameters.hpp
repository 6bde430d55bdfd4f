// What both experiments with the binary perceptron are asked for.
#pragma once

#include <memory>

#include "experiment/parameter.hpp"
#include "perceptron/learner.hpp"

namespace wv {

// `d`; both ends odd, and so is what is allowed between: w.x is then never 0.
Parameter oddDimensionParameter(int least, int most, int initial, std::string_view help);

// `labels`
Parameter perceptronLabelsParameter(std::string_view initial);
PerceptronLabels labelsOf(const Settings& settings);

// The algorithms that look for solutions, by their ids.
constexpr std::string_view clippedId = "clipped", sbpiId = "sbpi", annealingId = "annealing",
                           replicatedId = "replicated", beliefsId = "belief-propagation";

// `algorithm`
Parameter perceptronAlgorithmParameter(std::string_view help);

// How they look, where nothing else is asked for.
struct LearningRates {
  double cautious = 0.3;
  double cooling = 0.1;
  double coupling = 0.02;
  int pairs = 1;
  double reinforcement = 0.01;
};

std::unique_ptr<PerceptronLearner> makeLearner(std::string_view algorithm,
                                               const LearningRates& rates,
                                               const PerceptronInstance& instance,
                                               const LearnerAddress& address);

}  // namespace wv
