// Annealing, the algorithm that ends section 3 of the lecture: let SGD equilibrate, lower the step
// size, repeat. The step size sets the temperature and the pace at once.
#pragma once

#include <span>
#include <vector>

#include "theory/gibbs.hpp"

namespace wv {

// alpha s^2/(2 b): the temperature of SGD with step size alpha and batches of b, when the gradient
// of one term has the variance s^2 in every coordinate (Remark 16 has s = 1, and in one place
// alpha/b). All > 0.
double sgdTemperature(double alpha, double batch, double gradientVariance);

// One rung of the ladder that a run goes down.
struct AnnealingStage {
  double alpha = 0, temperature = 0;
  double globalMass = 0;       // of the well of the global minimum, under the Gibbs law
  double relaxationSteps = 0;  // 1/(alpha times the diffusion's spectral gap), at most 1e300
};

// The well that holds the global minimum, the left one of equals.
Well globalWell(const GibbsLaw& law);

// Its mass. Nothing when the objective has no Gibbs law.
std::optional<double> globalWellMass(const Objective& f, double temperature);

// The stages alpha, alpha cooling, alpha cooling^2, ... on an objective with dim() == 1; `count` >=
// 1, 0 < cooling < 1, `firstTemperature` that of `alpha`. Empty when the objective has no Gibbs
// law.
std::vector<AnnealingStage> annealingStages(const Objective& f, double alpha,
                                            double firstTemperature, double cooling, int count);

// How the steps of a run are shared out over its stages.
enum class CoolingSchedule {
  stagewise,    // in proportion to what each stage needs to equilibrate, relaxationSteps
  geometric,    // equally: the temperature falls by the same factor in every so many steps
  logarithmic,  // so that T = depth/log(t + const)
  constant,     // all at the first stage
  quench,       // all at the last one
};

// One share for each stage; sum 1. The logarithmic schedule of B. Hajek (Math. Oper. Res. 13
// (1988)) reaches T after exp(depth/T) - exp(depth/T_0) time units: a stage lasts until its
// successor's temperature is due.
std::vector<double> stageShares(CoolingSchedule schedule, std::span<const AnnealingStage> stages,
                                double cooling, double depth);

// The share of a population that is in the global well, `steps` steps of this stage after it was
// `share`: what differs from the Gibbs mass fades at the rate of the slowest mode. For two wells
// this is all there is once each well has equilibrated by itself.
double relaxedShare(double share, const AnnealingStage& stage, double steps);

}  // namespace wv
