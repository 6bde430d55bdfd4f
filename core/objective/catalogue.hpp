// The landscapes by name: the one list of their ids, labels and formulas.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "objective/objective.hpp"

namespace wv {

struct LandscapeInfo {
  std::string_view id;
  std::string_view label;
  std::string_view formula;
  int dimension;
};

// What the formulas leave open. Each landscape reads its own.
struct LandscapeParameters {
  double condition = 10;  // quadratic: > 0
  double curvature = 1;   // quadratic-1d: k > 0
  double tilt = 0;        // double-well, double-well-1d
  double amplitude = 1;   // cosine-1d: not 0
  double omega = 1;       // cosine-1d: not 0
  // mixture, mixture-1d: see mixtureRefusal (objective/mixture_1d.hpp)
  std::vector<double> weights = {0.35, 0.65}, means = {-1, 1}, deviations = {0.1, 0.5};
};

// The functions of two variables, then those of one.
std::span<const LandscapeInfo> landscapes();

// Null for an id that no landscape has, and for a mixture that mixtureRefusal refuses.
std::unique_ptr<Objective> makeLandscape(std::string_view id,
                                         const LandscapeParameters& parameters);

}  // namespace wv
