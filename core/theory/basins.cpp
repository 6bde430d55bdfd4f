#include "theory/basins.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "numeric/constants.hpp"

namespace wv {
namespace {

// In cells: how far from its minimiser a walk on the grid may end.
constexpr double reach = 3;

bool holds(const Window& window, const Point& point) {
  const bool inX = point(0) >= window.xMin && point(0) <= window.xMax;
  return inX && (point.size() == 1 || (point(1) >= window.yMin && point(1) <= window.yMax));
}

double coordinate(double low, double high, int i, int count) {
  return low + (high - low) * i / (count - 1);
}

int nearestIndex(double low, double high, double x, int count) {
  const double at = std::round((x - low) / (high - low) * (count - 1));
  return static_cast<int>(std::clamp(at, 0.0, static_cast<double>(count - 1)));
}

}  // namespace

std::vector<Point> minimizersIn(const Objective& f, const Window& window) {
  std::vector<Point> inside;
  for (const Point& minimizer : f.minimizers()) {
    if (holds(window, minimizer)) {
      inside.push_back(minimizer);
    }
  }
  return inside;
}

BasinMap::BasinMap(const Objective& f, const Window& window, int columns, int rows)
    : window_(window),
      columns_(columns),
      rows_(f.dim() == 1 ? 1 : rows),
      minimizers_(minimizersIn(f, window)) {
  Block vertices(Eigen::Index{rows_} * columns_, f.dim());
  for (int i = 0; i < rows_ * columns_; ++i) {
    vertices(i, 0) = coordinate(window.xMin, window.xMax, i % columns_, columns_);
    if (f.dim() == 2) {
      vertices(i, 1) = coordinate(window.yMin, window.yMax, i / columns_, rows_);
    }
  }
  Column values(vertices.rows());
  f.value(vertices, values);
  // No walk leads to where f is undefined.
  values = values.isNaN().select(numeric::infinity, values).eval();

  const std::vector<int> next = lowestNeighbours(values);
  std::vector<int> ascending(next.size());
  std::iota(ascending.begin(), ascending.end(), 0);
  std::sort(ascending.begin(), ascending.end(), [&](int a, int b) {
    return values(a) < values(b) || (values(a) == values(b) && a < b);
  });
  basin_.resize(next.size());
  for (const int i : ascending) {
    const auto at = static_cast<std::size_t>(i);
    basin_[at] = next[at] == i ? nearestMinimizer(i) : basin_[static_cast<std::size_t>(next[at])];
  }
}

std::vector<int> BasinMap::lowestNeighbours(const Column& values) const {
  std::vector<int> next(static_cast<std::size_t>(values.size()));
  for (int i = 0; i < rows_ * columns_; ++i) {
    const int row = i / columns_, column = i % columns_;
    double steepest = 0;
    next[static_cast<std::size_t>(i)] = i;
    for (int r = std::max(0, row - 1); r <= std::min(rows_ - 1, row + 1); ++r) {
      for (int c = std::max(0, column - 1); c <= std::min(columns_ - 1, column + 1); ++c) {
        const double dx = (window_.xMax - window_.xMin) / (columns_ - 1) * (c - column);
        const double dy = rows_ == 1 ? 0 : (window_.yMax - window_.yMin) / (rows_ - 1) * (r - row);
        const int j = r * columns_ + c;
        const double fall = j == i ? 0 : (values(i) - values(j)) / std::sqrt(dx * dx + dy * dy);
        if (fall > steepest) {
          steepest = fall;
          next[static_cast<std::size_t>(i)] = j;
        }
      }
    }
  }
  return next;
}

int BasinMap::nearestMinimizer(int vertex) const {
  const int column = vertex % columns_, row = vertex / columns_;
  for (std::size_t k = 0; k < minimizers_.size(); ++k) {
    const Point& minimizer = minimizers_[k];
    const int atColumn = nearestIndex(window_.xMin, window_.xMax, minimizer(0), columns_);
    const int atRow =
        rows_ == 1 ? 0 : nearestIndex(window_.yMin, window_.yMax, minimizer(1), rows_);
    if (std::abs(column - atColumn) <= reach && std::abs(row - atRow) <= reach) {
      return static_cast<int>(k);
    }
  }
  return -1;
}

IndexColumn BasinMap::basinsOf(const BlockIn& x) const {
  IndexColumn basin(x.rows());
  for (Eigen::Index r = 0; r < x.rows(); ++r) {
    const double y = x.cols() == 2 ? x(r, 1) : 0;
    const bool isKnown = std::isfinite(x(r, 0)) && std::isfinite(y);
    basin(r) = isKnown ? basin_[static_cast<std::size_t>(vertexOf(x(r, 0), y))] : -1;
  }
  return basin;
}

int BasinMap::vertexOf(double x, double y) const {
  const int column = nearestIndex(window_.xMin, window_.xMax, x, columns_);
  const int row = rows_ == 1 ? 0 : nearestIndex(window_.yMin, window_.yMax, y, rows_);
  return row * columns_ + column;
}

}  // namespace wv
