// Parameters that several experiments have, declared once.
#pragma once

#include "experiment/parameter.hpp"

namespace wv {

Parameter seedParameter();
Parameter stepSizeParameter(double initial);
Parameter momentumParameter();
// Every deterministic method.
Parameter methodParameter();

}  // namespace wv
