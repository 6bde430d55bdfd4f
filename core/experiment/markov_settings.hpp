// The parameters of the markov experiment, and what they choose.
#pragma once

#include "experiment/objective_parameters.hpp"
#include "experiment/parameter.hpp"
#include "method/sampler.hpp"
#include "theory/gaussian_model.hpp"
#include "theory/transition_matrix.hpp"

namespace wv {

std::vector<Parameter> markovParameters();

struct MarkovProblem {
  ChosenObjective chosen;
  SamplerSettings sampling;
  ModelNoise noise = ModelNoise::matched;
  Point start;

  const Objective& objective() const { return *chosen.objective; }
  // The linear model behind the objective: X (n x d) and y.
  Matrix features() const;
  Point targets() const;
  // Where the objective is drawn: of the parabolas of one weight the region of confusion with its
  // surroundings, and the start.
  Window window() const;
};

// Whole only without issues.
MarkovProblem chooseMarkovProblem(const Settings& settings, const DataLibrary& data,
                                  std::vector<Issue>& issues);

}  // namespace wv
