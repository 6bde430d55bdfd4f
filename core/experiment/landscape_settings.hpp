// The parameters of the experiment `landscape`, and what they ask for.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "experiment/experiment.hpp"
#include "experiment/parameter.hpp"
#include "method/method.hpp"
#include "objective/plane_slice.hpp"

namespace wv {

std::vector<Parameter> landscapeSceneParameters();

// Of the water above the lowest point.
constexpr double leastLevel = 1e-6;

// f, the plane in which it is drawn, and what a gradient flow keeps of its weights.
struct LandscapePlan {
  std::unique_ptr<const Objective> objective;
  std::unique_ptr<const PlaneSlice> plane;  // of *objective
  // The weights whose squares count +1 and -1 in what is conserved; empty where nothing is.
  std::vector<int> plus, minus;
  bool hasFloor = false;  // (1 - w1 w2)^2, without decay: 0 along w1 w2 = 1
};

// Nothing, with an issue, when the settings do not go together.
std::optional<LandscapePlan> planLandscape(Settings& settings, std::vector<Issue>& issues);

// The rule of the settings' `method`.
std::unique_ptr<const Method> landscapeMethod(const Settings& settings);
// The deviation of the noise in its gradients.
double gradientNoiseOf(const Settings& settings);

}  // namespace wv
