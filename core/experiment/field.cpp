#include "experiment/field.hpp"

#include <cmath>

namespace wv {
namespace {

// Some seconds' worth of a loss's values.
constexpr double mostTermValues = 4e8;

}  // namespace

FieldSize fieldSize(int terms) {
  const double all = static_cast<double>(terms) * fieldColumns * fieldRows;
  const double share = all > mostTermValues ? std::sqrt(mostTermValues / all) : 1;
  return {static_cast<int>(fieldColumns * share), static_cast<int>(fieldRows * share)};
}

std::vector<double> evenlySpaced(double from, double to, int count) {
  std::vector<double> values(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    values[static_cast<std::size_t>(i)] = from + (to - from) * i / (count - 1);
  }
  return values;
}

Column valuesOnGrid(const Objective& objective, const std::vector<double>& xs,
                    const std::vector<double>& ys) {
  const auto columns = static_cast<Eigen::Index>(xs.size());
  Block points(columns * static_cast<Eigen::Index>(ys.size()), objective.dim());
  for (Eigen::Index i = 0; i < points.rows(); ++i) {
    points(i, 0) = xs[static_cast<std::size_t>(i % columns)];
    if (objective.dim() == 2) {
      points(i, 1) = ys[static_cast<std::size_t>(i / columns)];
    }
  }
  Column values(points.rows());
  objective.value(points, values);
  return values;
}

}  // namespace wv
