#include "experiment/annealing_picture.hpp"

#include "experiment/field.hpp"

namespace wv {
namespace {

constexpr int curveColumns = 401;
constexpr int planeColumns = 160, planeRows = 112;

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
  marks = {problem.barrier() * first.alpha / first.temperature,
           2 / problem.globalWell.minimum.curvature};
}

}  // namespace wv
