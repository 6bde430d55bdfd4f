// The parameters of the Gibbs experiment, and what they choose.
#pragma once

#include <optional>
#include <vector>

#include "experiment/objective_parameters.hpp"
#include "method/langevin.hpp"

namespace wv {

std::vector<Parameter> gibbsParameters();

// What may change while a run goes on.
struct ChainSettings {
  double alpha = 0.01;
  bool byBatch = false;  // else by beta
  double givenBeta = 1;
  double batch = 1;
  // Of one term's gradient, in each coordinate: 1 for a landscape, which has no terms; else E r^2.
  double noiseVariance = 1;
  Corrector corrector = Corrector::none;

  // 1/beta = alpha noiseVariance/(2 batch), or as given.
  double beta() const { return byBatch ? 2 * batch / (alpha * noiseVariance) : givenBeta; }
};

struct GibbsSetup {
  ChosenObjective chosen;
  ChainSettings chain;
  bool drawsTerms = false;  // SGD's own noise, else isotropic Gaussian noise
  bool isCircle = false;    // the line is folded onto one wave of the objective
  bool hasLaw = true;       // whether e^(-beta f) has a finite integral
  Point start;
  int replicates = 1;
  std::uint32_t seed = 0, firstReplicate = 0;
};

// A quadratic without a mixed term: each coordinate of the chain is one of its own.
bool isSeparableQuadratic(const Objective& f);

// Nothing with at least one issue when the settings do not go together.
std::optional<GibbsSetup> chooseGibbsSetup(const Settings& settings, std::vector<Issue>& issues);

}  // namespace wv
