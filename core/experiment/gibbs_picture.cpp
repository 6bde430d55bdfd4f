#include "experiment/gibbs_picture.hpp"

namespace wv {
namespace {

using Eigen::Index;

constexpr int curvePoints = 241;

}  // namespace

std::array<NamedVector, 5> GibbsCurves::named() const {
  return {{{"window", &window},
           {"edges", &edges},
           {"grid", &grid},
           {"curve", &curve},
           {"gibbs", &gibbs}}};
}

GibbsCurves gibbsCurves(const Objective& f, const GibbsTarget& target) {
  const Window w = target.window();
  GibbsCurves curves;
  curves.window = {w.xMin, w.xMax, w.yMin, w.yMax};
  const LineTarget* const line = target.asLine();
  if (!line) {
    return curves;
  }
  curves.edges = line->bins().edges();
  Column x(curvePoints), values(curvePoints);
  for (int i = 0; i < curvePoints; ++i) {
    x(i) = w.xMin + (w.xMax - w.xMin) * i / (curvePoints - 1);
  }
  f.value(x, values);
  curves.grid.assign(x.begin(), x.end());
  curves.curve.assign(values.begin(), values.end());
  if (line->law()) {
    const Column density = line->law()->density(x);
    curves.gibbs.assign(density.begin(), density.end());
  }
  return curves;
}

std::vector<double> fieldOver(const Objective& f, const Window& window) {
  Block points(Index{fieldRows} * fieldColumns, 2);
  for (int row = 0; row < fieldRows; ++row) {
    for (int column = 0; column < fieldColumns; ++column) {
      points.row(Index{row} * fieldColumns + column)
          << window.xMin + (window.xMax - window.xMin) * column / (fieldColumns - 1),
          window.yMin + (window.yMax - window.yMin) * row / (fieldRows - 1);
    }
  }
  Column values(points.rows());
  f.value(points, values);
  return {values.begin(), values.end()};
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
