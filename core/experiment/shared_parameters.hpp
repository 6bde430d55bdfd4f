// Parameters that several experiments have, declared once.
#pragma once

#include "experiment/parameter.hpp"

namespace wv {

Parameter seedParameter();
Parameter stepSizeParameter(double initial);
// Of an ensemble: 1 to 100 000.
Parameter replicatesParameter(double initial);
// `x0` of the objective "scalar"; data sets start where Objective::start says.
Parameter scalarStartParameter(double initial);
// `momentum`, of the `method`s named; live.
Parameter momentumParameter(std::vector<std::string_view> methods);
// Every deterministic method.
Parameter methodParameter();

}  // namespace wv
