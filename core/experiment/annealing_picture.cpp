#include "experiment/annealing_picture.hpp"

#include <cmath>

#include "experiment/field.hpp"
#include "theory/step_stability.hpp"

namespace wv {
namespace {

constexpr int curveColumns = 401;
constexpr int planeColumns = 160, planeRows = 112;
// Of some million steps, one has a noise of so many standard deviations.
constexpr double largestNoise = 5;

}  // namespace

AnnealingPicture::AnnealingPicture(const AnnealingProblem& problem) {
  const Objective& f = *problem.objective;
  const Window box = f.window();
  const bool isCurve = f.dim() == 1;
  window = {box.xMin, box.xMax, box.yMin, box.yMax};
  grid = evenlySpaced(box.xMin, box.xMax, isCurve ? curveColumns : planeColumns);
  gridY = isCurve ? std::vector<double>{0} : evenlySpaced(box.yMin, box.yMax, planeRows);
  const Column values = valuesOnGrid(f, grid, gridY);
  field.assign(values.begin(), values.end());
  for (const CriticalPoint& point : problem.criticalPoints) {
    criticalPoints.insert(criticalPoints.end(),
                          {point.x, point.value, point.isMinimum ? 1.0 : 0.0});
  }
  const AnnealingStage& first = problem.stages.front();
  const double limit = 2 / problem.globalWell.minimum.curvature;
  marks = {
      problem.barrier() * first.alpha / first.temperature, limit,
      largestReturningStep(problem.line(), problem.globalWell.minimum.x,
                           largestNoise * std::sqrt(2 * first.temperature / first.alpha), limit)};
}

}  // namespace wv
