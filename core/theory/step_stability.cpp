#include "theory/step_stability.hpp"

namespace wv {
namespace {

using Eigen::Index;

// Distances from the centre, in widths of the picture: 0.001 to about 10.
constexpr double nearest = 1e-3, growth = 1.0234;
constexpr Index perSide = 400;
// So many steps, each uphill, are not undone by the next.
constexpr int uphillSteps = 6;
constexpr int bisections = 12;

Block startsAround(double centre, double width) {
  Block starts(2 * perSide, 1);
  double distance = width * nearest;
  for (Index i = 0; i < perSide; ++i, distance *= growth) {
    starts(i, 0) = centre - distance;
    starts(perSide + i, 0) = centre + distance;
  }
  return starts;
}

// Whether, of the starts within `distance`, one is carried uphill by step after step.
bool throwsOut(const Objective& f, const Block& starts, const Column& distances, double distance,
               double alpha) {
  Block x = starts, g(x.rows(), 1);
  Column before(x.rows()), after(x.rows());
  f.value(x, before);
  // What is not defined is no start.
  Eigen::Array<bool, Eigen::Dynamic, 1> climbs = distances <= distance && before.isFinite();
  for (int step = 0; step < uphillSteps && climbs.any(); ++step) {
    f.gradient(x, g);
    x -= alpha * g;
    f.value(x, after);
    climbs = climbs && !(after <= before && after.isFinite());
    before = after;
  }
  return climbs.any();
}

}  // namespace

double largestReturningStep(const Objective& f, double centre, double reach, double most) {
  const Block starts = startsAround(centre, f.window().xMax - f.window().xMin);
  const Column distances = (starts.col(0) - centre).abs();
  double low = 0, high = most;
  for (int i = 0; i < bisections; ++i) {
    const double alpha = i == 0 ? most : 0.5 * (low + high);
    (throwsOut(f, starts, distances, reach * alpha, alpha) ? high : low) = alpha;
  }
  return low;
}

}  // namespace wv
