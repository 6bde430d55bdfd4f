#include "theory/work.hpp"

#include <algorithm>
#include <cmath>

#include "numeric/constants.hpp"
#include "numeric/elementary.hpp"

namespace wv {
namespace {

using numeric::infinity;

}  // namespace

double gradientDescentWork(int terms, double rate, double gap0, double target) {
  if (gap0 <= target) {
    return 0;
  }
  return rate < 1 ? terms * std::max(1.0, numeric::log(gap0 / target) / -numeric::log(rate))
                  : infinity;
}

double constantStepWork(double alpha, const DescentConstants& constants, int batch, double gap0,
                        double target) {
  if (gap0 <= target) {
    return 0;
  }
  const double floor = constantStepFloor(alpha, constants);
  const double contraction = 1 - alpha * constants.strongConvexity;
  if (!(floor < target)) {
    return infinity;
  }
  return batch * std::max(1.0, numeric::log((gap0 - floor) / (target - floor)) /
                                   -numeric::log(contraction));
}

double bestConstantStep(const DescentConstants& constants, double gap0, double target) {
  if (gap0 <= target) {
    return 0;
  }
  // The floor is proportional to alpha. The work falls, then rises towards the step at which the
  // floor meets the target: a golden-section search.
  const double longest = std::min(largestStep(constants), target / constantStepFloor(1, constants));
  constexpr double golden = 0.6180339887498949;
  const auto work = [&](double alpha) {
    return constantStepWork(alpha, constants, 1, gap0, target);
  };
  double low = 0, high = longest;
  double left = high - golden * (high - low), right = low + golden * (high - low);
  double atLeft = work(left), atRight = work(right);
  while (high - low > 1e-9 * longest) {
    if (atLeft <= atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - golden * (high - low);
      atLeft = work(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + golden * (high - low);
      atRight = work(right);
    }
  }
  return work(longest) <= work(left) ? longest : left;
}

double inverseTimeWork(const InverseTimeSteps& steps, const DescentConstants& constants, int batch,
                       double gap0, double target) {
  if (gap0 <= target) {
    return 0;
  }
  return batch * std::max(1.0, inverseTimeNu(steps, constants, gap0) / target - steps.t0 - 1);
}

double largestTermSmoothness(const Matrix& X, double lossCurvature, double ridge) {
  return lossCurvature * X.rowwise().squaredNorm().maxCoeff() + ridge;
}

double varianceReducedWork(int terms, double largestTermSmoothness, double strongConvexity,
                           double gap0, double target) {
  if (gap0 <= target) {
    return 0;
  }
  return (terms + largestTermSmoothness / strongConvexity) * numeric::log(gap0 / target);
}

std::optional<double> crossoverTarget(double terms) {
  if (!(terms >= 3)) {
    return {};
  }
  // u = 1/target is the larger root of u - n log u, which is convex: Newton's method from a point
  // to its right falls towards it, until rounding stops it.
  double u = 2 * terms * numeric::log(terms) + terms;
  for (;;) {
    const double next = u - (u - terms * numeric::log(u)) / (1 - terms / u);
    if (!(next < u)) {
      return 1 / u;
    }
    u = next;
  }
}

}  // namespace wv
