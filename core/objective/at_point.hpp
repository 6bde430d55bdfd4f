// An objective at one point.
#pragma once

#include "objective/objective.hpp"

namespace wv {

inline double valueAt(const Objective& f, const Point& x) {
  Column value(1);
  f.value(x.transpose().array(), value);
  return value(0);
}

inline Point gradientAt(const Objective& f, const Point& x) {
  Block g(1, x.size());
  f.gradient(x.transpose().array(), g);
  return g.row(0).matrix().transpose();
}

}  // namespace wv
