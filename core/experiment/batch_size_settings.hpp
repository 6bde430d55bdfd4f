// What the experiment on batch sizes asks its user, and what it refuses.
#pragma once

#include <vector>

#include "experiment/objective_parameters.hpp"
#include "method/sampler.hpp"

namespace wv {

std::vector<Parameter> batchSizeParameters();

// replacement or distinct.
Sampling batchSampling(const Settings& settings);

// The batch sizes asked for, for a sum of so many terms; empty with an issue.
std::vector<int> batchesOf(const Settings& settings, int terms, std::vector<Issue>& issues);

// Adds an issue when the table that different terms need does not fit, or a step would not end.
void refuseTooManyReplicates(const Settings& settings, const ChosenObjective& chosen,
                             const std::vector<int>& batches, std::vector<Issue>& issues);

}  // namespace wv
