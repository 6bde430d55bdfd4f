#include "experiment/gibbs_picture.hpp"

#include "experiment/field.hpp"

namespace wv {
namespace {

constexpr int curvePoints = 241;

}  // namespace

ValueTable gibbsCurves(const Objective& f, const GibbsTarget& target) {
  const Window w = target.window();
  ValueTable curves;
  curves["window"] = {w.xMin, w.xMax, w.yMin, w.yMax};
  const LineTarget* const line = target.asLine();
  if (!line) {
    return curves;
  }
  curves["edges"] = line->bins().edges();
  const std::vector<double> grid = evenlySpaced(w.xMin, w.xMax, curvePoints);
  const Column values = valuesOnGrid(f, grid, {0});
  curves["grid"] = grid;
  curves["curve"].assign(values.begin(), values.end());
  if (line->law()) {
    const Column density = line->law()->density(Eigen::Map<const Column>(grid.data(), curvePoints));
    curves["gibbs"].assign(density.begin(), density.end());
  }
  return curves;
}

std::vector<double> cellDensity(const GibbsTarget& target, const Column& shares) {
  if (shares.size() == 0) {
    return {};
  }
  const Window w = target.window();
  const bool isLine = target.asLine() != nullptr;
  const double area =
      isLine ? target.asLine()->bins().width()
             : (w.xMax - w.xMin) / PlaneTarget::columns * (w.yMax - w.yMin) / PlaneTarget::rows;
  const Column density =
      (isLine ? shares.segment(1, shares.size() - 2) : shares.head(shares.size() - 1)) / area;
  return {density.begin(), density.end()};
}

Channel cellChannel(const GibbsTarget& target, const std::vector<double>& density) {
  if (target.asLine() || density.empty()) {
    return vectorChannel(density);
  }
  return {{PlaneTarget::rows, PlaneTarget::columns}, density.data()};
}

}  // namespace wv
