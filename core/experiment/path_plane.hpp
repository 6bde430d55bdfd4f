// A path in many dimensions, seen in one plane.
#pragma once

#include <vector>

#include "objective/objective.hpp"

namespace wv {

// The plane through both ends of a path and the mean of its beads, with the distance of the ends as
// its unit: the first end is (0, 0), the second (1, 0), and the mean is above the line between
// them. Where the mean is on that line, as that of the ends alone is, the way downhill from the
// middle of the line takes its place.
class PathPlane {
 public:
  static constexpr int fieldSide = 64;

  PathPlane(const Objective& objective, const BlockIn& beads);

  // k x 2, row-major: the coordinates of each bead's foot in the plane; most beads are not in it.
  std::vector<double> feet(const BlockIn& beads) const;
  // The box of the picture: the ends and the feet of the beads given at first, with room around.
  const Window& window() const { return window_; }
  // The objective in the plane, fieldSide x fieldSide, row-major over the box.
  std::vector<double> field() const;

 private:
  const Objective& objective_;
  Point origin_, along_, up_;  // along_ joins the ends, up_ is orthogonal to it and as long
  Window window_;
};

}  // namespace wv
