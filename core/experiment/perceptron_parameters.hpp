// What both experiments with the binary perceptron are asked for.
#pragma once

#include "experiment/parameter.hpp"
#include "perceptron/instance.hpp"

namespace wv {

// `d`; both ends odd, and so is what is allowed between: w.x is then never 0.
Parameter oddDimensionParameter(int least, int most, int initial, std::string_view help);

// `labels`
Parameter perceptronLabelsParameter(std::string_view initial);
PerceptronLabels labelsOf(const Settings& settings);

}  // namespace wv
