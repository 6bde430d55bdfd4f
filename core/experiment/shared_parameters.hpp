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
Parameter momentumParameter();
// Every deterministic method.
Parameter methodParameter();

}  // namespace wv
