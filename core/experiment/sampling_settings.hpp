// What the experiment on orders asks its user, and what it refuses.
#pragma once

#include <vector>

#include "experiment/objective_parameters.hpp"

namespace wv {

std::vector<Parameter> samplingParameters();

// Adds an issue, unless there is one already, when the tables of orders do not fit, or an epoch
// would not end.
void refuseTooManyOrders(const ChosenObjective& chosen, double replicates,
                         std::vector<Issue>& issues);

}  // namespace wv
