// The parameters of the confusion experiment, and what they choose.
#pragma once

#include <memory>
#include <vector>

#include "experiment/parameter.hpp"
#include "method/sampler.hpp"
#include "objective/dataset.hpp"
#include "objective/scalar_quadratic.hpp"

namespace wv {

std::vector<Parameter> confusionParameters();

// The table a, b, or one standardised feature and the standardised target of a data set. Null with
// at least one issue when the settings do not go together.
std::unique_ptr<const ScalarQuadratic> chooseTerms(const Settings& settings,
                                                   const DataLibrary& data,
                                                   std::vector<Issue>& issues);

// With an issue for a batch that the terms do not fill and for runs too large.
SamplerSettings chooseSampling(const Settings& settings, int terms, std::vector<Issue>& issues);

// sqrt(E r^2) / A: how far one gradient at x* would throw x with the step 1/A.
double noiseScale(const ScalarQuadratic& f);

// What is worth seeing of x: the start, the minimiser with its surroundings, and for a table, whose
// points are there to be moved, the whole region.
std::vector<double> windowOf(const ScalarQuadratic& f, const Settings& settings);

}  // namespace wv
