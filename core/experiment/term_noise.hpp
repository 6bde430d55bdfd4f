// The noise of single terms of whatever finite sum the settings name.
#pragma once

#include <memory>

#include "experiment/objective_parameters.hpp"
#include "theory/constants.hpp"
#include "theory/gradient_noise.hpp"

namespace wv {

// Of an objective that chooseObjective made from sampledObjectives() with these settings.
std::unique_ptr<NoiseBound> termNoiseOf(const ChosenObjective& chosen, const Settings& settings);

// sigma = defaultSigma() and its sigma0.
NoiseConstants defaultNoise(const NoiseBound& bound);

// Row i is grad l_i at x: n x d.
Block termGradients(const Objective& objective, const Point& x);

// E |grad l_i - grad f|^2 at x, i uniform.
double termVariance(const Objective& objective, const Point& x);

// [L, m, f*, sigma0, sigma], the channel `constants`.
std::vector<double> constantsChannel(const Constants& constants, const NoiseConstants& noise);

}  // namespace wv
