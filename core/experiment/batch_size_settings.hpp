// What the experiment on batch sizes asks its user, and what it refuses.
#pragma once

#include <vector>

#include "experiment/objective_parameters.hpp"
#include "method/sampler.hpp"

namespace wv {

std::vector<Parameter> batchSizeParameters();

// replacement or distinct.
Sampling batchSampling(const Settings& settings);

// The batch sizes asked for, for this sum; empty with an issue, and where there is one already.
std::vector<int> batchesOf(const Settings& settings, const ChosenObjective& chosen,
                           std::vector<Issue>& issues);

// Adds an issue, unless there is one already, when the table that different terms need does not
// fit, or a step would not end.
void refuseTooManyReplicates(const Settings& settings, const ChosenObjective& chosen,
                             const std::vector<int>& batches, std::vector<Issue>& issues);

}  // namespace wv
