// Parameters that several experiments have, declared once.
#pragma once

#include "experiment/parameter.hpp"
#include "method/sampler.hpp"

namespace wv {

Parameter seedParameter();
Parameter stepSizeParameter(double initial);
// Of an ensemble: 1 to 100 000.
Parameter replicatesParameter(double initial);
// `x0` of the objective "scalar"; data sets start where Objective::start says.
Parameter scalarStartParameter(double initial);
// `x0` or `y0` where it is set in a picture.
Parameter planeStartParameter(std::string_view id, std::string_view symbol, std::string_view help,
                              double initial);
// `sampling` with these modes, the first one the default.
Parameter samplingParameter(std::span<const Sampling> modes, std::string_view help);
Parameter batchSizeParameter(double largest);
// Refuses, under `batch`, a batch that the terms do not fill.
void refuseLargeBatch(Sampling sampling, int batch, int terms, std::vector<Issue>& issues);
// `momentum`, of the `method`s named; live.
Parameter momentumParameter(std::vector<std::string_view> methods);
// Every deterministic method.
Parameter methodParameter();

}  // namespace wv
