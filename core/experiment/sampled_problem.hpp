// A finite sum from which gradients are sampled, with all that the theory of SGD wants to know of
// it: what the experiments on gradient noise and on Theorem 7 share.
#pragma once

#include <memory>
#include <vector>

#include "experiment/descent_rule.hpp"
#include "experiment/objective_parameters.hpp"
#include "method/sampler.hpp"
#include "theory/constants.hpp"
#include "theory/gradient_noise.hpp"

namespace wv {

// The `objective` parameters of sampledObjectives(), `sampling` (replacement, distinct), `batch`,
// `x0` and `startScale`.
std::vector<Parameter> sampledProblemParameters(double scalarStart);

struct SampledProblem {
  ChosenObjective chosen;
  Constants constants;
  std::unique_ptr<NoiseBound> noise;  // of single terms
  Sampling sampling = Sampling::replacement;
  int batch = 1;
  double varianceFactor = 1;  // of the mean of a batch
  Point start;
  DescentRule rule;  // plain SGD unless the experiment lets its user choose

  const Objective& objective() const { return *chosen.objective; }
  bool isQuadratic() const;
  double startDistance() const { return (start - constants.minimizer).norm(); }
  SamplerSettings samplerSettings(std::uint32_t seed, Eigen::Index replicates) const;
  // The seed and the replicates that the settings ask for.
  SamplerSettings samplerSettings(const Settings& settings) const;
  // Term-gradient evaluations times coordinates of one step of one replicate, the dearest, with one
  // look at f.
  double workPerStep() const;
  // The f - f* past which a mean counts as diverged, which no run with a step up to 1/(L sigma)
  // comes near: such a run stays below max(f(x0) - f*, sigma0 / (2 m sigma)).
  double divergenceLimit() const;
};

// Issues are added under the parameter to blame; what is returned is whole only without any.
SampledProblem chooseSampledProblem(const Settings& settings, const DataLibrary& data,
                                    std::vector<Issue>& issues);

// The two refuse, unless there is an issue already, what would take seconds for a step or too much
// memory: under `parameter`, `count` rows to work on; under `replicates`, the settings' number of
// them, of the problem's rule.
void refuseTooMuchWork(const SampledProblem& problem, std::string_view parameter, double count,
                       std::vector<Issue>& issues);
void refuseTooManyReplicates(const SampledProblem& problem, const Settings& settings,
                             std::vector<Issue>& issues);

}  // namespace wv
