#include "experiment/annealing_picture.hpp"

namespace wv {
namespace {

constexpr int curveColumns = 401;
constexpr int fieldColumns = 160, fieldRows = 112;

std::vector<double> spaced(double from, double to, int count) {
  std::vector<double> values(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    values[static_cast<std::size_t>(i)] = from + (to - from) * i / (count - 1);
  }
  return values;
}

}  // namespace

AnnealingPicture::AnnealingPicture(const AnnealingProblem& problem) {
  const Objective& f = *problem.objective;
  const Window box = f.window();
  const bool isCurve = f.dim() == 1;
  window = {box.xMin, box.xMax, box.yMin, box.yMax};
  grid = spaced(box.xMin, box.xMax, isCurve ? curveColumns : fieldColumns);
  gridY = isCurve ? std::vector<double>{0} : spaced(box.yMin, box.yMax, fieldRows);
  const auto columns = static_cast<Eigen::Index>(grid.size());
  Block at(columns * static_cast<Eigen::Index>(gridY.size()), f.dim());
  for (Eigen::Index i = 0; i < at.rows(); ++i) {
    at(i, 0) = grid[static_cast<std::size_t>(i % columns)];
    if (!isCurve) {
      at(i, 1) = gridY[static_cast<std::size_t>(i / columns)];
    }
  }
  Column values(at.rows());
  f.value(at, values);
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
