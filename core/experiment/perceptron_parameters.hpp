// What both experiments with the binary perceptron are asked for.
#pragma once

#include <vector>

#include "experiment/parameter.hpp"
#include "perceptron/instance.hpp"

namespace wv {

// `d`; both ends odd.
Parameter oddDimensionParameter(int least, int most, int initial, std::string_view help);
// Under `d`.
void refuseEvenDimension(const Settings& settings, std::vector<Issue>& issues);

// `labels`
Parameter perceptronLabelsParameter(std::string_view initial);
PerceptronLabels labelsOf(const Settings& settings);

}  // namespace wv
