// What the experiments on annealing share: the landscape, the ladder of temperatures, the walkers.
#pragma once

#include <memory>
#include <vector>

#include "experiment/objective_parameters.hpp"
#include "method/langevin.hpp"
#include "theory/annealing.hpp"

namespace wv {

// `objective` (landscapes of one or two wells, one of them in the plane) with its parameters,
// `alpha`, `batch`, `variance`, `cooling`, `stages`, `replicates`, `seed`.
std::vector<Parameter> annealingParameters();

// `schedule`, `depth`.
std::vector<Parameter> coolingScheduleParameters();
CoolingSchedule coolingScheduleOf(const Settings& settings);

// `x0`.
Parameter walkersStartParameter();

struct AnnealingProblem {
  std::unique_ptr<Objective> objective;
  // In the plane: the function of x whose Gibbs law is that of x. Null on a line.
  std::unique_ptr<Objective> profile;
  double cooling = 0;
  std::vector<AnnealingStage> stages;
  std::vector<CriticalPoint> criticalPoints;  // of the line, from left to right
  Well globalWell;

  const Objective& line() const { return profile ? *profile : *objective; }
  bool hasTwoWells() const { return criticalPoints.size() == 3; }
  // The deepest minimum but the global one; null for a single well.
  const CriticalPoint* otherMinimum() const;
  // What a walker at that minimum must climb at least; 0 for a single well.
  double barrier() const;
  bool isGlobal(double x) const { return globalWell.left <= x && x < globalWell.right; }
};

// Issues are added under the parameter to blame; what is returned is whole only without any.
AnnealingProblem chooseAnnealingProblem(const Settings& settings, std::vector<Issue>& issues);

// A number in the share of the walkers in the global well, with its standard error.
struct GlobalShare {
  double share = 0, standardError = 0;
};

// An ensemble that goes down the ladder: x <- x - alpha grad f + sqrt(2 alpha T) N, the lecture's
// model of SGD, with the alpha and T of a stage.
class AnnealingWalkers {
 public:
  // All at (x0, 0). The problem must outlive the walkers.
  AnnealingWalkers(const AnnealingProblem& problem, const Settings& settings, double x0,
                   std::uint32_t firstReplicate);

  // One step at a stage's step size and temperature. False when a walker left for good; then
  // nothing has changed.
  bool step(std::size_t stage);
  const Block& x() const { return state_.x; }
  GlobalShare globalShare() const;

 private:
  const AnnealingProblem* problem_;
  FullGradient source_;
  LangevinSettings langevin_;
  std::unique_ptr<const Method> method_;
  std::size_t stage_ = 0;
  State state_;
};

}  // namespace wv
