// The parameters of the experiment `network`, and what they ask for.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "experiment/experiment.hpp"
#include "experiment/parameter.hpp"
#include "method/method.hpp"
#include "objective/labelled_samples.hpp"
#include "objective/network_shape.hpp"

namespace wv {

std::vector<Parameter> networkParameters();

struct NetworkPlan {
  ClassificationSplit split;
  std::vector<int> hidden;
  Activation activation = Activation::relu;
  double weightDecay = 0, dropout = 0;
  int batch = 1, epochs = 1;
  std::uint32_t seed = 0;
};

// Nothing, with an issue, when the settings do not go together.
std::optional<NetworkPlan> planNetwork(const Settings& settings, const DataLibrary& data,
                                       std::vector<Issue>& issues);

}  // namespace wv
