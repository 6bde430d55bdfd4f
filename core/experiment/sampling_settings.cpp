#include "experiment/sampling_settings.hpp"

#include <algorithm>
#include <cmath>

#include "experiment/shared_parameters.hpp"
#include "method/sampler.hpp"

namespace wv {
namespace {

constexpr int mostEpochs = 1000;
// Replicates x terms x weights of one epoch: some seconds.
constexpr double mostNumbersPerEpoch = 1e9;

}  // namespace

std::vector<Parameter> samplingParameters() {
  const auto objectives = sampledObjectives();
  std::vector<Parameter> table = objectiveParameters(objectives);
  // Well conditioned: the floors are reached within a few epochs.
  std::find_if(table.begin(), table.end(), [](const Parameter& p) {
    return p.id == "dataset";
  })->initial = std::string("penguins");
  Parameter alpha = stepSizeParameter(0.02);
  alpha.help = "of every update; a change holds from the next epoch on";
  table.push_back(alpha);
  table.push_back(
      {.id = "share",
       .label = "share of α",
       .help = "the updates take this share of α: for runs side by side at several steps",
       .kind = Kind::real,
       .initial = 1.0,
       .min = 0.001,
       .max = 1,
       .scale = Scale::logarithmic});
  table.push_back(scalarStartParameter(5));
  table.push_back({.id = "epochs",
                   .label = "epochs",
                   .help = "after so many passes over the terms the run ends",
                   .kind = Kind::integer,
                   .initial = 400.0,
                   .min = 1,
                   .max = mostEpochs,
                   .scale = Scale::logarithmic});
  table.push_back(replicatesParameter(1000));
  table.push_back(seedParameter());
  return table;
}

void refuseTooManyOrders(const ChosenObjective& chosen, double replicates,
                         std::vector<Issue>& issues) {
  if (!issues.empty()) {
    return;
  }
  const Objective& objective = *chosen.objective;
  const double terms = objective.terms();
  const double most = std::floor(std::min(largestTableBytes / (terms * sizeof(int)),
                                          mostNumbersPerEpoch / (terms * objective.dim())));
  if (replicates > most) {
    issues.push_back({"replicates", "With " + formatNumber(terms) + " terms of " +
                                        formatNumber(double(objective.dim())) +
                                        " weights, replicates must be at most " +
                                        formatNumber(most) + ", not " + formatNumber(replicates) +
                                        ": each has an order of its own to keep and to walk."});
  }
}

}  // namespace wv
