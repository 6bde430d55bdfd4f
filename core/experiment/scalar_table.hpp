// The user's table of parabolas of one weight: the parameters `a` and `b`.
#pragma once

#include <memory>
#include <vector>

#include "experiment/parameter.hpp"
#include "objective/scalar_quadratic.hpp"

namespace wv {

// The dataset that is the user's `a` and `b`, where it is offered beside data sets.
inline constexpr Choice scalarTable = {"table", "table a, b",
                                       "one term (aᵢx − bᵢ)²/2 for each entry"};

// `a` and `b`.
std::vector<Parameter> scalarTableParameters(const Relevance& when);

// What the settings' `a` and `b` make. Null with at least one issue when they make nothing.
std::unique_ptr<ScalarQuadratic> scalarFromTable(const Settings& settings,
                                                 std::vector<Issue>& issues);

}  // namespace wv
