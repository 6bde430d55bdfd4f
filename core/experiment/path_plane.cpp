#include "experiment/path_plane.hpp"

#include <algorithm>

#include "experiment/field.hpp"

namespace wv {
namespace {

using Eigen::Index;

// Around the feet of the beads, in distances of the ends.
constexpr double room = 0.25;
// Of the picture, its height over its width.
constexpr double leastShape = 0.6;
// A path closer than this to the chord has no side of its own.
constexpr double leastRise = 1e-6;

Point rowOf(const BlockIn& block, Index r) { return block.row(r).transpose().matrix(); }

}  // namespace

PathPlane::PathPlane(const Objective& objective, const BlockIn& beads) : objective_(objective) {
  origin_ = rowOf(beads, 0);
  along_ = rowOf(beads, beads.rows() - 1) - origin_;
  double length = along_.norm();
  if (!(length > 0)) {
    along_ = Point::Unit(objective.dim(), 0);
    length = 1;
  }
  const auto across = [&](Point v) -> Point {
    v -= (v.dot(along_) / (length * length)) * along_;
    return v;
  };
  up_ = across(beads.colwise().mean().transpose().matrix() - origin_);
  if (up_.norm() < leastRise * length) {
    const Block halfway = (origin_ + 0.5 * along_).transpose().array();
    Block slope(1, halfway.cols());
    objective.gradient(halfway, slope);
    up_ = across(-rowOf(slope, 0));
  }
  for (Index j = 0; j < up_.size() && !(up_.norm() > 0); ++j) {
    up_ = across(Point::Unit(up_.size(), j));
  }
  up_ *= length / up_.norm();

  const std::vector<double> feet = this->feet(beads);
  window_ = {-room, 1 + room, -room, room};
  for (std::size_t i = 0; i < feet.size(); i += 2) {
    window_.xMin = std::min(window_.xMin, feet[i] - room);
    window_.xMax = std::max(window_.xMax, feet[i] + room);
    window_.yMin = std::min(window_.yMin, feet[i + 1] - room);
    window_.yMax = std::max(window_.yMax, feet[i + 1] + room);
  }
  const double missing = leastShape * (window_.xMax - window_.xMin) - (window_.yMax - window_.yMin);
  if (missing > 0) {
    window_.yMin -= missing / 2;
    window_.yMax += missing / 2;
  }
}

std::vector<double> PathPlane::feet(const BlockIn& beads) const {
  const double square = along_.squaredNorm();
  std::vector<double> feet;
  for (Index r = 0; r < beads.rows(); ++r) {
    const Point from = rowOf(beads, r) - origin_;
    feet.push_back(from.dot(along_) / square);
    feet.push_back(from.dot(up_) / square);
  }
  return feet;
}

std::vector<double> PathPlane::field() const {
  const std::vector<double> xs = evenlySpaced(window_.xMin, window_.xMax, fieldSide);
  const std::vector<double> ys = evenlySpaced(window_.yMin, window_.yMax, fieldSide);
  std::vector<double> field;
  Block row(fieldSide, origin_.size());
  Column values(fieldSide);
  for (const double y : ys) {
    for (std::size_t i = 0; i < xs.size(); ++i) {
      row.row(static_cast<Index>(i)) = (origin_ + xs[i] * along_ + y * up_).transpose().array();
    }
    objective_.value(row, values);
    field.insert(field.end(), values.begin(), values.end());
  }
  return field;
}

}  // namespace wv
