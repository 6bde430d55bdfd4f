// The dials of Entropy-SGD, declared once for the experiments that have it.
#pragma once

#include <vector>

#include "experiment/parameter.hpp"
#include "method/entropy_sgd.hpp"

namespace wv {

// Where they stand at first: what suits depends on the scale of what is minimised.
struct EntropyDefaults {
  double innerAlpha, noise, gamma0, gamma1, outerAlpha;
};

// `innerSteps`, `innerAlpha`, `noise`, `averaging`, `gamma0`, `gamma1` and `outerAlpha`, live, of
// the `method`s named.
std::vector<Parameter> entropyParameters(const EntropyDefaults& defaults,
                                         const std::vector<std::string_view>& methods);

// What they and `seed` say.
EntropySgdSettings entropySettings(const Settings& settings);

}  // namespace wv
